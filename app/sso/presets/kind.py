"""What a preset is."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Preset:
    """A kind of provider: its issuer or how one looks, the claim that holds roles, and where its values stand.

    With SAML ``attributes`` are the names under which it sends what we ask for.
    """

    code: str
    name: str
    issuer: str = ""
    issuer_example: str = ""
    role_claim: str = ""
    begin: str = ""
    protocol: str = "oidc"
    attributes: dict[str, str] = field(default_factory=dict)
