"""Comparing people and machine, and deciding what the course's ratings follow."""

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from app.calibration import queries
from app.calibration.jobs import make_comparison, tell_of_moves
from app.calibration.models import CalibrationItem, CalibrationRating, Comparison, Move
from app.core import audit
from app.core.db import session, upsert
from app.core.errors import Conflict
from app.core.ids import now
from app.core.jobs import after_commit
from app.core.policy import Viewer
from app.courses.models import Course
from app.scores.models import CourseAdaptation

from .levels import keep_own_levels, take_back_own_levels


def compare(viewer: Viewer, course: Course, *, goes_back: bool = False) -> Comparison:
    """Have people and machine compared in the worker, and find who would move. Nothing changes by it."""
    if goes_back and session.get(CourseAdaptation, course.id) is None:
        raise Conflict(_("The ratings of this course follow the machine alone already."), "nothing_to_undo")
    if not goes_back and queries.rated_items(course.id) < queries.ENOUGH:
        raise Conflict(
            _("Rate at least %(count)s annotations first.", count=queries.ENOUGH), "too_few_ratings"
        )
    _put_away(course.id, ("making", "ready", "too_few"))
    made = Comparison(course_id=course.id, goes_back=goes_back, asked_by=viewer.account_id)
    session.add(made)
    session.flush()
    after_commit(make_comparison, made.id)
    return made


def _put_away(course_id: str, states: tuple[str, ...]) -> None:
    """One comparison at a time; what it would have moved is forgotten."""
    old = select(Comparison.id).where(Comparison.course_id == course_id, Comparison.state.in_(states))
    session.execute(delete(Move).where(Move.comparison_id.in_(old)))
    session.execute(update(Comparison).where(Comparison.id.in_(old)).values(state="replaced"))


def decide(viewer: Viewer, comparison: Comparison, *, accepted: bool) -> None:
    """Accept what was shown, or refuse it. A refused one changes nothing."""
    decided = session.execute(
        update(Comparison)
        .where(Comparison.id == comparison.id, Comparison.state == "ready")
        .values(state="accepted" if accepted else "refused", decided_by=viewer.account_id, decided_at=now())
    )
    if not decided.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        raise Conflict(_("This was decided already, or is not ready yet. Load the page again."), "not_ready")
    if accepted:
        _check_fresh(comparison)
        _put_away_accepted(comparison)
        _follow(viewer, comparison)
        after_commit(tell_of_moves, comparison.id)
    else:
        session.execute(delete(Move).where(Move.comparison_id == comparison.id))
    audit.record(
        "calibration.accepted" if accepted else "calibration.refused",
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=comparison.course_id,
        object_id=comparison.id,
        goes_back=comparison.goes_back,
        ratings=comparison.ratings,
    )


def _check_fresh(comparison: Comparison) -> None:
    """What is accepted is what was shown: not if somebody has rated since, or the model is another."""
    newest = (
        select(func.max(CalibrationRating.rated_at))
        .join(CalibrationItem, CalibrationItem.id == CalibrationRating.item_id)
        .where(CalibrationItem.course_id == comparison.course_id)
    )
    rated_at = session.scalar(newest)
    is_old = rated_at is not None and rated_at > comparison.asked_at
    if not comparison.goes_back and (
        is_old or queries.model_version_of(comparison.course_id) != comparison.model_version
    ):
        raise Conflict(_("Somebody has rated since this was compared. Compare once more."), "ratings_moved")


def _put_away_accepted(comparison: Comparison) -> None:
    earlier = select(Comparison.id).where(
        Comparison.course_id == comparison.course_id,
        Comparison.state == "accepted",
        Comparison.id != comparison.id,
    )
    session.execute(delete(Move).where(Move.comparison_id.in_(earlier)))
    session.execute(update(Comparison).where(Comparison.id.in_(earlier)).values(state="replaced"))


def _follow(viewer: Viewer, comparison: Comparison) -> None:
    """From now on the course reads its ratings so."""
    take_back_own_levels(comparison.course_id)
    if comparison.goes_back:
        session.execute(delete(CourseAdaptation).where(CourseAdaptation.course_id == comparison.course_id))
        return
    keep_own_levels(viewer, comparison.course_id)
    new = {
        "model_version": comparison.model_version,
        "parameters": comparison.parameters,
        "accepted_by": viewer.account_id,
        "accepted_at": now(),
    }
    session.execute(
        upsert(CourseAdaptation)
        .values(course_id=comparison.course_id, **new)
        .on_conflict_do_update(index_elements=["course_id"], set_=new)
    )
