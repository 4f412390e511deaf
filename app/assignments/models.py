"""Tables of assignments."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, primary_id
from app.core.ids import now
from app.core.policy import Viewer
from app.documents.models import Document


class Assignment(Model):
    """A document to be worked on by a date."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'assigned', 'closed')", name="state"),
        CheckConstraint("anonymity in ('never', 'allowed')", name="anonymity"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), index=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    instructions: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(8), default="assigned")
    expected_annotations: Mapped[int] = mapped_column(default=0)
    expected_questions: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    anonymity: Mapped[str] = mapped_column(String(8), default="allowed")
    group_set_id: Mapped[str | None] = mapped_column(ForeignKey("group_set.id"))
    start: Mapped[float | None]
    end: Mapped[float | None]
    scores_released_at: Mapped[datetime | None]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    modified_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship()
    section_dates: Mapped[list["SectionDates"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    def dates_for(self, section_id: str | None) -> tuple[datetime | None, datetime | None]:
        """When it opens and is due for a section: the section's own dates, else everybody's."""
        for own in self.section_dates:
            if section_id and own.section_id == section_id:
                return own.opens_at or self.opens_at, own.due_at or self.due_at
        return self.opens_at, self.due_at

    def is_open_to(self, viewer: Viewer) -> bool:
        """May a learner see it yet? Closed assignments stay readable."""
        if self.state == "draft" or self.deleted_at is not None:
            return False
        opens_at, _due = self.dates_for(viewer.section_in(self.course_id))
        return opens_at is None or opens_at <= now()

    @property
    def accepts_work(self) -> bool:
        """May learners still add to it?"""
        return self.state == "assigned" and self.deleted_at is None


class SectionDates(Model):
    """Other dates for one section."""

    __tablename__ = "section_dates"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"), primary_key=True)
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]


class OfAssignment:
    """What the rules ask of a thing that lies in an assignment: it is as open as the assignment is."""

    assignment: Mapped[Assignment]

    @property
    def course_id(self) -> str:
        """The course it belongs to."""
        return self.assignment.course_id

    @property
    def accepts_work(self) -> bool:
        """May learners still add to it, answer it, endorse it?"""
        return self.assignment.accepts_work

    def is_open_to(self, viewer: Viewer) -> bool:
        """May the learner see the assignment yet?"""
        return self.assignment.is_open_to(viewer)
