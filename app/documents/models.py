"""Tables of the course library."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, primary_id
from app.core.ids import now
from app.core.storage import File


class Document(Model):
    """A piece of material in a course's library.

    ``status`` is that of the newest import; while a corrected version is read, ``version`` (the number of
    the version that people see, 0 before there is one) stays as it was. ``problem`` is ``{code, params}``
    of what went wrong with it. ``touched_at`` tells that somebody is working on the import.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("medium in ('text', 'pdf', 'video', 'audio', 'image')", name="medium"),
        CheckConstraint("status in ('processing', 'ready', 'failed')", name="status"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    medium: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(10), default="processing")
    progress: Mapped[float] = mapped_column(default=0.0)
    step: Mapped[str] = mapped_column(String(40), default="waiting")
    problem: Mapped[dict[str, Any] | None]
    attempts: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    source_url: Mapped[str | None] = mapped_column(Text)
    locale: Mapped[str | None] = mapped_column(String(12))
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]

    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document", order_by="DocumentVersion.number"
    )


class DocumentVersion(Model):
    """One state of a document. Spans are keyed by version: ``text`` is the axis they count on.

    ``source_file`` is what was uploaded, ``media_file`` what browsers play or show (PDF, MP4, WebM).
    ``pages`` is the page table of a PDF, ``cues`` the captions of a video. ``moves`` tells what became of
    the annotations when this version replaced the one before (see ``versions.Outcome``).
    """

    __tablename__ = "document_version"
    __table_args__ = (Index("ix_document_version_number", "document_id", "number", unique=True),)

    id: Mapped[str] = primary_id()
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    html: Mapped[str] = mapped_column(Text, default="", deferred=True)
    pages: Mapped[list[Any] | None] = mapped_column(deferred=True)
    cues: Mapped[list[Any] | None] = mapped_column(deferred=True)
    outline: Mapped[list[Any] | None]
    duration: Mapped[float | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    length: Mapped[float] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    extractor: Mapped[str] = mapped_column(String(60), default="")
    notes: Mapped[list[Any]] = mapped_column(default=list)
    moves: Mapped[dict[str, Any]] = mapped_column(default=dict)
    source_file_id: Mapped[str | None] = mapped_column(ForeignKey("file.id"))
    media_file_id: Mapped[str | None] = mapped_column(ForeignKey("file.id"))
    poster_file_id: Mapped[str | None] = mapped_column(ForeignKey("file.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    document: Mapped[Document] = relationship(back_populates="versions")
    source_file: Mapped[File | None] = relationship(foreign_keys=[source_file_id])
    media_file: Mapped[File | None] = relationship(foreign_keys=[media_file_id])
    poster_file: Mapped[File | None] = relationship(foreign_keys=[poster_file_id])
