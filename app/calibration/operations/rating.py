"""Choosing what to rate blind, and rating it."""

from flask_babel import gettext as _
from sqlalchemy import delete

from app.calibration import queries
from app.calibration.models import CalibrationItem, CalibrationRating
from app.core.db import session, upsert
from app.core.errors import Conflict
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.courses.models import Course

AT_FIRST, THEN, MOST = 24, 8, 60


def choose_items(course: Course) -> None:
    """Choose what to rate: two dozen at first, some more later; spread over quality and kind, unsure ones first."""
    already = len(queries.chosen_items(course.id))
    if already >= MOST:
        raise Conflict(_("That is plenty. More ratings would hardly change anything."), "enough_items")
    found = queries.candidates(course.id)
    if already + len(found) < queries.ENOUGH:
        raise Conflict(
            _("There are too few annotations with a rating yet. Come back when the class has written more."),
            "too_few",
        )
    from scoring.calibration import Candidate, choose  # numpy, and only where somebody calibrates

    rows = [Candidate(one.quality, one.certainty, tuple(one.traits)) for one in found]
    for place in choose(rows, min(THEN if already else AT_FIRST, MOST - already)):
        _add(course.id, found[place])


def _add(course_id: str, choice: queries.Choice) -> None:
    """Add one; two people who choose at the same moment choose it once."""
    session.execute(
        upsert(CalibrationItem)
        .values(
            id=new_id(),
            course_id=course_id,
            annotation_id=choice.annotation_id,
            body_hash=choice.body_hash,
            origin="chosen",
            chosen_at=now(),
        )
        .on_conflict_do_nothing(index_elements=["course_id", "annotation_id", "body_hash"])
    )


def rate(viewer: Viewer, item: CalibrationItem, level: int | None) -> None:
    """Give one's own level to an item, or take it back. It changes no rating of the class."""
    mine = {"item_id": item.id, "rater_id": viewer.account_id}
    if level is None:
        session.execute(delete(CalibrationRating).filter_by(**mine))
        return
    new = {"level": level, "rated_at": now()}
    session.execute(
        upsert(CalibrationRating)
        .values(**mine, **new)
        .on_conflict_do_update(index_elements=["item_id", "rater_id"], set_=new)
    )
