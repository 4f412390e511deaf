"""Ratings as their readers see them: staff all of a course, a student the own ones in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session
from app.core.policy import Viewer
from app.courses.models import Enrollment
from app.scores.models import Appeal, Score, SignsShown, TeacherScore
from app.scores.schemas import (
    AppealOut,
    AppealState,
    RatingList,
    RatingOut,
    ReasonOut,
    StaffRatingOut,
    Wording,
)
from app.scores.wording import level_in_words, read_by, sentence

from .finding import body_hash, is_ratable
from .standing import Standing, newest_scores, reading_of, teacher_scores

STATES: dict[bool | None, AppealState] = {None: "open", True: "kept", False: "changed"}


@dataclass(frozen=True)
class _Facts:
    """All that is known of one annotation's rating; ``score`` is of the words as they are now."""

    annotation_id: str
    score: Score | None
    given: TeacherScore | None
    appeal: Appeal | None
    standing: Standing
    reader: str


def ratings_for(assignment: Assignment, viewer: Viewer) -> RatingList:
    """All ratings for staff; for a student their own, and only once they are released."""
    released = assignment.scores_released_at is not None
    staff = viewer.is_staff_of(assignment.course_id)
    shown = not staff and session.get(SignsShown, (assignment.course_id, viewer.account_id)) is not None
    if not staff and not released:
        return RatingList(released=False, signs_shown=shown, items=[])
    make = _for_staff if staff else _for_author
    facts = _facts(assignment, None if staff else viewer.account_id)
    return RatingList(released=released, signs_shown=shown, items=[make(each) for each in facts])


def _facts(assignment: Assignment, creator_id: str | None) -> Iterator[_Facts]:
    """What is known of each annotation, or of one person's only."""
    reading, reader = reading_of(assignment.course_id), teachers_name(assignment.course_id)
    scores, given = newest_scores(assignment.id), teacher_scores([assignment.id])
    appeals = appeals_of(assignment.id)
    wanted = select(Annotation.id, Annotation.body).where(
        Annotation.assignment_id == assignment.id, is_ratable()
    )
    if creator_id is not None:
        wanted = wanted.where(Annotation.creator_id == creator_id)
    for annotation_id, body in session.execute(wanted.order_by(Annotation.id)):
        words, score, by_hand = body_hash(body), scores.get(annotation_id), given.get(annotation_id)
        current = score if score and score.body_hash == words else None
        standing = reading.standing(current, by_hand.level if by_hand else None)
        appeal = appeals.get((annotation_id, words))
        yield _Facts(annotation_id, current, by_hand, appeal, standing, reader)


def appeals_of(assignment_id: str) -> dict[tuple[str, str], Appeal]:
    """Appeals of an assignment, by annotation and the hash of the words they were about."""
    rows = session.scalars(
        select(Appeal)
        .join(Annotation, Annotation.id == Appeal.annotation_id)
        .where(Annotation.assignment_id == assignment_id)
    )
    return {(appeal.annotation_id, appeal.body_hash): appeal for appeal in rows}


def teachers_name(course_id: str) -> str:
    """Who reads what cannot be rated: the teacher's name, if there is just one teacher."""
    names = session.scalars(
        select(Account.name)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .where(Enrollment.course_id == course_id, Enrollment.role == "teacher")
        .where(Enrollment.ended_at.is_(None))
        .limit(2)
    ).all()
    return names[0] or "" if len(names) == 1 else ""


def _for_author(facts: _Facts) -> RatingOut:
    code, text = _words(facts)
    explained = facts.score if _explains(facts) else None
    return RatingOut(
        annotation_id=facts.annotation_id,
        wording=code,
        text=text,
        source=facts.standing.source,
        note=facts.given.note if facts.given else "",
        reasons=_reasons(explained),
        marks=[(a, b) for a, b in explained.marks] if explained else [],
        appeal=_appeal(facts.appeal),
        may_appeal=facts.appeal is None and facts.standing.level in (0, 1),
    )


def _explains(facts: _Facts) -> bool:
    """Do the machine's reasons fit? A level that a person gave otherwise has reasons of its own."""
    given = facts.given
    return facts.score is not None and (given is None or given.level == facts.score.level)


def _for_staff(facts: _Facts) -> StaffRatingOut:
    score, level = facts.score, facts.standing.level
    return StaffRatingOut(
        **_for_author(facts).model_dump(exclude={"may_appeal"}),
        level=level if level is not None or score is None else score.level,
        model_level=score.level if score else None,
        by_teacher=facts.given is not None,
        quality=facts.standing.quality,
        confusion=score.confusion if score else None,
        question=score.question if score else None,
        certainty=score.certainty if score else None,
    )


def _words(facts: _Facts) -> tuple[Wording, str]:
    if facts.standing.level is not None:
        return level_in_words(facts.standing.level)
    if facts.score is None:
        return "pending", _("not read yet")
    return read_by(facts.reader)


def _appeal(appeal: Appeal | None) -> AppealOut | None:
    if appeal is None:
        return None
    state = STATES[appeal.kept]
    return AppealOut(id=appeal.id, state=state, sentence=appeal.sentence, answer=appeal.answer)


def _reasons(score: Score | None) -> list[ReasonOut]:
    return [
        ReasonOut(code=r["code"], text=sentence(r), kind="counted" if r["effect"] > 0 else "missing")
        for r in (score.reasons if score else [])
    ]


@describes("score.changed")
def describe_scores(ids: list[str]) -> dict[str, dict[str, Any]]:
    """What staff hear when a rating has changed; ``ids`` are annotations."""
    rows = session.scalars(
        select(Score).where(Score.annotation_id.in_(ids)).order_by(Score.created_at, Score.id)
    )
    return {
        score.annotation_id: {
            "annotation_id": score.annotation_id,
            "level": score.level,
            "certainty": score.certainty,
            "confusion": score.confusion,
        }
        for score in rows
    }


@describes("appeal.answered")
def describe_answers(ids: list[str]) -> dict[str, dict[str, Any]]:
    """What an author hears: that there is something to read anew."""
    return {annotation_id: {"annotation_id": annotation_id} for annotation_id in ids}
