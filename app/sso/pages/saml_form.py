"""What the form of a provider of SAML shows: its values and ours, and until when certificates are valid."""

from typing import Any

from app.core.ids import now
from app.lti.pages.launching import own_origin
from app.sso.models import Provider
from app.sso.operations.asserting import ASKED, addresses
from app.sso.presets import Preset
from app.sso.saml import is_installed, keys

FIELDS = ("metadata_url", "may_begin", "signs_requests")


def attributes(provider: Provider) -> dict[str, str]:
    """The names of the attributes as the form names its fields."""
    return {"full_name" if name == "name" else name: provider.attributes.get(name, "") for name in ASKED}


def shown(preset: Preset, values: Any, provider: Provider | None) -> dict[str, Any]:
    """Everything that the form needs."""
    return {
        "preset": preset,
        "values": values,
        "provider": provider,
        "is_installed": is_installed(),
        "ours": addresses(provider, own_origin()) if provider else None,
        "certificates": [_certificate(pem) for pem in provider.found.get("certificates", [])]
        if provider
        else [],
    }


def _certificate(pem: str) -> dict[str, Any]:
    ends = keys.ends(pem)
    return {"ends": ends, "left": (ends - now()).days, "fingerprint": keys.fingerprint(pem)}
