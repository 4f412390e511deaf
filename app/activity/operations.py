"""Recording what was opened, read and watched; nothing where the course has switched it off."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from app.assignments.models import Assignment
from app.core import events
from app.core.db import session, upsert
from app.core.ids import new_id, now
from app.core.policy import Viewer

from .models import Interval, Opening
from .queries import is_recorded
from .schemas import LONGEST_S, IntervalIn

AHEAD = timedelta(minutes=2)
"""By so much a browser's clock may run ahead of ours."""

LATEST = timedelta(days=30)
LONGEST = timedelta(seconds=LONGEST_S)
SLACK_S = 15.0
"""Seconds that clocks and rounding may add to what can have passed."""

FASTEST = 4.0
"""Times the normal speed at which a video can be played."""

GAP_S = 5.0
"""A pause this short does not end a stretch."""

MOST = 2_000
"""Stretches kept of one person in one assignment; a term of rereading needs a tenth."""

PROMPTLY = timedelta(minutes=10)
"""A browser that is connected tells twice a minute; what is told later was read offline, or made up."""

LATE_TOLD_S = 3600.0
"""So much may be told late in one assignment: a journey without a connection, not a week that never was."""

SCREEN = 20_000.0
"""Characters that fit on the largest screen at once."""


def record_opening(viewer: Viewer, assignment: Assignment, at: datetime | None = None) -> None:
    """Somebody has opened an assignment (now, unless a course is being filled)."""
    if not is_recorded(assignment):
        return
    row = {"assignment_id": assignment.id, "account_id": viewer.account_id, "last_at": at or now()}
    session.execute(
        upsert(Opening)
        .values(first_at=row["last_at"], **row)
        .on_conflict_do_update(
            index_elements=["assignment_id", "account_id"], set_={"last_at": row["last_at"]}
        )
    )


def record_activity(
    viewer: Viewer, assignment: Assignment, intervals: list[IntervalIn], told_at: datetime | None = None
) -> int:
    """Record what the server's clock allows for; returns how many stretches were taken.

    All that one person does within some time cannot take longer than that time, in however many windows and
    assignments and however late it is told. Nothing was read before the assignment was opened, and little can
    be told late. So a script gains no more than a person gains by reading.
    """
    if not is_recorded(assignment):
        return 0
    told = told_at or now()
    record_opening(viewer, assignment, told)
    since = session.scalars(
        select(Opening.first_at).where(
            Opening.assignment_id == assignment.id, Opening.account_id == viewer.account_id
        )
    ).one()
    plausible = sorted(
        (one for one in intervals if _plausible(one, since, told)), key=lambda one: one.began_at
    )
    if not plausible or _is_full(viewer, assignment):
        return 0
    free, late = _free_seconds(viewer, plausible[0].began_at, told), _late_seconds(viewer, assignment)
    last, taken, played = _newest(viewer, assignment), 0, []
    for one in plausible:
        is_late = told - one.began_at > PROMPTLY
        if one.seconds > free or (is_late and one.seconds > late):
            continue
        free -= one.seconds
        late -= one.seconds if is_late else 0.0
        # What was told late stays apart, so that its seconds can be told from the others.
        earlier, last = last, _add(viewer, assignment, one, None if is_late else last, told)
        if last is not earlier and last.kind == "watch":
            played.append((last.id, viewer.account_id))
        taken += 1
    events.tell("watched", assignment.id, played)
    return taken


def _plausible(one: IntervalIn, opened_at: datetime, told: datetime) -> bool:
    earliest = max(told - LATEST, opened_at - AHEAD)
    in_time = earliest < one.began_at and one.began_at + timedelta(seconds=one.seconds) < told + AHEAD
    extent = one.end - one.start
    return in_time and (extent <= SCREEN if one.kind == "read" else extent <= one.seconds * FASTEST + 1)


def _is_full(viewer: Viewer, assignment: Assignment) -> bool:
    return len(session.scalars(_of(viewer, assignment)).all()) >= MOST


def _of(viewer: Viewer, assignment: Assignment) -> Select[str]:
    return select(Interval.id).where(
        Interval.assignment_id == assignment.id, Interval.account_id == viewer.account_id
    )


def _free_seconds(viewer: Viewer, since: datetime, told: datetime) -> float:
    """Seconds since a moment that are not yet accounted for, in whichever assignment."""
    kept = session.execute(
        select(Interval.began_at, Interval.seconds).where(
            Interval.account_id == viewer.account_id, Interval.began_at.between(since - LONGEST, told)
        )
    ).all()
    # Of a stretch that had begun before, only what lies after the moment counts.
    after = (seconds + min(0.0, (began_at - since).total_seconds()) for began_at, seconds in kept)
    return max(0.0, (told - since).total_seconds() + SLACK_S - sum(max(0.0, part) for part in after))


def _late_seconds(viewer: Viewer, assignment: Assignment) -> float:
    """Seconds that may still be told late."""
    kept = session.execute(
        select(Interval.began_at, Interval.created_at, Interval.seconds).where(
            Interval.id.in_(_of(viewer, assignment))
        )
    )
    return LATE_TOLD_S - sum(seconds for began, created, seconds in kept if created - began > PROMPTLY)


def _newest(viewer: Viewer, assignment: Assignment) -> Interval | None:
    return session.scalar(
        select(Interval)
        .where(Interval.assignment_id == assignment.id, Interval.account_id == viewer.account_id)
        .order_by(Interval.began_at.desc(), Interval.id.desc())
        .limit(1)
    )


def _add(
    viewer: Viewer, assignment: Assignment, one: IntervalIn, last: Interval | None, told: datetime
) -> Interval:
    """Make the last stretch longer if this one only goes on with it, else keep it as a new one."""
    if last is not None and _goes_on(last, one):
        last.seconds += one.seconds
        last.end = max(last.end, one.end)
        return last
    new = Interval(
        id=new_id(),
        assignment_id=assignment.id,
        account_id=viewer.account_id,
        kind=one.kind,
        start=one.start,
        end=one.end,
        seconds=one.seconds,
        began_at=one.began_at,
        created_at=told,
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
