"""What the class knew before and after, topic by topic."""

from typing import NamedTuple

from sqlalchemy import select

from app.core.db import session
from app.questions.queries import tallies
from app.reports.models import Topic

from ..models import Plan, Poll
from .votes import counts_of, polls_of, share_right


class Known(NamedTuple):
    """How many knew it, of those who answered."""

    right: int
    of: int


class Change(NamedTuple):
    """Before and after; None where nobody was asked."""

    before: Known | None
    after: Known | None


def topic_keys(plan: Plan) -> list[str]:
    """The topics of a plan's steps, each once, in their order."""
    return list(dict.fromkeys(key for step in plan.steps for key in step.get("topics", [])))


def topic_rows(plan: Plan) -> dict[str, Topic]:
    """The topics of a plan that the report still knows, also those that became part of another."""
    rows = session.scalars(select(Topic).where(Topic.id.in_(topic_keys(plan))))
    return {row.id: row for row in rows if row.assignment_id == plan.assignment_id}


def known(plan: Plan) -> dict[str, Change]:
    """Topic key to what was known of it.

    Before is the first vote of the lesson, else the first answers to the question that the step asks again. After is
    the re-check, else the lesson's second vote.
    """
    polls = [poll for poll in session.scalars(polls_of(plan.id)) if poll.solution]
    counts = counts_of(polls)
    votes = {poll.id: Known(*share_right(poll, counts[poll.id])) for poll in polls}
    answers = _first_answers(plan)
    return {
        key: Change(
            before=_newest(polls, votes, key, ("before",)) or answers.get(key),
            after=_newest(polls, votes, key, ("later",)) or _newest(polls, votes, key, ("after",)),
        )
        for key in topic_keys(plan)
    }


def _newest(polls: list[Poll], votes: dict[str, Known], key: str, moments: tuple[str, ...]) -> Known | None:
    """The newest vote about a topic in which anybody voted."""
    about = [votes[poll.id] for poll in polls if poll.topic == key and poll.moment in moments]
    return next((found for found in reversed(about) if found.of), None)


def _first_answers(plan: Plan) -> dict[str, Known]:
    asked = {
        key: step["question_id"] for step in plan.steps for key in step["topics"] if step.get("question_id")
    }
    found = tallies(list(asked.values()))
    return {
        key: Known(found[question_id].right, found[question_id].answered)
        for key, question_id in asked.items()
        if question_id in found and found[question_id].answered
    }
