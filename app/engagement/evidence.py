"""What each student did in an assignment, gathered in the shape that `scoring.engagement` takes.

A handful of statements for a whole class; everything after that is arithmetic.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.activity.models import Interval
from app.activity.queries import is_recorded
from app.annotations.models import Annotation, Endorsement
from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Enrollment
from app.documents.models import DocumentVersion
from app.questions.models import Answer, Question
from app.scores.queries.qualities import qualities
from app.scores.queries.versions import changes
from scoring.engagement import Answered, Stretch, Version, Work, Written

from .models import ScoreException

TIMED = frozenset({"video", "audio"})
FASTEST_READING = 60.0
"""Characters a second that nobody reads, three times what a quick reader does."""

FASTEST_PLAYING = 4.0
UNSURE = 0.15
"""Below this certainty the rating says nothing, as in an unknown language."""

WRITTEN = ("commenting", "questioning", "replying")


@dataclass(frozen=True)
class Range:
    """The part of a document's axis that an assignment is about."""

    start: float
    end: float
    timed: bool

    def place(self, point: float) -> float:
        """Where a point lies, 0 to 1."""
        return min(1.0, max(0.0, (point - self.start) / (self.end - self.start)))

    @property
    def least_seconds(self) -> float:
        """The time below which nobody can have read or played all of it."""
        return (self.end - self.start) / (FASTEST_PLAYING if self.timed else FASTEST_READING)


@dataclass
class _Gathered:
    """What was found of each person, by account id."""

    written: dict[str, list[Written]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[str, list[Answered]] = field(default_factory=lambda: defaultdict(list))
    stretches: dict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    repliers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    endorsers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    endorsing: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    questions: int = 0


def works(
    assignment: Assignment, account_ids: Collection[str] | None = None, *, rated: bool = True
) -> dict[str, Work]:
    """The work of each student of the course (or of some), by account id.

    Where quality does not count, there is no need to ask how annotations were rated.
    """
    levels = levels_of(assignment.id) if rated else {}
    versions = _versions(assignment.id, levels) if rated else {}
    dues = dues_of(assignment, account_ids)
    found, where, recorded = _Gathered(), range_of(assignment), is_recorded(assignment)
    _add_annotations(found, assignment.id, where, levels, versions)
    _add_endorsements(found, assignment.id)
    _add_answers(found, assignment.id)
    if recorded:
        _add_stretches(found, assignment.id, where, account_ids)
    excused = excused_from(assignment.id)
    return {
        who: Work(
            due=due.timestamp() if due else None,
            written=found.written.get(who, ()),
            answered=found.answered.get(who, ()),
            questions=found.questions,
            stretches=found.stretches.get(who, ()),
            least_seconds=where.least_seconds,
            repliers=len(found.repliers.get(who, ())),
            endorsers=len(found.endorsers.get(who, ())),
            endorsing=tuple(found.endorsing.get(who, {}).values()),
            is_recorded=recorded,
            excused=who in excused,
        )
        for who, due in dues.items()
    }


def dues_of(assignment: Assignment, account_ids: Collection[str] | None = None) -> dict[str, datetime | None]:
    """When it is due for each student: their extension, else their section's date, else everybody's."""
    rows = select(Enrollment.account_id, Enrollment.section_id).where(
        Enrollment.course_id == assignment.course_id,
        Enrollment.role == "student",
        Enrollment.ended_at.is_(None),
    )
    if account_ids is not None:
        rows = rows.where(Enrollment.account_id.in_(account_ids))
    extended = _extensions(assignment.id)
    return {
        who: extended.get(who) or assignment.dates_for(section)[1] for who, section in session.execute(rows)
    }


def _extensions(assignment_id: str) -> dict[str, datetime]:
    rows = session.execute(
        select(ScoreException.account_id, ScoreException.due_at).where(
            ScoreException.assignment_id == assignment_id, ScoreException.due_at.is_not(None)
        )
    )
    return {who: due for who, due in rows if due is not None}


def excused_from(assignment_id: str) -> set[str]:
    """Who is excused."""
    excused = select(ScoreException.account_id).where(
        ScoreException.assignment_id == assignment_id, ScoreException.excused.is_(True)
    )
    return set(session.scalars(excused))


def range_of(assignment: Assignment) -> Range:
    """Where an assignment begins and ends on its document's axis."""
    length = session.scalar(
        select(DocumentVersion.length).where(
            DocumentVersion.document_id == assignment.document_id,
            DocumentVersion.number == assignment.document.version,
        )
    )
    start = assignment.start or 0.0
    end = assignment.end if assignment.end is not None else length or 1.0
    return Range(start, max(end, start + 1.0), assignment.document.medium in TIMED)


def _add_annotations(
    found: _Gathered,
    assignment_id: str,
    where: Range,
    levels: Mapping[str, int],
    versions: Mapping[str, tuple[Version, ...]],
) -> None:
    a = Annotation
    rows = session.execute(
        select(a.id, a.creator_id, a.parent_id, a.body, a.start, a.created_at, a.composed_at)
        .where(a.assignment_id == assignment_id, a.deleted_at.is_(None), a.hidden_at.is_(None))
        .where(a.body != "", a.motivation.in_(WRITTEN), a.audience.not_like("user:%"))
    ).all()
    authors = {row.id: row.creator_id for row in rows}
    for key, who, parent, body, start, created, composed in rows:
        if who is None:
            continue
        asker = authors.get(parent)
        if asker and asker != who:
            found.repliers[asker].add(who)
        found.written[who].append(
            Written(
                id=key,
                arrived=created.timestamp(),
                composed=composed.timestamp() if composed else None,
                level=levels.get(key),
                place=where.place(start) if start is not None else None,
                is_reply=parent is not None and asker != who,
                same=" ".join(body.casefold().split()),
                versions=versions.get(key, ()),
            )
        )


def levels_of(assignment_id: str) -> dict[str, int]:
    """The level of each annotation that is rated surely enough: by staff, by the course's calibration, by the model."""
    return {
        one.annotation_id: one.level
        for one in qualities(assignment_id)
        if one.level is not None and (one.source == "teacher" or one.certainty >= UNSURE)
    }


def _versions(assignment_id: str, levels: Mapping[str, int]) -> dict[str, tuple[Version, ...]]:
    """What each annotation that was changed said over time.

    Words that nobody rated while they stood are taken for what stands there now: to slip a text in between the
    deadline and the worker gains nothing over writing it in time.
    """
    return {
        key: tuple(
            Version(each.since.timestamp(), levels.get(key) if each.level is None else each.level)
            for each in said
        )
        for key, said in changes(assignment_id).items()
    }


def _add_endorsements(found: _Gathered, assignment_id: str) -> None:
    rows = session.execute(
        select(Annotation.creator_id, Endorsement.account_id, func.min(Endorsement.created_at))
        .join(Annotation, Annotation.id == Endorsement.annotation_id)
        .where(Annotation.assignment_id == assignment_id, Annotation.deleted_at.is_(None))
        .where(Annotation.hidden_at.is_(None))
        .where(Annotation.creator_id != Endorsement.account_id)
        .group_by(Annotation.creator_id, Endorsement.account_id)
    )
    for author, who, moment in rows:
        if author is None:
            continue
        found.endorsers[author].add(who)
        found.endorsing[who][author] = moment.timestamp()


def _add_answers(found: _Gathered, assignment_id: str) -> None:
    asked = set(
        session.scalars(
            select(Question.id).where(Question.assignment_id == assignment_id, Question.deleted_at.is_(None))
        )
    )
    found.questions = len(asked)
    rows = session.execute(
        select(
            Answer.account_id, Answer.question_id, Answer.created_at, Answer.composed_at, Answer.correct
        ).where(Answer.assignment_id == assignment_id)
    )
    for who, question, created, composed, correct in rows:
        if question in asked:
            found.answered[who].append(
                Answered(question, created.timestamp(), composed.timestamp() if composed else None, correct)
            )


def _add_stretches(
    found: _Gathered, assignment_id: str, where: Range, account_ids: Collection[str] | None
) -> None:
    i = Interval
    rows = select(i.account_id, i.start, i.end, i.seconds, i.began_at, i.created_at).where(
        i.assignment_id == assignment_id
    )
    if account_ids is not None:
        rows = rows.where(i.account_id.in_(account_ids))
    for who, start, end, seconds, began, told in session.execute(rows.order_by(i.began_at)):
        if end < where.start or start > where.end:
            continue
        found.stretches[who].append(
            Stretch(where.place(start), where.place(end), seconds, began.timestamp(), told.timestamp())
        )


def lengths_of(assignment_id: str) -> Mapping[str, float]:
    """How long each person's annotations are, in characters, on average; for the fairness page."""
    rows: Any = session.execute(
        select(Annotation.creator_id, func.avg(func.length(Annotation.body)))
        .where(Annotation.assignment_id == assignment_id, Annotation.deleted_at.is_(None))
        .where(Annotation.motivation.in_(WRITTEN), Annotation.creator_id.is_not(None))
        .where(Annotation.body != "", Annotation.audience.not_like("user:%"))
        .group_by(Annotation.creator_id)
    )
    return {who: float(mean) for who, mean in rows}
