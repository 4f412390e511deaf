"""Putting questions to the class: on the wall before and after they talk, and again some days later."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.db import session, upsert
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.questions.models import Question

from ..models import Ballot, Plan, Poll
from ..queries.topics import votable
from ..schemas import OwnQuestion, PollIn, PollPatch, RecheckIn
from .closing import record_known
from .editing import begin
from .telling import tell_asked, tell_counted


def open_poll(plan: Plan, wanted: PollIn) -> Poll:
    """Put a step's question on the wall; whatever stood there is closed."""
    step = next((one for one in plan.steps if one["id"] == wanted.step_id), None)
    if step is None:
        raise Conflict(_("This step is no longer in the plan."), "no_step")
    asked = _asked(plan, step)
    _close(plan, ("before", "after"))
    poll = Poll(
        plan_id=plan.id,
        step_id=step["id"],
        topic=next(iter(step["topics"]), None),
        moment=wanted.moment,
        **asked,
    )
    session.add(poll)
    begin(plan)
    session.flush()
    tell_asked(poll)
    return poll


def _asked(plan: Plan, step: dict[str, Any]) -> dict[str, Any]:
    """The words of a step's question as they are now."""
    if step.get("question"):
        return written(OwnQuestion.model_validate(step["question"]))
    question = _embedded(plan, step.get("question_id"))
    if question is None:
        raise Invalid(
            _("This step has no question with options. Choose or write one first."), "no_question", "/step_id"
        )
    return {
        "question_id": question.id,
        "stem": question.stem,
        "options": [{"id": option["id"], "text": option["text"]} for option in question.options],
        "solution": list(question.key.get("correct", [])),
    }


def written(question: OwnQuestion) -> dict[str, Any]:
    """A question that a teacher wrote, with ids for its options."""
    options = [{"id": new_id(), "text": text} for text in question.options]
    return {
        "stem": question.stem,
        "options": options,
        "solution": [options[place]["id"] for place in question.right],
    }


def _embedded(plan: Plan, question_id: str | None) -> Question | None:
    questions = votable(plan.assignment) if plan.assignment and question_id else []
    return next((question for question in questions if question.id == question_id), None)


def _close(plan: Plan, moments: tuple[str, ...]) -> None:
    rows = select(Poll).where(Poll.plan_id == plan.id, Poll.closed_at.is_(None), Poll.moment.in_(moments))
    for poll in session.scalars(rows):
        poll.closed_at = now()
        tell_asked(poll)


def change_poll(poll: Poll, patch: PollPatch) -> Poll:
    """Close it or open it again, or write down counted hands."""
    if patch.hands is not None:
        known = {option["id"] for option in poll.options}
        if not set(patch.hands) <= known:
            raise Invalid(_("Choose one of the options."), "unknown_option", "/hands")
        poll.hands = dict(patch.hands)
    if patch.closed is not None:
        poll.closed_at = now() if patch.closed else None
    session.flush()
    if patch.closed is None:
        tell_counted(poll)
    else:
        tell_asked(poll)
    record_known(poll.plan)
    return poll


def vote(viewer: Viewer, poll: Poll, option: str) -> Ballot:
    """Vote, or vote otherwise while the question is open; a re-check is answered once."""
    session.refresh(poll)
    if not poll.is_open:
        raise Conflict(_("This vote is over. Your last choice counts."), "poll_closed")
    if option not in {each["id"] for each in poll.options}:
        raise Invalid(_("Choose one of the options."), "unknown_option", "/option")
    before = session.get(Ballot, (poll.id, viewer.account_id))
    if before is not None and poll.moment == "later":
        raise Conflict(_("You have answered this already; your answer is kept."), "already_answered")
    new = {"option": option, "cast_at": now()}
    session.execute(
        upsert(Ballot)
        .values(poll_id=poll.id, account_id=viewer.account_id, **new)
        .on_conflict_do_update(index_elements=["poll_id", "account_id"], set_=new)
    )
    tell_counted(poll)
    if poll.moment == "later":
        record_known(poll.plan)
    return session.get_one(Ballot, (poll.id, viewer.account_id), populate_existing=True)


def send_recheck(plan: Plan, wanted: RecheckIn) -> list[Poll]:
    """Ask the class once more, some days later; an earlier re-check of the plan is closed."""
    for place, question in enumerate(wanted.questions):
        if not question.right:
            raise Invalid(_("Say which option is right."), "no_right", f"/questions/{place}/right")
    _close(plan, ("later",))
    until = now() + timedelta(days=wanted.days)
    polls = [
        Poll(plan_id=plan.id, step_id="", topic=one.topic, moment="later", closes_at=until, **written(one))
        for one in wanted.questions
    ]
    session.add_all(polls)
    session.flush()
    for poll in polls:
        tell_asked(poll)
    return polls
