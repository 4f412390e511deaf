"""The page where a course's ratings are fitted to its teacher, as its staff see it."""

from sqlalchemy import select

from app.accounts.models import Account
from app.calibration.models import Comparison
from app.calibration.schemas import (
    CalibrationOut,
    ComparisonOut,
    DifferenceOut,
    FiguresOut,
    InForceOut,
    ItemOut,
    OpenAppealOut,
    RaterOut,
)
from app.core.db import session
from app.core.policy import Action, Viewer, allows
from app.courses.models import Course, Enrollment
from app.scores.models import CourseAdaptation
from app.scores.queries import Reading, current_score, standing_of
from app.scores.wording import sentence

from .counting import ENOUGH, is_calibrated, open_appeals
from .items import candidates, chosen_items, levels_by_item, model_version_of
from .judging import pairs_of
from .loading import newest_comparison
from .moving import moves_of
from .words import words_of


def calibration_for(course: Course, viewer: Viewer) -> CalibrationOut:
    """All of it for one member of staff: their own levels, nobody else's before the comparison."""
    items, levels = chosen_items(course.id), levels_by_item(course.id)
    words = words_of(item.annotation_id for item in items)
    shown = [
        ItemOut(
            id=item.id,
            words=words[item.annotation_id][1],
            level=levels.get(item.id, {}).get(viewer.account_id),
        )
        for item in items
        if words.get(item.annotation_id, ("",))[0] == item.body_hash
    ]
    return CalibrationOut(
        items=shown,
        candidates=len(candidates(course.id)),
        enough=ENOUGH,
        is_calibrated=is_calibrated(course.id),
        may_decide=allows(viewer, Action.DECIDE_CALIBRATION, course),
        raters=_raters(course.id, {item.id: levels.get(item.id, {}) for item in items}, viewer),
        comparison=_comparison(course.id, viewer),
        in_force=_in_force(course.id),
        appeals=_appeals(course.id),
    )


def _raters(course_id: str, levels: dict[str, dict[str, int]], viewer: Viewer) -> list[RaterOut]:
    rated = [rater for given in levels.values() for rater in given]
    rows = session.execute(
        select(Account.id, Account.name, Enrollment.role)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .where(Enrollment.course_id == course_id, Account.id.in_(set(rated) | {viewer.account_id}))
        .order_by(Account.name)
    )
    return [
        RaterOut(name=name or "", role=role, rated=rated.count(key), me=key == viewer.account_id)
        for key, name, role in rows
    ]


def _comparison(course_id: str, viewer: Viewer) -> ComparisonOut | None:
    found = newest_comparison(course_id)
    if found is None or found.state in ("refused", "replaced"):
        return None
    made = found.made_at is not None and found.state != "too_few"
    return ComparisonOut(
        id=found.id,
        state=found.state,  # type: ignore[arg-type]  # the constraint of the table says the same
        goes_back=found.goes_back,
        ratings=found.ratings,
        asked_at=found.asked_at,
        figures=FiguresOut.model_validate(found.report) if found.report else None,
        differences=_differences(found, viewer) if made and not found.goes_back else [],
        moves=moves_of(found.id) if made else None,
    )


def _differences(comparison: Comparison, viewer: Viewer) -> list[DifferenceOut]:
    """Where people and machine differ, of what this viewer has rated: the rest is still to be rated blind."""
    from scoring.calibration import Adaptation

    mine = {
        item_id
        for item_id, given in levels_by_item(comparison.course_id).items()
        if viewer.account_id in given
    }
    then = Reading(Adaptation.from_json(comparison.parameters), comparison.model_version)
    pairs = [
        pair
        for pair in pairs_of(comparison.course_id, comparison.model_version)
        if pair.is_blind and pair.item.id in mine
    ]
    words = words_of(pair.item.annotation_id for pair in pairs)
    found = []
    for pair in pairs:
        hashed, shown = words.get(pair.item.annotation_id, ("", None))
        adapted = then.standing(pair.score, None).level
        if shown is None or hashed != pair.item.body_hash or adapted is None:
            continue
        if pair.people != pair.score.level or pair.people != adapted:
            found.append(
                DifferenceOut(words=shown, people=pair.people, machine=pair.score.level, adapted=adapted)
            )
    return sorted(found, key=lambda one: -abs(one.people - one.machine))


def _in_force(course_id: str) -> InForceOut | None:
    kept = session.get(CourseAdaptation, course_id)
    if kept is None:
        return None
    name = session.scalar(select(Account.name).where(Account.id == kept.accepted_by))
    return InForceOut(
        accepted_at=kept.accepted_at,
        accepted_by=name or "",
        ratings=kept.parameters["ratings"],
        is_old=kept.model_version != model_version_of(course_id),
    )


def _appeals(course_id: str) -> list[OpenAppealOut]:
    waiting = open_appeals(course_id)
    words = words_of(annotation.id for _appeal, annotation in waiting)
    shown = []
    for appeal, annotation in waiting:
        level, score = standing_of(annotation).level, current_score(annotation)
        if level is None:
            continue
        shown.append(
            OpenAppealOut(
                id=appeal.id,
                annotation_id=annotation.id,
                assignment_id=annotation.assignment_id,
                assignment_title=annotation.assignment.title,
                sentence=appeal.sentence,
                words=words[annotation.id][1],
                level=level,
                reasons=[sentence(reason) for reason in score.reasons] if score else [],
                created_at=appeal.created_at,
            )
        )
    return shown
