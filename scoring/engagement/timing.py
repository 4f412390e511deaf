"""Time rules: how much of its credit something keeps, by when it came."""

from .policy import Policy

MINUTE, HOUR = 60.0, 3600.0


def kept(due: float | None, arrived: float, composed: float | None, policy: Policy) -> float:
    """The share of its credit (0 to 1) that something keeps.

    All of it until the grace is over; then it falls in a straight line to nothing over ``late_hours``. What was
    written in time and arrived within ``offline_minutes`` after the grace is on time.
    """
    if due is None:
        return 1.0
    end = due + policy.grace_minutes * MINUTE
    if arrived <= end or was_written_in_time(due, arrived, composed, policy):
        return 1.0
    period = policy.late_hours * HOUR
    return max(0.0, 1.0 - (arrived - end) / period) if period > 0 else 0.0


def was_written_in_time(due: float, arrived: float, composed: float | None, policy: Policy) -> bool:
    """Was it written before the end, and only sent later, within the window for that?"""
    end = due + policy.grace_minutes * MINUTE
    return composed is not None and composed <= end < arrived <= end + policy.offline_minutes * MINUTE


def in_reply_window(due: float | None, arrived: float, policy: Policy) -> bool:
    """May a reply that came at this moment still count as a reply after the deadline?"""
    if due is None:
        return False
    return due + policy.grace_minutes * MINUTE < arrived <= due + policy.reply_hours * HOUR


def read_at(began: float, seconds: float, told: float, policy: Policy) -> float:
    """When a stretch counts as read: as it was read if told promptly, else when it was told."""
    return began if told <= began + seconds + policy.offline_minutes * MINUTE else told
