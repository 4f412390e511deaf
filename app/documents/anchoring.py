"""Where selectors point in today's version of a document: one question, the same for every medium."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from annotators.fragments import Box
from annotators.selectors import FragmentSelector, Selector, TextQuoteSelector, pick
from annotators.text.anchor import anchor
from app.core.db import ask, session, table_of
from app.core.errors import Invalid

from .models import Document, DocumentVersion


class CurrentVersion(NamedTuple):
    """What anchoring needs to know of the version that people see now."""

    id: str
    document_id: str
    medium: str
    length: float


class Place(NamedTuple):
    """Where selectors point: a span of the axis (None: an orphan), and a region of a picture or page."""

    start: float | None = None
    end: float | None = None
    region: dict[str, Any] | None = None


_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# Asked by every post, so built once.
_DOCUMENTS, _VERSIONS = table_of(Document), table_of(DocumentVersion)
_CURRENT = (
    select(_VERSIONS.c.id, _DOCUMENTS.c.id, _DOCUMENTS.c.medium, _VERSIONS.c.length)
    .join_from(_VERSIONS, _DOCUMENTS, _DOCUMENTS.c.id == _VERSIONS.c.document_id)
    .where(_DOCUMENTS.c.id == bindparam("document_id"), _VERSIONS.c.number == _DOCUMENTS.c.version)
)


def current_version(document_id: str) -> CurrentVersion | None:
    """The version of a document that people see, or None while none is ready."""
    row = ask(_CURRENT, {"document_id": document_id}).first()
    return CurrentVersion._make(row) if row else None


def check_source(version: CurrentVersion, source: str | None) -> None:
    """Refuse a ``source`` that names another document; how else a program writes it is its own affair."""
    named = set(_ID.findall(source or "")) - {version.document_id}
    if named and session.scalar(select(Document.id).where(Document.id.in_(named)).limit(1)):
        raise Invalid(_("This is not the document of the assignment."), "bad_source", "/target/source")


def find_place(version: CurrentVersion, selectors: Sequence[Selector]) -> Place:
    """Anchor selectors in a version: by the words in text and PDF, by the clock in video and sound."""
    fragment = pick(selectors, FragmentSelector)
    if version.medium in ("video", "audio"):
        return _moment(version, fragment)
    found = anchor(text_of(version.id), selectors) if version.medium in ("text", "pdf") else None
    region = _region(fragment)
    if found:
        return Place(found.span.start, found.span.end, region)
    if version.medium == "pdf" and region and not pick(selectors, TextQuoteSelector):
        return _page(version, int(region["page"] or 1), region)
    return Place(region=region)


def _moment(version: CurrentVersion, fragment: FragmentSelector | None) -> Place:
    """Seconds, cut to the length of the recording; a moment is a span of no length."""
    time = fragment.fragment if fragment else None
    if time is None or time.start is None or (version.length and time.start > version.length):
        return Place(region=_region(fragment))
    end = time.start if time.end is None else time.end
    return Place(time.start, min(end, version.length) if version.length else end, _region(fragment))


def _region(fragment: FragmentSelector | None) -> dict[str, Any] | None:
    said = fragment.fragment if fragment else None
    if said is None or (said.box is None and said.page is None):
        return None
    box = said.box or Box(0, 0, 100, 100)
    return {"page": said.page, "x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _page(version: CurrentVersion, number: int, region: dict[str, Any]) -> Place:
    """A rectangle on a page without a word: the span is the page's."""
    pages = text_of(version.id).split("\f")
    if number > len(pages):
        return Place(region=region)
    start = sum(len(page) + 1 for page in pages[: number - 1])
    return Place(start, start + len(pages[number - 1]), region)


@lru_cache(maxsize=16)
def text_of(version_id: str) -> str:
    """The text of a version. A version never changes, so a class that writes at once reads it once."""
    return session.scalar(select(DocumentVersion.text).where(DocumentVersion.id == version_id)) or ""
