"""How each LMS calls the values of the form, and where its admin finds them."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l


class Guide(NamedTuple):
    """One product: where to begin, and for each field what its admin page calls it."""

    code: str
    name: str
    begin: object
    words: dict[str, str]


_GUIDES = (
    Guide(
        "moodle",
        "Moodle",
        _l(
            "Site administration › Plugins › External tool › Manage tools › Configure a tool manually. "
            "Afterwards the list symbol beside the tool shows these values."
        ),
        {
            "issuer": "Platform ID",
            "client_id": "Client ID",
            "deployments": "Deployment ID",
            "jwks_url": "Public keyset URL",
            "token_url": "Access token URL",
            "auth_url": "Authentication request URL",
        },
    ),
    Guide(
        "canvas",
        "Canvas",
        _l(
            "Admin › Developer Keys › + LTI Key. Paste the configuration address below, save, switch the key on, and "
            "add the app in the account's settings by its client ID."
        ),
        {
            "issuer": "https://canvas.instructure.com",
            "client_id": "Details (the long number)",
            "deployments": "Settings › Apps › ⚙ › Deployment Id",
            "jwks_url": "https://sso.canvaslms.com/api/lti/security/jwks",
            "token_url": "https://sso.canvaslms.com/login/oauth2/token",
            "auth_url": "https://sso.canvaslms.com/api/lti/authorize_redirect",
        },
    ),
    Guide(
        "desire2learn",
        "Brightspace",
        _l("Admin Tools › Manage Extensibility › LTI Advantage › Register Tool; then add a deployment."),
        {
            "issuer": "Issuer",
            "client_id": "Client Id",
            "deployments": "Deployment Id",
            "jwks_url": "Brightspace Keyset URL",
            "token_url": "Brightspace OAuth2 Access Token URL",
            "auth_url": "OpenID Connect Authentication Endpoint",
            "token_audience": "Brightspace OAuth2 Audience",
        },
    ),
    Guide(
        "blackboardlearn",
        "Blackboard",
        _l(
            "Register at developer.blackboard.com, then Administrator Panel › LTI Tool Providers › by client ID."
        ),
        {
            "issuer": "Issuer (https://blackboard.com)",
            "client_id": "Application ID",
            "deployments": "Deployment ID",
            "jwks_url": "Public keyset URL",
            "token_url": "Auth token endpoint",
            "auth_url": "OIDC auth request endpoint",
        },
    ),
    Guide(
        "sakai",
        "Sakai",
        _l("Administration Workspace › External Tools › Install LTI 1.3 tool."),
        {
            "issuer": "Platform Issuer",
            "client_id": "Client ID",
            "deployments": "Deployment ID",
            "jwks_url": "Platform Keyset URL",
            "token_url": "Platform OAuth2 Token Retrieval URL",
            "auth_url": "Platform OIDC Authentication URL",
        },
    ),
    Guide(
        "schoology",
        "Schoology",
        _l(
            "App Center › Organization Apps › Add App, as an LTI 1.3 app; then install it for the organization."
        ),
        {
            "issuer": "https://schoology.schoology.com",
            "client_id": "Options › API Info: Client ID",
            "deployments": "Organization Apps › Configure: Deployment ID",
            "jwks_url": "https://lti-service.svc.schoology.com/lti-service/.well-known/jwks",
            "token_url": "https://lti-service.svc.schoology.com/lti-service/access-token",
            "auth_url": "https://lti-service.svc.schoology.com/lti-service/authorize-redirect",
        },
    ),
)
_OTHER = Guide("", "LMS", _l("Look for “LTI 1.3” or “external tool” in the LMS's administration."), {})


def guides() -> tuple[Guide, ...]:
    """Every product that has one."""
    return _GUIDES


def guide_for(code: str) -> Guide:
    """The guide of a product; a general one for any other."""
    return next((guide for guide in _GUIDES if guide.code == code), _OTHER)
