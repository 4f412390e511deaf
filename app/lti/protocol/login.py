"""The first step: a platform asks us to ask it who is there (third-party initiated login)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .problems import LtiProblem

LONGEST = 8_000


@dataclass(frozen=True)
class Login:
    """What a platform sends to begin with. The hints are its own and go back to it untouched."""

    iss: str
    login_hint: str
    target_link_uri: str
    client_id: str = ""
    deployment_id: str = ""
    lti_message_hint: str = ""
    lti_storage_target: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Login":
        """From the parameters of a GET or POST; raises LtiProblem ``login_incomplete``."""
        taken = {name: sent.get(name, "") for name in cls.__dataclass_fields__}
        # Canvas says lti_deployment_id now and deployment_id before; both are in use.
        taken["deployment_id"] = sent.get("lti_deployment_id") or taken["deployment_id"]
        missing = [name for name in ("iss", "login_hint", "target_link_uri") if not taken[name].strip()]
        if missing:
            raise LtiProblem("login_incomplete", ", ".join(missing))
        if any(len(value) > LONGEST for value in taken.values()):
            raise LtiProblem("login_incomplete", "a parameter is too long")
        return cls(**taken)

    def parameters(self) -> dict[str, str]:
        """The same parameters, to begin once more in a window of its own. Storage is for frames only."""
        said = asdict(self) | {"lti_storage_target": "", "lti_deployment_id": self.deployment_id}
        said.pop("deployment_id")
        return {name: value for name, value in said.items() if value}


def authentication_url(
    auth_url: str, login: Login, *, client_id: str, redirect_uri: str, state: str, nonce: str
) -> str:
    """The platform's address that answers who is there, with an id_token posted to ``redirect_uri``.

    A query that the address already has is kept.
    """
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "login_hint": login.login_hint,
        "state": state,
        "nonce": nonce,
    }
    if login.lti_message_hint:
        asked["lti_message_hint"] = login.lti_message_hint
    parts = urlsplit(auth_url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in asked]
    return urlunsplit(parts._replace(query=urlencode([*kept, *asked.items()]), fragment=""))
