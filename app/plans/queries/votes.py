"""Reading votes: counts for staff, questions for the class."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session
from app.core.errors import NotFound
from app.core.ids import now
from app.core.policy import Viewer

from ..models import Ballot, Plan, Poll
from ..schemas import PollOut, VoteOut
from .plans import lesson_or_404

NO_SUCH_VOTE = _l("There is no such vote.")


def poll_or_404(poll_id: str) -> Poll:
    """The vote, unless its plan was removed."""
    poll = session.get(Poll, poll_id)
    if poll is None:
        raise NotFound(str(NO_SUCH_VOTE))
    lesson_or_404(poll.plan_id)
    return poll


def lesson_by_code(code: str) -> Plan:
    """The lesson whose class votes under a code, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())[:8]
    plan_id = session.scalar(select(Plan.id).where(Plan.code == plain))
    if plan_id is None:
        raise NotFound(_("No lesson votes under this code. Look at it once more."))
    return lesson_or_404(plan_id)


def polls_of(plan_id: str) -> Select[Poll]:
    """The votes of a plan, oldest first."""
    return select(Poll).where(Poll.plan_id == plan_id).order_by(Poll.opened_at, Poll.id)


def open_polls(plan_id: str) -> list[Poll]:
    """What the class is asked now: the question on the wall, and the re-check while it runs."""
    return [poll for poll in session.scalars(polls_of(plan_id)) if poll.is_open]


def counts_of(polls: Iterable[Poll]) -> dict[str, Counter[str]]:
    """Poll id to option id to votes."""
    found: dict[str, Counter[str]] = {poll.id: Counter() for poll in polls}
    rows = session.execute(
        select(Ballot.poll_id, Ballot.option, func.count())
        .where(Ballot.poll_id.in_(list(found)))
        .group_by(Ballot.poll_id, Ballot.option)
    )
    for poll_id, option, count in rows:
        found[poll_id][option] = count
    return found


def poll_out(poll: Poll, counts: Counter[str] | None = None) -> PollOut:
    """A vote for staff."""
    counted = counts_of([poll])[poll.id] if counts is None else counts
    return PollOut(
        id=poll.id,
        step_id=poll.step_id,
        moment=poll.moment,  # type: ignore[arg-type]  # the table's constraint holds it
        stem=poll.stem,
        options=poll.options,
        right=poll.solution,
        counts=dict(counted),
        hands={key: int(number) for key, number in poll.hands.items()},
        voted=counted.total(),
        open=poll.is_open,
    )


def polls_out(plan: Plan) -> list[PollOut]:
    """All votes of a plan, with their counts."""
    polls = list(session.scalars(polls_of(plan.id)))
    counts = counts_of(polls)
    return [poll_out(poll, counts[poll.id]) for poll in polls]


@describes("poll.counted")
def counted(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Votes with their counts and what is right, as staff hear of them."""
    polls = _of_kept_plans(ids)
    counts = counts_of(polls)
    return {
        poll.id: poll_out(poll, counts[poll.id]).model_dump(mode="json") | {"plan_id": poll.plan_id}
        for poll in polls
    }


@describes("poll.changed")
def asked(ids: list[str]) -> dict[str, dict[str, Any]]:
    """Whether a vote is open: all that a class is told unasked. What is asked, each student looks up."""
    return {poll.id: {"id": poll.id, "open": poll.is_open} for poll in _of_kept_plans(ids)}


def _of_kept_plans(ids: list[str]) -> list[Poll]:
    kept = select(Poll).join(Plan).where(Poll.id.in_(ids), Plan.deleted_at.is_(None))
    return list(session.scalars(kept))


def share_right(poll: Poll, counts: Counter[str]) -> tuple[int, int]:
    """How many chose a right option, of those who voted; by device and by hand."""
    both = counts + Counter({key: int(number) for key, number in poll.hands.items()})
    return sum(both[key] for key in poll.solution), both.total()


def votes_out(plan: Plan, viewer: Viewer) -> list[VoteOut]:
    """What the viewer is asked now, with what they have chosen.

    What was right is told in a re-check only, and only to who has answered it.
    """
    polls = open_polls(plan.id)
    mine = {
        poll_id: option
        for poll_id, option in session.execute(
            select(Ballot.poll_id, Ballot.option).where(
                Ballot.poll_id.in_([poll.id for poll in polls]), Ballot.account_id == viewer.account_id
            )
        )
    }
    return [
        VoteOut(
            id=poll.id,
            moment=poll.moment,  # type: ignore[arg-type]  # the table's constraint holds it
            stem=poll.stem,
            options=poll.options,
            mine=mine.get(poll.id),
            right=poll.solution if poll.moment == "later" and poll.id in mine else [],
        )
        for poll in polls
    ]


def open_rechecks(viewer: Viewer, assignment_ids: Iterable[str]) -> list[tuple[Plan, Assignment]]:
    """Lessons of these assignments that ask the viewer something again which they have not answered."""
    answered = select(Ballot.poll_id).where(Ballot.account_id == viewer.account_id)
    # By ids, not DISTINCT: PostgreSQL cannot compare the JSON of two plans.
    asking = (
        select(Poll.plan_id)
        .where(Poll.moment == "later", Poll.closed_at.is_(None), Poll.closes_at > now())
        .where(Poll.id.not_in(answered))
    )
    rows = session.scalars(
        select(Plan)
        .where(Plan.assignment_id.in_(list(assignment_ids)), Plan.deleted_at.is_(None), Plan.id.in_(asking))
        .options(joinedload(Plan.assignment))
        .order_by(Plan.id)
    )
    return [(plan, plan.assignment) for plan in rows if plan.assignment is not None]
