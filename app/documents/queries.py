"""Reading the library."""

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import undefer

from app.core.db import session
from app.core.errors import NotFound
from app.core.storage import File

from .models import Document, DocumentVersion


def library(course_id: str) -> Select[Document]:
    """The documents of a course."""
    return select(Document).where(Document.course_id == course_id, Document.deleted_at.is_(None))


def document_or_404(document_id: str) -> Document:
    """The document, unless it was deleted."""
    document = session.get(Document, document_id)
    if document is None or document.deleted_at is not None:
        raise NotFound(_("This document does not exist, or is not shared with you."))
    return document


def version_of(document: Document, number: int | None = None) -> DocumentVersion | None:
    """A version (the one that people see, if no number is given), with everything in it."""
    return session.scalar(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document.id)
        .where(DocumentVersion.number == (document.version if number is None else number))
        .options(
            undefer(DocumentVersion.text),
            undefer(DocumentVersion.html),
            undefer(DocumentVersion.pages),
            undefer(DocumentVersion.cues),
        )
    )


def pending_version(document: Document) -> DocumentVersion | None:
    """The version that is being imported, or whose import failed."""
    return session.scalar(
        select(DocumentVersion).where(
            DocumentVersion.document_id == document.id, DocumentVersion.number > document.version
        )
    )


def is_of_version() -> ColumnElement[bool]:
    """Joins a file to the versions that it belongs to, as what was uploaded, what is played, or the picture."""
    return or_(
        File.id == DocumentVersion.source_file_id,
        File.id == DocumentVersion.media_file_id,
        File.id == DocumentVersion.poster_file_id,
    )


def bytes_of_school(school_id: str) -> int:
    """How much a school keeps in files, those that no course shows any more too."""
    wanted = select(func.coalesce(func.sum(File.size), 0)).where(File.school_id == school_id)
    return int(session.scalar(wanted) or 0)


def bytes_of_course(course_id: str) -> int:
    """How much a course keeps in files. A file that two documents share counts once."""
    used = (
        select(File.id, File.size)
        .join(DocumentVersion, is_of_version())
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(Document.course_id == course_id)
        .distinct()
        .subquery()
    )
    return int(session.scalar(select(func.coalesce(func.sum(used.c.size), 0))) or 0)
