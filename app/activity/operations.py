"""Recording what was opened, read and watched; nothing where the course has switched it off."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session, upsert
from app.core.ids import now
from app.core.policy import Viewer

from .models import Interval, Opening
from .queries import is_recorded
from .schemas import IntervalIn

AHEAD = timedelta(minutes=2)
"""By so much a browser's clock may run ahead of ours."""

LATEST = timedelta(days=30)
SLACK_S = 15.0
"""Seconds that clocks and rounding may add to what can have passed."""

FASTEST = 4.0
"""Times the normal speed at which a video can be played."""

GAP_S = 5.0
"""A pause this short does not end a stretch."""

MOST = 2_000
"""Stretches kept of one person in one assignment; a term of rereading needs a tenth."""


def record_opening(viewer: Viewer, assignment: Assignment) -> None:
    """Somebody has opened an assignment."""
    if not is_recorded(assignment):
        return
    row = {"assignment_id": assignment.id, "account_id": viewer.account_id, "last_at": now()}
    session.execute(
        upsert(Opening)
        .values(first_at=row["last_at"], **row)
        .on_conflict_do_update(
            index_elements=["assignment_id", "account_id"], set_={"last_at": row["last_at"]}
        )
    )


def record_activity(viewer: Viewer, assignment: Assignment, intervals: list[IntervalIn]) -> int:
    """Record what the server's clock allows for; returns how many stretches were taken.

    All that one person does within some time cannot take longer than that time, however many windows and
    however late it is told.
    """
    if not is_recorded(assignment):
        return 0
    record_opening(viewer, assignment)
    plausible = sorted((one for one in intervals if _plausible(one)), key=lambda one: one.began_at)
    if not plausible:
        return 0
    budget = _free_seconds(viewer, assignment, plausible[0].began_at)
    last = _newest(viewer, assignment)
    taken = 0
    for one in plausible:
        if one.seconds <= budget:
            budget -= one.seconds
            last = _add(viewer, assignment, one, last)
            taken += 1
    return taken


def _plausible(one: IntervalIn) -> bool:
    ends_at = one.began_at + timedelta(seconds=one.seconds)
    in_time = now() - LATEST < one.began_at and ends_at < now() + AHEAD
    return in_time and (one.kind == "read" or one.end - one.start <= one.seconds * FASTEST + 1)


def _free_seconds(viewer: Viewer, assignment: Assignment, since: datetime) -> float:
    """Seconds since a moment that are not yet accounted for; none once far too much is kept."""
    kept = session.execute(
        select(Interval.began_at, Interval.seconds).where(
            Interval.assignment_id == assignment.id, Interval.account_id == viewer.account_id
        )
    ).all()
    if len(kept) >= MOST:
        return 0.0
    # Of a stretch that had begun before, only what lies after the moment counts.
    after = (seconds + min(0.0, (began_at - since).total_seconds()) for began_at, seconds in kept)
    return max(0.0, (now() - since).total_seconds() + SLACK_S - sum(max(0.0, part) for part in after))


def _newest(viewer: Viewer, assignment: Assignment) -> Interval | None:
    return session.scalar(
        select(Interval)
        .where(Interval.assignment_id == assignment.id, Interval.account_id == viewer.account_id)
        .order_by(Interval.began_at.desc(), Interval.id.desc())
        .limit(1)
    )


def _add(viewer: Viewer, assignment: Assignment, one: IntervalIn, last: Interval | None) -> Interval:
    """Make the last stretch longer if this one only goes on with it, else keep it as a new one."""
    if last is not None and _goes_on(last, one):
        last.seconds += one.seconds
        last.end = max(last.end, one.end)
        return last
    new = Interval(
        assignment_id=assignment.id,
        account_id=viewer.account_id,
        kind=one.kind,
        start=one.start,
        end=one.end,
        seconds=one.seconds,
        began_at=one.began_at,
    )
    session.add(new)
    return new


def _goes_on(last: Interval, one: IntervalIn) -> bool:
    pause = (one.began_at - last.began_at).total_seconds() - last.seconds
    if last.kind != one.kind or not -1.0 <= pause <= GAP_S:
        return False
    if one.kind == "read":
        return (last.start, last.end) == (one.start, one.end)
    return abs(one.start - last.end) <= 1.0
