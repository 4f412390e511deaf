"""What became of each question: open, answered by a peer (partly solved), or solved."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

from scoring.confusion import ASKING, CONFUSED, Judged
from scoring.evidence import Id
from scoring.phrases import count
from scoring.reading import Reading
from scoring.remark import Remark

ENOUGH_TO_ANSWER = 4  # words: "me too" and "good question" answer nothing


class State(StrEnum):
    """How far a question is on its way."""

    OPEN = "open"
    PARTLY = "partly"
    SOLVED = "solved"


def states(judged: Sequence[Judged]) -> dict[Id, State]:
    """The state of every annotation by its id. Replies stand in the order in which they were written."""
    by_id = {j.annotation.id: j for j in judged}
    replies: dict[Id, list[Judged]] = defaultdict(list)
    for reply in judged:
        for asked in _above(reply, by_id):
            replies[asked].append(reply)
    return {key: _state(asked, replies.get(key, ())) for key, asked in by_id.items()}


def _above(reply: Judged, by_id: Mapping[Id, Judged]) -> list[Id]:
    """Everything that a reply stands under."""
    found: list[Id] = []
    parent = reply.annotation.parent
    while parent is not None and parent not in found and parent != reply.annotation.id:
        found.append(parent)
        parent = by_id[parent].annotation.parent if parent in by_id else None
    return found


def _state(asked: Judged, replies: Sequence[Judged]) -> State:
    """Accepted by the asker, said or endorsed by staff: solved. A peer's answer alone: partly.

    The asker has the last word: who asks on after an answer has an open question again.
    """
    if asked.annotation.resolved:
        return State.SOLVED
    state = State.OPEN
    for reply in sorted(replies, key=lambda j: j.annotation.created):
        if reply.annotation.author == asked.annotation.author:
            state = _after_asker(reply, state)
        elif state is not State.SOLVED and _answers(reply):
            sure = reply.annotation.by_staff or reply.annotation.endorsed
            state = State.SOLVED if sure else State.PARTLY
    return state


def _after_asker(reply: Judged, state: State) -> State:
    if reply.confusion >= CONFUSED:
        return State.OPEN
    said = Reading(Remark("", reply.annotation.text)).said
    return State.SOLVED if count("resolved", said) else state


def _answers(reply: Judged) -> bool:
    """A telling sentence that asks nothing itself; staff's word is one whatever its length."""
    if reply.confusion >= CONFUSED or reply.question >= ASKING or "?" in reply.annotation.text:
        return False
    said = Reading(Remark("", reply.annotation.text))
    return reply.annotation.by_staff or (len(said.words) >= ENOUGH_TO_ANSWER and bool(said.content))
