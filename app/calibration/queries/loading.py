"""Finding comparisons and appeals."""

from flask_babel import gettext as _
from sqlalchemy import select

from app.calibration.models import Comparison
from app.core.db import session
from app.core.errors import NotFound
from app.scores.models import Appeal


def comparison_or_404(course_id: str, comparison_id: str) -> Comparison:
    """A comparison of the course."""
    found = session.get(Comparison, comparison_id)
    if found is None or found.course_id != course_id:
        raise NotFound(_("This does not exist, or is not shared with you."))
    return found


def newest_comparison(course_id: str) -> Comparison | None:
    """The comparison that was asked for last."""
    return session.scalar(
        select(Comparison).where(Comparison.course_id == course_id).order_by(Comparison.id.desc()).limit(1)
    )


def appeal_or_404(appeal_id: str) -> Appeal:
    """An appeal, answered or not."""
    found = session.get(Appeal, appeal_id)
    if found is None:
        raise NotFound(_("This does not exist, or is not shared with you."))
    return found
