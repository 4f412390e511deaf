"""Providers by SAML that somebody else runs."""

from flask_babel import gettext as _

from .kind import Preset

_WS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
_MS = "http://schemas.microsoft.com/"


def hosted() -> list[Preset]:
    """Those that somebody else runs for a school."""
    return [
        Preset(
            "saml-microsoft",
            "Microsoft Entra ID",
            protocol="saml",
            role_claim=f"{_MS}ws/2008/06/identity/claims/role",
            begin=_(
                "Entra admin center › Enterprise applications › New application › Create your own › "
                "Single sign-on › SAML. The federation metadata URL stands under the signing certificate."
            ),
            attributes={
                "subject": f"{_MS}identity/claims/objectidentifier",
                "name": f"{_MS}identity/claims/displayname",
                "given_name": f"{_WS}givenname",
                "family_name": f"{_WS}surname",
                "email": f"{_WS}emailaddress",
            },
        ),
        Preset(
            "saml-google",
            "Google Workspace",
            protocol="saml",
            role_claim="groups",
            begin=_(
                "Google Admin console › Apps › Web and mobile apps › Add custom SAML app. "
                "Download the metadata, and map the attributes to the names that stand below."
            ),
            attributes={"given_name": "first_name", "family_name": "last_name", "email": "email"},
        ),
    ]
