"""Tables of annotations and what surrounds them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assignments.models import Assignment, OfAssignment
from app.core.db import Model, primary_id
from app.core.ids import now


def _creator(context: Any) -> Any:
    return context.get_current_parameters()["creator_id"]


class Annotation(OfAssignment, Model):
    """A W3C Web Annotation on an assignment's document.

    ``audience`` is who reads it now (``nobody`` once it is gone), ``home_audience`` who read it before
    staff hid it. ``owner_id`` reads it whatever its audience: its creator, or in a thread that somebody
    opened for the staff alone, that person (who must be able to read what staff answer). ``seq`` is the
    revision of this annotation (the higher wins in a browser); it tells nothing of other annotations.
    ``body_html`` is the body as safe HTML, made when it was written.
    """

    __tablename__ = "annotation"
    __table_args__ = (
        Index("ix_annotation_list", "assignment_id", "id"),
        CheckConstraint(
            "motivation in ('commenting', 'questioning', 'highlighting', 'replying')", name="motivation"
        ),
    )

    id: Mapped[str] = primary_id()
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("document_version.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("annotation.id"), index=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("annotation.id"), index=True)
    creator_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    owner_id: Mapped[str | None] = mapped_column(String(36), default=_creator, index=True)
    anonymous: Mapped[bool] = mapped_column(default=False)
    motivation: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text, default="")
    mentions: Mapped[list[Any]] = mapped_column(default=list)
    tags: Mapped[list[Any]] = mapped_column(default=list)
    locale: Mapped[str | None] = mapped_column(String(12))
    selectors: Mapped[list[Any]] = mapped_column(default=list)
    start: Mapped[float | None]
    end: Mapped[float | None]
    region: Mapped[dict[str, Any] | None]
    audience: Mapped[str] = mapped_column(String(48), index=True)
    home_audience: Mapped[str | None] = mapped_column(String(48))
    seq: Mapped[int] = mapped_column(default=1)
    helpful: Mapped[int] = mapped_column(default=0)
    me_too: Mapped[int] = mapped_column(default=0)
    resolved_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[str | None] = mapped_column(String(36))
    hidden_reason: Mapped[str | None] = mapped_column(Text)
    paused_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    pasted: Mapped[int | None]
    typing_seconds: Mapped[int | None]
    composed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    modified_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]

    assignment: Mapped[Assignment] = relationship()


class AnnotationEdit(Model):
    """What an annotation said before an edit."""

    __tablename__ = "annotation_edit"

    id: Mapped[str] = primary_id()
    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    edited_at: Mapped[datetime] = mapped_column(default=now)


class Endorsement(Model):
    """Another person's vote on an annotation: ``helpful``, or ``me_too``."""

    __tablename__ = "endorsement"
    __table_args__ = (CheckConstraint("kind in ('helpful', 'me_too')", name="kind"),)

    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Mark(Model):
    """“I'm lost here”: one tap on a passage or a moment. Never named to peers, never scored."""

    __tablename__ = "mark"

    id: Mapped[str] = primary_id()
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("document_version.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    selectors: Mapped[list[Any]] = mapped_column(default=list)
    start: Mapped[float | None]
    end: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]


class Flag(Model):
    """A pupil's “tell the teacher” about an annotation."""

    __tablename__ = "flag"
    __table_args__ = (Index("ix_flag_reporter", "annotation_id", "reporter_id", unique=True),)

    id: Mapped[str] = primary_id()
    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"))
    reporter_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(36))


class Draft(Model):
    """What a person has typed in an assignment and not posted; kept 14 days."""

    __tablename__ = "draft"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    editors: Mapped[dict[str, Any]] = mapped_column(default=dict)
    modified_at: Mapped[datetime] = mapped_column(default=now, index=True)


class ReadingState(Model):
    """What a person has seen of an assignment's annotations, and where they stopped reading."""

    __tablename__ = "reading_state"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    seen: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[float | None]
    modified_at: Mapped[datetime] = mapped_column(default=now)
