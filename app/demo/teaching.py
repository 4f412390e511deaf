"""A lesson that was held: a plan with groups, a vote before and after the talk, and a note, all through the verbs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import new_id
from app.core.policy import Viewer
from app.plans.kinds import KINDS
from app.plans.models import Plan, Poll
from app.plans.operations import closing, drafting, editing, seating, voting
from app.plans.queries.seating import answers_to
from app.plans.queries.topics import topics_of, votable
from app.plans.schemas import PlanIn, PlanPatch, PollIn, PollPatch, ReflectionIn, StepIn, WishesIn
from app.questions.models import Question
from app.reports.queries import voices_of

from . import material

MINUTES = 45
VOTE, TALK = 15, 26
GROUP = 4
NOTE = "The second vote came too early. Next time: let two groups say their reason first."
CONVINCED = 3  # of every so many who had it wrong, all but one change their mind


def plan_ahead(assignment: Assignment, lee: Viewer) -> None:
    """Plan a lesson from the report's first topics, with groups; it is still to come."""
    drafting.draft_plan(lee, assignment, PlanIn(minutes=MINUTES, group_size=GROUP))


def teach(
    assignment: Assignment, viewers: Mapping[str, Viewer], topics: Mapping[str, material.Topic]
) -> None:
    """Plan the lesson after the reading from its ``topics`` (by their ids), hold it, and say how it went."""
    lee = viewers["lee"]
    plan = drafting.draft_plan(lee, assignment, PlanIn(minutes=MINUTES))
    _rework(lee, assignment, plan, list(topics))
    seating.group_students(lee, plan, WishesIn(by="conflict", size=3))
    step = plan.steps[0]["id"]
    before = answers_to(plan, plan.steps[0]["question_id"])
    _vote(plan, PollIn(step_id=step), viewers, {one: option for one, (option, _right) in before.items()})
    _vote(plan, PollIn(step_id=step, moment="after"), viewers, _after_talking(before, plan))
    editing.note(plan, step, NOTE)
    closing.reflect(lee, plan, {key: _reflection(said) for key, said in topics.items() if said.did})
    held = (assignment.due_at or assignment.created_at) + timedelta(hours=2)
    plan.created_at = plan.modified_at = plan.run_at = held


def _reflection(said: material.Topic) -> ReflectionIn:
    return ReflectionIn(dealt=True, what_i_did=said.did, what_i_would_change=said.would_change)


def _rework(lee: Viewer, assignment: Assignment, plan: Plan, topics: list[str]) -> None:
    """A vote on the reading's question for the first topic, the questions of the second in pairs, and a slip at the
    end.
    """
    known = {topic.key: topic for topic in topics_of(assignment, lee)}
    asked = [voice.id for voice in known[topics[1]].representatives]
    steps = [
        _step("vote", VOTE, question_id=votable(assignment)[0].id, topics=topics[:1]),
        _step("pairs", TALK, voices=asked, topics=topics[1:2]),
        _step("exit_ticket", MINUTES - VOTE - TALK),
    ]
    readable = voices_of(lee, assignment, set(asked))
    editing.edit_plan(plan, PlanPatch(revision=plan.revision, steps=steps), readable)


def _step(kind: Any, minutes: int, **more: Any) -> StepIn:
    words = KINDS[kind]
    return StepIn(
        id=new_id(),
        kind=kind,
        minutes=minutes,
        prompt=str(words.prompt),
        materials=str(words.materials),
        **more,
    )


def _after_talking(before: Mapping[str, tuple[str | None, bool | None]], plan: Plan) -> dict[str, str | None]:
    """Most of those who had it wrong were convinced; the others stayed with what they had."""
    right = next(iter(session.get_one(Question, plan.steps[0]["question_id"]).key["correct"]))
    wrong = sorted(one for one, (_option, correct) in before.items() if not correct)
    convinced = {one for place, one in enumerate(wrong) if place % CONVINCED != CONVINCED - 1}
    return {one: right if one in convinced else option for one, (option, _right) in before.items()}


def _vote(
    plan: Plan, wanted: PollIn, viewers: Mapping[str, Viewer], choices: Mapping[str, str | None]
) -> Poll:
    poll = voting.open_poll(plan, wanted)
    for viewer in viewers.values():
        if option := choices.get(viewer.account_id):
            voting.vote(viewer, poll, option)
    return voting.change_poll(poll, PollPatch(closed=True))
