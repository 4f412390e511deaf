"""What is special about the providers that schools use most."""

from .kind import Preset
from .openid import openid
from .saml_hosted import hosted
from .saml_on_site import on_site

__all__ = ["Preset", "preset_of", "presets"]


def presets() -> list[Preset]:
    """Every preset, in the reader's language."""
    return [*openid(), *hosted(), *on_site()]


def preset_of(code: str) -> Preset:
    """A preset by its code; the plain one for a code that is not known."""
    known = {one.code: one for one in presets()}
    return known.get(code) or known["other"]
