"""The report's first screen: three numbers, and the map of where it hurts."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.activity.models import Opening
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now
from app.courses.models import Enrollment
from app.documents.models import DocumentVersion

LEVELS = 4


class Numbers(NamedTuple):
    """The class in numbers; all of them are people or questions, never clicks."""

    students: int
    opened: int
    questions: int
    solved: int


def numbers(assignment: Assignment, among: Collection[str] | None = None) -> Numbers:
    """How many have opened it, and how many questions were asked and solved; ``among`` some, if given."""
    students = select(Enrollment.account_id).where(
        Enrollment.course_id == assignment.course_id,
        Enrollment.role == "student",
        Enrollment.ended_at.is_(None),
    )
    if among is not None:
        students = students.where(Enrollment.account_id.in_(among))
    opened = select(func.count()).where(
        Opening.assignment_id == assignment.id, Opening.account_id.in_(students)
    )
    asked = select(func.count(), func.count(Annotation.resolved_at)).where(
        Annotation.assignment_id == assignment.id,
        Annotation.motivation == "questioning",
        Annotation.deleted_at.is_(None),
        Annotation.audience.not_like("user:%"),
    )
    if among is not None:
        asked = asked.where(Annotation.creator_id.in_(among))
    questions, solved = session.execute(asked).one()
    total = session.scalar(select(func.count()).select_from(students.subquery())) or 0
    return Numbers(total, session.scalar(opened) or 0, questions, solved)


def before_class(assignment: Assignment) -> datetime:
    """When a report by e-mail is usually wanted: an hour before the work is due, or tomorrow."""
    due = assignment.due_at
    return due - timedelta(hours=1) if due and due > now() + timedelta(hours=2) else now() + timedelta(days=1)


def heat_bins(assignment: Assignment, version: DocumentVersion, heat: list[int]) -> list[dict[str, Any]]:
    """The bars of the heat strip: each leads to its place and says how many are lost there."""
    most = max(heat, default=0)
    width = (version.length or 1) / max(1, len(heat))
    return [
        {
            "level": -(-LEVELS * count // most) if most else 0,
            "label": _(
                "%(place)s: %(count)s students",
                place=place_name(assignment.document.medium, version, i * width, (i + 1) * width),
                count=count,
            ),
            "href": f"/assignments/{assignment.id}#at-{i * width:.1f}",
        }
        for i, count in enumerate(heat)
    ]


def place_name(medium: str, version: DocumentVersion, start: float, end: float) -> str:
    """A place in words a teacher uses: a page, a time, or how far into the text."""
    if medium in ("video", "audio"):
        return f"{_clock(start)}–{_clock(end)}" if int(end) > int(start) else _clock(start)
    if version.pages:
        first, last = _page_at(version.pages, start), _page_at(version.pages, max(start, end - 1))
        if first == last:
            return str(_("p. %(page)s", page=first))
        return str(_("p. %(first)s–%(last)s", first=first, last=last))
    return str(_("%(part)s %% in", part=round(100 * start / (version.length or 1))))


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


def _page_at(pages: list[Any], offset: float) -> int:
    """The number of the page that holds an offset; each page names where it starts on the axis."""
    number = 1
    for index, page in enumerate(pages, 1):
        if page["start"] <= offset:
            number = index
    return number
