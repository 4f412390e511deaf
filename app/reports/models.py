"""Tables of confusion reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assignments.models import Assignment
from app.core.db import Model, primary_id
from app.core.ids import now
from app.core.policy import Viewer


class Report(Model):
    """The newest report of an assignment, made in the worker.

    ``alike``: by topic the ids of those of earlier assignments that are about the same. It is apart from ``result``
    since it changes with those assignments' reports, too.
    """

    __tablename__ = "confusion_report"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    evidence_hash: Mapped[str] = mapped_column(String(64), default="")
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    alike: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime | None]
    wanted_at: Mapped[datetime] = mapped_column(default=now)


class Topic(Model):
    """One thing that the class does not understand, the same from one report to the next.

    ``members`` are the annotations of the last report in which it stood. ``label`` and ``in_our_words``
    are a teacher's own words, empty where the found ones hold. ``merged_into`` names the topic that it
    became part of. It holds ids, not pupils' words.
    """

    __tablename__ = "confusion_topic"

    id: Mapped[str] = primary_id()
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    in_our_words: Mapped[str] = mapped_column(Text, default="")
    members: Mapped[list[Any]] = mapped_column(default=list)
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("confusion_topic.id"))
    made_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    assignment: Mapped[Assignment] = relationship()
    outcome: Mapped["TopicOutcome | None"] = relationship(back_populates="topic")

    @property
    def course_id(self) -> str:
        """The course it belongs to, for the rules."""
        return self.assignment.course_id

    def is_open_to(self, viewer: Viewer) -> bool:
        """Is the assignment open to them?"""
        return self.assignment.is_open_to(viewer)


class TopicPlacement(Model):
    """An annotation that somebody put into a topic by hand; without a topic it stands by itself."""

    __tablename__ = "topic_placement"

    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("confusion_topic.id"), index=True)
    placed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    placed_at: Mapped[datetime] = mapped_column(default=now)


class TopicOutcome(Model):
    """What became of a topic in class: dealt with or not, what was done, and what students knew before
    and after, as ``{"right": n, "of": n}`` distinct students.
    """

    __tablename__ = "topic_outcome"

    topic_id: Mapped[str] = mapped_column(ForeignKey("confusion_topic.id"), primary_key=True)
    dealt_at: Mapped[datetime | None]
    dealt_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    what_i_did: Mapped[str] = mapped_column(Text, default="")
    what_i_would_change: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]

    topic: Mapped[Topic] = relationship(back_populates="outcome")


class Quotation(Model):
    """Whether an author lets their words be shown on the projector: asked, then yes or no."""

    __tablename__ = "quotation"

    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    allowed: Mapped[bool] = mapped_column(default=False)


class ReportMail(Model):
    """Somebody of the staff who wants a report by e-mail at a set time, once."""

    __tablename__ = "report_mail"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    send_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
