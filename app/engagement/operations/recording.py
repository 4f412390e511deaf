"""Having scores worked out, and keeping them."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import select, update

from app.assignments.models import Assignment
from app.core import events
from app.core.db import session, upsert
from app.core.ids import now
from app.core.jobs import after_commit
from scoring.engagement import Standing

from ..models import EngagementScore, ScoringRun
from ..queries.freshness import stamps
from ..queries.standings import parts_to_keep

NOTED_EVERY = timedelta(minutes=1)


def want(assignments: Iterable[Assignment], *, now_please: bool = False) -> set[str]:
    """Note that somebody looks; have worked out what is no longer fresh. Returns the ids of those.

    Who looks again within a minute asks for nothing twice: the sweep finds what has changed meanwhile.
    """
    from ..jobs import work_out  # jobs keep what these verbs want

    current = stamps([each for each in assignments if each.state != "draft"])
    rows = select(ScoringRun).where(ScoringRun.assignment_id.in_(current))
    runs = {run.assignment_id: run for run in session.scalars(rows)}
    stale = {each for each, stamp in current.items() if each not in runs or runs[each].stamp != stamp}
    for assignment_id in current:
        run = runs.get(assignment_id)
        if run is None:
            session.execute(upsert(ScoringRun).values(_run(assignment_id)).on_conflict_do_nothing())
        elif now() - run.wanted_at > NOTED_EVERY or now_please:
            run.wanted_at = now()
        else:
            continue
        if assignment_id in stale:
            after_commit(work_out, assignment_id)
    return stale


def _run(assignment_id: str) -> dict[str, object]:
    return {"assignment_id": assignment_id, "stamp": "", "wanted_at": now()}


def forget_runs(assignment_ids: Iterable[str]) -> None:
    """What was worked out of these assignments no longer holds."""
    session.execute(
        update(ScoringRun).where(ScoringRun.assignment_id.in_(list(assignment_ids))).values(stamp="")
    )


def keep(assignment_id: str, found: Mapping[str, Standing]) -> int:
    """Keep standings of some students; returns how many are different from before."""
    before = {
        row.account_id: (row.share, row.by_hand, row.excused, row.parts)
        for row in session.execute(
            select(
                EngagementScore.account_id,
                EngagementScore.share,
                EngagementScore.by_hand,
                EngagementScore.excused,
                EngagementScore.parts,
            ).where(EngagementScore.assignment_id == assignment_id, EngagementScore.account_id.in_(found))
        )
    }
    rows = [
        {
            "assignment_id": assignment_id,
            "account_id": who,
            "share": each.share,
            "by_hand": each.by_hand,
            "excused": each.excused,
            "parts": parts,
            "changed_at": now(),
        }
        for who, each in found.items()
        if before.get(who) != (each.share, each.by_hand, each.excused, parts := parts_to_keep(each))
    ]
    if rows:
        insert = upsert(EngagementScore)
        renewed = {
            name: insert.excluded[name] for name in ("share", "by_hand", "excused", "parts", "changed_at")
        }
        session.execute(
            insert.on_conflict_do_update(index_elements=["assignment_id", "account_id"], set_=renewed), rows
        )
        moved = [who for who in found if who not in before or before[who][0] != found[who].share]
        events.tell("scored", assignment_id, [(assignment_id, who) for who in moved])
    return len(rows)


def note_run(assignment_id: str, stamp: str) -> None:
    """Note from what state of things the scores of an assignment are."""
    insert = upsert(ScoringRun).values(_run(assignment_id) | {"stamp": stamp, "made_at": now()})
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["assignment_id"], set_={"stamp": stamp, "made_at": now()}
        )
    )
