"""Providers by OpenID Connect."""

from flask_babel import gettext as _

from .kind import Preset


def openid() -> list[Preset]:
    """Every preset of OpenID Connect, in the reader's language."""
    return [
        Preset(
            "google",
            "Google Workspace",
            issuer="https://accounts.google.com",
            begin=_(
                "Google Cloud Console › APIs & Services › Credentials › OAuth client ID › Web application. "
                "Name your school's domain below, or everybody with a Google account could sign in."
            ),
        ),
        Preset(
            "microsoft",
            "Microsoft Entra ID",
            issuer_example="https://login.microsoftonline.com/TENANT-ID/v2.0",
            role_claim="roles",
            begin=_(
                "Entra admin center › App registrations › New registration › Web. "
                "The issuer holds your tenant's id; “common” is not an issuer."
            ),
        ),
        Preset(
            "keycloak",
            "Keycloak",
            issuer_example="https://login.school.example/realms/school",
            role_claim="realm_access.roles",
            begin=_("Realm › Clients › Create client › OpenID Connect, with client authentication."),
        ),
        Preset(
            "other", _("Another provider"), begin=_("Anything that speaks OpenID Connect with discovery.")
        ),
    ]
