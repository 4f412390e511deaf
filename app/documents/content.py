"""What the reading page needs of a document: its newest version, medium by medium."""

from typing import Any

from app.core.db import session
from app.core.errors import Conflict
from app.core.storage import File, link

from .models import Document, DocumentVersion
from .problems import sentence
from .queries import version_of


def content_of(document: Document) -> dict[str, Any]:
    """The version that people read.

    ``html`` for text; ``text``, ``pages`` (the page table of ``annotators.pdf``)
    and ``pdf_url`` for PDF;
    ``video_url``, ``poster_url`` and ``cues`` for video. Offsets count code points, or seconds.
    """
    version = version_of(document)
    if version is None:
        raise Conflict(sentence(document.problem) or "This is still being read. Try again soon.", "not_ready")
    return {
        "id": document.id,
        "title": document.title,
        "medium": document.medium,
        "version": version.number,
        "version_id": version.id,
        "locale": document.locale,
        "length": version.length,
        "outline": version.outline or [],
        **_MEDIA[document.medium](version),
    }


def _text(version: DocumentVersion) -> dict[str, Any]:
    return {"html": version.html}


def _pdf(version: DocumentVersion) -> dict[str, Any]:
    return {"text": version.text, "pages": version.pages or [], "pdf_url": _url(version.media_file_id)}


def _video(version: DocumentVersion) -> dict[str, Any]:
    return {
        "video_url": _url(version.media_file_id),
        "poster_url": _url(version.poster_file_id),
        "duration": version.duration,
        "width": version.width,
        "height": version.height,
        "cues": version.cues or [],
    }


_MEDIA = {"text": _text, "pdf": _pdf, "video": _video, "audio": _video}


def _url(file_id: str | None) -> str | None:
    file = session.get(File, file_id) if file_id else None
    return link(file) if file else None
