"""Providers by SAML that a school runs itself."""

from flask_babel import gettext as _

from .kind import Preset

_WS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
_OID = "urn:oid:"


def on_site() -> list[Preset]:
    """Those that a school runs itself."""
    return [
        Preset(
            "saml-shibboleth",
            "Shibboleth, eduGAIN",
            protocol="saml",
            role_claim=f"{_OID}1.3.6.1.4.1.5923.1.1.1.1",
            begin=_("Take the metadata of your own identity provider, not the list of the whole federation."),
            attributes={
                "subject": "urn:oasis:names:tc:SAML:attribute:subject-id "
                "urn:oasis:names:tc:SAML:attribute:pairwise-id",
                "name": f"{_OID}2.16.840.1.113730.3.1.241",
                "given_name": f"{_OID}2.5.4.42",
                "family_name": f"{_OID}2.5.4.4",
                "email": f"{_OID}0.9.2342.19200300.100.1.3",
            },
        ),
        Preset(
            "saml-keycloak",
            "Keycloak",
            protocol="saml",
            role_claim="Role",
            begin=_("Realm › Clients › Import client, with our metadata; name ID format: persistent."),
            attributes={
                "given_name": f"{_OID}2.5.4.42 givenName",
                "family_name": f"{_OID}2.5.4.4 surname",
                "email": f"{_OID}1.2.840.113549.1.9.1 email",
            },
        ),
        Preset(
            "saml-adfs",
            "ADFS",
            protocol="saml",
            role_claim="http://schemas.xmlsoap.org/claims/Group",
            begin=_(
                "AD FS Management › Relying party trusts › Add, with our metadata; then issue a name ID."
            ),
            attributes={
                "name": f"{_WS}name",
                "given_name": f"{_WS}givenname",
                "family_name": f"{_WS}surname",
                "email": f"{_WS}emailaddress",
            },
        ),
        Preset(
            "saml",
            _("Another provider"),
            protocol="saml",
            begin=_("Anything that speaks SAML 2.0 with signed assertions."),
            attributes={
                "name": "displayName",
                "given_name": "givenName",
                "family_name": "sn",
                "email": "mail",
            },
        ),
    ]
