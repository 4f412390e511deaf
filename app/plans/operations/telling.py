"""Telling open windows of votes. The log holds which vote it was, never who voted or what for."""

from app.core.changes import log_change

from ..models import Poll


def tell_asked(poll: Poll) -> None:
    """The class is asked this now, or no longer; and staff, as with each count."""
    _tell(poll, "poll.changed", f"students:{poll.course_id}")
    tell_counted(poll)


def tell_counted(poll: Poll) -> None:
    """The count has changed: for staff alone."""
    _tell(poll, "poll.counted", f"staff:{poll.course_id}")


def _tell(poll: Poll, type: str, audience: str) -> None:
    if poll.plan.assignment_id is not None:
        log_change(poll.plan.assignment_id, type, poll.id, before=audience, after=audience)
