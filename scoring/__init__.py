"""Rates annotations and finds what a class does not understand: plain values in, plain values out."""

from typing import TYPE_CHECKING, Any

from scoring.remark import MODEL_VERSION, Rating, Reason, Remark

if TYPE_CHECKING:
    from scoring.causes import causes
    from scoring.quality import rate
    from scoring.report import report

__all__ = ["MODEL_VERSION", "Rating", "Reason", "Remark", "causes", "rate", "report"]

_HOMES = {"rate": "scoring.quality", "report": "scoring.report", "causes": "scoring.causes"}


def __getattr__(name: str) -> Any:
    """Load the heavy modules only when asked, so that importing ``scoring`` costs nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
