"""Reading annotations. All reading starts at ``visible``."""

from .own import mine_of
from .payloads import COLUMNS, payload, payloads
from .people import anonymous_authors, roster_of
from .visibility import annotation_or_404, annotations_of, visible

__all__ = [
    "COLUMNS",
    "annotation_or_404",
    "annotations_of",
    "anonymous_authors",
    "mine_of",
    "payload",
    "payloads",
    "roster_of",
    "visible",
]
