"""Where selectors point in today's version of a document: the same question for every medium."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from annotators import image, pdf, text, video
from annotators.selectors import Anchored, Selector, dump
from app.core.db import session
from app.core.errors import NotFound

from .models import Document, DocumentVersion


@dataclass(frozen=True)
class Place:
    """A target found in a version: a span on its axis (None: an orphan), a region of a picture or page."""

    version_id: str
    selectors: list[dict[str, object]]
    start: float | None
    end: float | None
    region: dict[str, Any] | None


@dataclass(frozen=True)
class _Axis:
    """What anchoring needs of a version; versions never change, so it may be kept."""

    text: str
    duration: float | None


def locate(document: Document, selectors: Sequence[Selector]) -> Place:
    """Anchor selectors in the current version of a document; what is not found is kept as an orphan."""
    version_id = _current_version(document)
    found = anchor_in(document.medium, version_id, selectors)
    box = image.region(selectors)
    return Place(
        version_id=version_id,
        selectors=dump(selectors),
        start=found.span.start if found else None,
        end=found.span.end if found else None,
        region=box._asdict() if box else None,
    )


def anchor_in(medium: str, version_id: str, selectors: Sequence[Selector]) -> Anchored | None:
    """Anchor selectors in one version."""
    axis = _axis(version_id)
    if medium in ("video", "audio"):
        return video.anchor(selectors, axis.duration)
    if medium == "pdf":
        return pdf.anchor(axis.text, selectors)
    return text.anchor(axis.text, selectors) if medium == "text" else None


def _current_version(document: Document) -> str:
    current = select(DocumentVersion.id).where(
        DocumentVersion.document_id == document.id, DocumentVersion.number == document.version
    )
    version_id = session.scalar(current)
    if version_id is None:
        raise NotFound("This document is not ready yet.", "not_ready")
    return version_id


@lru_cache(maxsize=64)
def _axis(version_id: str) -> _Axis:
    row = session.execute(
        select(DocumentVersion.text, DocumentVersion.duration).where(DocumentVersion.id == version_id)
    ).one()
    return _Axis(row.text, row.duration)
