"""What a record says, gathered when it is sent: what was taken back or erased meanwhile is told to nobody.

Left out altogether: annotations without a name, and those that only their author reads.
"""

import hmac
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select

from app.accounts.models import Account
from app.activity.models import Interval
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now
from app.core.policy import NOBODYS
from app.core.sealing import unseal
from app.courses.models import Course
from app.documents.anchoring import current_version
from app.engagement.queries.rules import assignment_rules
from app.engagement.queries.scores import released_points
from app.engagement.queries.standings import kept
from app.questions.models import Answer, Question

from .models import LearningRecord, RecordEndpoint
from .statements.facts import Annotated, Answered, Fact, Place, Scored, Somebody, Watched

QUIET = timedelta(seconds=150)
"""After this long without growing, a stretch has ended: browsers tell twice a minute."""

ASKED_AGAIN = timedelta(minutes=30)
NEARLY_ALL = 0.95
Deed = Annotated | Answered | Watched | Scored


class NotYet(NamedTuple):
    """It cannot be told yet, but perhaps after this long."""

    wait: timedelta


def facts_of(endpoint: RecordEndpoint, rows: Sequence[LearningRecord]) -> list[Fact | NotYet | None]:
    """For each row what it tells; None for what is told to nobody."""
    found = _Found(endpoint)
    return [found.fact(row) for row in rows]


class _Found:
    """What the rows of one batch have in common, read once."""

    def __init__(self, endpoint: RecordEndpoint) -> None:
        self.endpoint = endpoint
        self.salt = (unseal(endpoint.salt) or endpoint.id).encode()
        self.places: dict[str, Place | None] = {}
        self.people: dict[str, Somebody | None] = {}
        self.points: dict[str, tuple[dict[str, float | None], float]] = {}

    def fact(self, row: LearningRecord) -> Fact | NotYet | None:
        place, who = self.place(row.assignment_id), self.somebody(row.account_id)
        if place is None or who is None:
            return None
        match row.kind:
            case "annotated":
                return self._annotated(row, place, who)
            case "answered":
                return self._answered(row, place, who)
            case "watched":
                return self._watched(row, place, who)
        return self._scored(row, place, who)

    def place(self, assignment_id: str) -> Place | None:
        if assignment_id not in self.places:
            self.places[assignment_id] = _place(self.endpoint.home, assignment_id)
        return self.places[assignment_id]

    def somebody(self, account_id: str) -> Somebody | None:
        if account_id not in self.people:
            account = session.get(Account, account_id)
            self.people[account_id] = self._named(account) if account and account.erased_at is None else None
        return self.people[account_id]

    def _named(self, account: Account) -> Somebody:
        id = pseudonym(self.salt, account.id)
        return Somebody(id, account.name, _address(account.email)) if self.endpoint.names else Somebody(id)

    def _annotated(self, row: LearningRecord, place: Place, who: Somebody) -> Fact | None:
        one = session.get(Annotation, row.object_id)
        if one is None or one.anonymous or one.deleted_at is not None:
            return None
        if one.audience == NOBODYS or one.audience.startswith("user:"):
            return None
        quotes = [each.get("exact") for each in one.selectors if each.get("type") == "TextQuoteSelector"]
        texts = self.endpoint.texts
        deed = Annotated(
            id=one.id,
            motivation=one.motivation,
            parent_id=one.parent_id,
            thread_id=one.thread_id,
            start=one.start,
            end=one.end,
            text=one.body if texts else None,
            quote=next(iter(quotes), None) if texts else None,
        )
        return Fact(row.id, one.created_at, who, place, deed)

    def _answered(self, row: LearningRecord, place: Place, who: Somebody) -> Fact | None:
        answer = session.get(Answer, row.object_id)
        question = session.get(Question, answer.question_id) if answer else None
        if answer is None or question is None:
            return None
        deed = Answered(
            id=answer.id,
            question_id=question.id,
            kind=question.kind,
            stem=question.stem,
            options=tuple((each["id"], each["text"]) for each in question.options),
            attempt=answer.attempt,
            option=answer.value.get("option"),
            text=answer.value.get("text") if self.endpoint.texts else None,
            correct=answer.correct,
        )
        return Fact(row.id, answer.created_at, who, place, deed)

    def _watched(self, row: LearningRecord, place: Place, who: Somebody) -> Fact | NotYet | None:
        one = session.get(Interval, row.object_id)
        if one is None or place.medium not in ("video", "audio"):
            return None
        ended_at = one.began_at + timedelta(seconds=one.seconds)
        if now() - ended_at < QUIET:
            return NotYet(QUIET)
        return Fact(row.id, one.began_at, who, place, _stretch(one, place.length))

    def _scored(self, row: LearningRecord, place: Place, who: Somebody) -> Fact | NotYet | None:
        if row.assignment_id not in self.points:
            assignment = session.get_one(Assignment, row.assignment_id)
            rules = assignment_rules(assignment)
            shares = {account_id: each.share for account_id, each in kept(assignment.id).items()}
            self.points[row.assignment_id] = (
                released_points(assignment, shares, rules),
                float(rules.policy.points),
            )
        points, maximum = self.points[row.assignment_id]
        if row.account_id not in points:
            return NotYet(ASKED_AGAIN)
        given = points[row.account_id]
        return None if given is None else Fact(row.id, row.happened_at, who, place, Scored(given, maximum))


def pseudonym(salt: bytes, account_id: str) -> str:
    """A name for a person that means nothing outside this school, and is always the same in it."""
    return hmac.new(salt, account_id.encode(), sha256).hexdigest()[:32]


def _address(email: str | None) -> str:
    """An e-mail address that can stand in ``mailto:``; else none."""
    plain = email or ""
    fits = plain.isascii() and plain.count("@") == 1 and not any(one in plain for one in " <>\"'%?&#")
    return plain if fits else ""


def _place(home: str, assignment_id: str) -> Place | None:
    assignment = session.get(Assignment, assignment_id)
    if assignment is None or assignment.deleted_at is not None:
        return None
    course = session.get_one(Course, assignment.course_id)
    if course.deleted_at is not None:
        return None
    document = assignment.document
    version = current_version(document.id)
    return Place(
        home=home,
        course_id=course.id,
        course=course.title,
        assignment_id=assignment.id,
        assignment=assignment.title,
        document_id=document.id,
        document=document.title,
        medium=document.medium,
        length=version.length if version and document.medium in ("video", "audio") else None,
    )


def _stretch(one: Interval, length: float | None) -> Watched:
    """A stretch, with what the person had watched of the assignment by then."""
    until = list(
        session.scalars(
            select(Interval)
            .where(
                Interval.assignment_id == one.assignment_id,
                Interval.account_id == one.account_id,
                Interval.kind == "watch",
                Interval.began_at <= one.began_at,
            )
            .order_by(Interval.began_at, Interval.id)
        )
    )
    earlier = [each for each in until if each.id != one.id]
    before, segments = _joined(earlier), _joined([*earlier, one])
    share = _share(segments, length)
    return Watched(
        id=one.id,
        start=one.start,
        end=one.end,
        ended_at=one.began_at + timedelta(seconds=one.seconds),
        came_from=earlier[-1].end if earlier else None,
        segments=segments,
        share=share,
        completes=share is not None and share >= NEARLY_ALL > (_share(before, length) or 0.0),
    )


def _joined(stretches: Sequence[Interval]) -> tuple[tuple[float, float], ...]:
    """Stretches without overlaps, in the video's order."""
    found: list[tuple[float, float]] = []
    for start, end in sorted((each.start, each.end) for each in stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _share(segments: Sequence[tuple[float, float]], length: float | None) -> float | None:
    if not length:
        return None
    return round(min(sum(end - start for start, end in segments) / length, 1.0), 4)
