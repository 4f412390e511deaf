"""Who would move, if a course read its ratings otherwise."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import case, func, select

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.calibration.models import Move
from app.calibration.schemas import MoveOut, MovesOut, StudentMovesOut
from app.core.db import session
from app.scores.queries import Reading, body_hash, newest_facts, reading_of, teacher_scores

from .items import students_annotations
from .words import words_of

SHOWN = 12


class Moving(NamedTuple):
    """An annotation whose level would change."""

    annotation_id: str
    before: int
    after: int


def moving(course_id: str, then: Reading, own: Mapping[tuple[str, str], int]) -> Iterator[Moving]:
    """Every annotation of the course's students that would have another level.

    ``then`` is the reading to come; ``own`` are levels that people gave while calibrating, which will stand.
    """
    now = reading_of(course_id)
    for assignment_id in session.scalars(
        select(Assignment.id).where(Assignment.course_id == course_id, Assignment.deleted_at.is_(None))
    ).all():
        yield from _moving(course_id, assignment_id, (now, then), own)


def _moving(
    course_id: str, assignment_id: str, readings: tuple[Reading, Reading], own: Mapping[tuple[str, str], int]
) -> Iterator[Moving]:
    scores, given = newest_facts(assignment_id), teacher_scores([assignment_id])
    rows = session.execute(
        select(Annotation.id, Annotation.body).where(
            Annotation.assignment_id == assignment_id, Annotation.id.in_(students_annotations(course_id))
        )
    ).all()
    for annotation_id, body in rows:
        words, by_hand = body_hash(body), given.get(annotation_id)
        score = scores.get(annotation_id)
        current = score if score and score.body_hash == words else None
        before = readings[0].standing(current, by_hand.level if by_hand else None).level
        stays = by_hand.level if by_hand and by_hand.origin == "hand" else own.get((annotation_id, words))
        after = readings[1].standing(current, stays).level
        if before is not None and after is not None and before != after:
            yield Moving(annotation_id, before, after)


def moves_of(comparison_id: str) -> MovesOut:
    """Who would move: students by name, without what was written nameless; and some of the words, without names."""
    up = func.sum(case((Move.after > Move.before, 1), else_=0))
    rows = session.execute(
        select(Account.id, Account.name, Annotation.anonymous, up, func.count())
        .join(Annotation, Annotation.id == Move.annotation_id)
        .join(Account, Account.id == Annotation.creator_id)
        .where(Move.comparison_id == comparison_id)
        .group_by(Account.id, Account.name, Annotation.anonymous)
        .order_by(Account.name, Account.id)
    ).all()
    named = [row for row in rows if not row[2]]
    nameless = [row for row in rows if row[2]]
    return MovesOut(
        up=sum(row[3] for row in rows),
        down=sum(row[4] - row[3] for row in rows),
        nameless_up=sum(row[3] for row in nameless),
        nameless_down=sum(row[4] - row[3] for row in nameless),
        students=[StudentMovesOut(name=row[1] or "", up=row[3], down=row[4] - row[3]) for row in named],
        examples=_examples(comparison_id),
    )


def _examples(comparison_id: str) -> list[MoveOut]:
    rows = session.scalars(
        select(Move).where(Move.comparison_id == comparison_id).order_by(Move.annotation_id).limit(SHOWN)
    ).all()
    words = words_of(row.annotation_id for row in rows)
    return [
        MoveOut(words=words[row.annotation_id][1], before=row.before, after=row.after)
        for row in rows
        if row.annotation_id in words
    ]
