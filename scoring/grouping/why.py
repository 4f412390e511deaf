"""Why a group is as it is, by code, for the teacher. Numbers only: a reason never names anybody."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from .people import Learner, Wishes

Reason = dict[str, Any]


def why(group: Sequence[Learner], wishes: Wishes) -> list[Reason]:
    """What brought these people together, most important first: ``{code, params, text}`` each."""
    reasons = {"conflict": _positions, "shared": _shared, "mixed": _mastery}
    found = reasons[wishes.by](group) if wishes.by in reasons else [_reason("by_chance", "By chance.")]
    return [*found, *_history(group, wishes)]


def _reason(code: str, text: str, **params: Any) -> Reason:
    return {"code": code, "params": params, "text": text}


def _positions(group: Sequence[Learner]) -> list[Reason]:
    counted = Counter(one.position for one in group if one.position)
    if len(counted) >= 2:
        text = f"{len(counted)} different answers among {counted.total()}."
        return [_reason("answers_differ", text, positions=dict(counted.most_common()))]
    if counted:
        return [_reason("same_answer", "All gave the same answer; there was nobody left to disagree.")]
    return [_reason("no_answers", "Nobody here has answered yet.")]


def _shared(group: Sequence[Learner]) -> list[Reason]:
    counted = Counter(topic for one in group for topic in one.topics)
    topic, people = counted.most_common(1)[0] if counted else ("", 0)
    if people == len(group):
        return [_reason("all_lost_here", "All are lost at the same place.", topic=topic)]
    if people > 1:
        return [
            _reason(
                "some_lost_here", f"{people} of them are lost at the same place.", topic=topic, people=people
            )
        ]
    return [_reason("nothing_shared", "Nothing that they share is known.")]


def _mastery(group: Sequence[Learner]) -> list[Reason]:
    right = sum(one.right is True for one in group)
    if right:
        return [
            _reason("some_right", f"{right} of {len(group)} had it right.", right=right, people=len(group))
        ]
    return [_reason("none_right", "Nobody here had it right; there were too few to go round.")]


def _history(group: Sequence[Learner], wishes: Wishes) -> list[Reason]:
    pairs = [frozenset(pair) for pair in combinations((one.id for one in group), 2)]
    met, apart = sum(pair in wishes.met for pair in pairs), sum(pair in wishes.apart for pair in pairs)
    found = []
    if apart:
        found.append(
            _reason(
                "apart_failed", "Two who should not meet are together; there was no other way.", pairs=apart
            )
        )
    if met:
        found.append(_reason("met_before", f"{met} pairs have worked together before.", pairs=met))
    elif wishes.met:
        found.append(_reason("all_new", "Nobody here has worked with another before."))
    return found
