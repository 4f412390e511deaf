"""The credit of each component: from 0, nothing, to 1, all that can be had."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil

from .policy import ACTIVITY, USUAL_BEST, Policy
from .timing import HOUR, MINUTE, in_reply_window, kept, read_at
from .work import Stretch, Work, Written

BINS = 50
"""Stretches of the document in which reading is counted."""

REACHED = 0.9
"""So much of the document read is all of it: nobody must scroll past the last footnote."""

SITTING_GAP_S = 2 * HOUR
LEAST_SITTING_S = MINUTE


@dataclass(frozen=True, slots=True)
class Credit:
    """What a component earned, and the numbers that say why. ``counted`` are annotation ids."""

    share: float
    facts: Mapping[str, float] = field(default_factory=dict)
    counted: tuple[str, ...] = ()


def applies(component: str, work: Work) -> bool:
    """Can this component be earned here at all?"""
    if component == "questions":
        return work.questions > 0
    return work.is_recorded or component not in ACTIVITY


def annotations(work: Work, policy: Policy) -> Credit:
    """The best N annotations, each worth an N-th; less a little if all stand in one place."""
    best = policy.best or USUAL_BEST
    on_time, replies, late = _sorted_by_time(work, policy)
    before = _top(on_time, best)
    with_replies = _top(on_time + replies, best)
    every = _top(on_time + replies + late, best)
    earned = _sum(before)
    earned += min(_sum(with_replies) - earned, earned) + _sum(every) - _sum(with_replies)
    chosen = [one for one, worth in every if worth > 0]
    off = bunched(chosen) * min(policy.spread_penalty, 10.0) / 100
    return Credit(
        share=min(1.0, earned / best) * (1 - off),
        facts={
            "counted": len(chosen),
            "wanted": best,
            "late": sum(1 for one, worth in late if worth > 0),
            "thoughtful": sum(1 for one in chosen if one.level == 2),
            "shows_reading": sum(1 for one in chosen if one.level == 1),
            "not_yet": sum(1 for one in work.written if one.level == 0),
            "bunched": round(off, 4),
            "as_it_was": sum(1 for one in chosen if one.versions and one.arrived < one.versions[-1].since),
        },
        counted=tuple(one.id for one in chosen),
    )


Valued = list[tuple[Written, float]]


def _sorted_by_time(work: Work, policy: Policy) -> tuple[Valued, Valued, Valued]:
    """Annotations with what each is worth: on time, replies after the deadline, and the late rest."""
    found: tuple[Valued, Valued, Valued] = ([], [], [])
    for each in _once_each(work.written):
        one = as_it_counts(each, work.due, policy)
        pile, share = _in_time(one, work.due, policy)
        found[pile].append((one, worth_of(one, policy) * share))
    return found


def _in_time(one: Written, due: float | None, policy: Policy) -> tuple[int, float]:
    """Whether it is on time (0), a reply after the deadline (1) or late (2), and the share of its credit it keeps."""
    share = kept(due, one.arrived, one.composed, policy)
    if share == 1:
        return 0, 1.0
    return (1, 1.0) if one.is_reply and in_reply_window(due, one.arrived, policy) else (2, share)


def as_it_counts(one: Written, due: float | None, policy: Policy) -> Written:
    """An annotation that was changed, as the words that are worth most.

    Of what it said in time only the last words stand for it. Each change after that is as if the new words had been
    written then. So correcting something late costs nothing, and working late on it earns what late work earns.
    """
    said = [
        replace(one, arrived=each.since, composed=None if number else one.composed, level=each.level)
        for number, each in enumerate(one.versions)
    ]
    on_time = [each for each in said if _in_time(each, due, policy)[0] == 0]
    later = said[len(on_time) :]
    return max(
        (*on_time[-1:], *later),
        key=lambda each: worth_of(each, policy) * _in_time(each, due, policy)[1],
        default=one,
    )


def _once_each(written: Iterable[Written]) -> list[Written]:
    """The same words count once: the first time."""
    first: dict[str, Written] = {}
    for one in sorted(written, key=lambda each: each.arrived):
        first.setdefault(one.same or one.id, one)
    return list(first.values())


def worth_of(one: Written, policy: Policy) -> float:
    """The credit of one annotation by itself. What could not be rated counts in full, never as nothing."""
    if policy.content == "participation" or one.level is None:
        return 1.0
    return (0.0, policy.level_one / 100, 1.0)[one.level]


def _top(valued: Valued, best: int) -> Valued:
    return sorted(valued, key=lambda pair: (-pair[1], pair[0].arrived))[:best]


def _sum(valued: Valued) -> float:
    return sum(worth for _one, worth in valued)


def bunched(chosen: list[Written]) -> float:
    """How far annotations keep together, 0 to 1.

    Cut the document into as many equal parts as annotations count. Who touches half of the parts (rounded up)
    is spread enough; who stays in one is bunched entirely. One or two annotations cannot be.
    """
    places = [one.place for one in chosen if one.place is not None]
    wanted = ceil(len(places) / 2)
    if wanted < 2:
        return 0.0
    touched = len({min(len(places) - 1, int(place * len(places))) for place in places})
    return max(0.0, (wanted - touched) / (wanted - 1))


def completion(work: Work, policy: Policy) -> Credit:
    """The share of the document that was on screen or played; nine tenths are all of it.

    A part that was on screen for less than its share of ``work.least_seconds`` was scrolled past, not read.
    """
    best = [0.0] * BINS
    spent = [0.0] * BINS
    for one in work.stretches:
        share = _share_at(one, work, policy)
        bins = _bins(one)
        for bin_ in bins:
            spent[bin_] += one.seconds / len(bins)
            best[bin_] = max(best[bin_], share)
    least = work.least_seconds / BINS
    read = [share if seconds >= least else 0.0 for share, seconds in zip(best, spent, strict=True)]
    raw = sum(1 for share in read if share > 0) / BINS
    return Credit(share=min(1.0, sum(read) / BINS / REACHED), facts={"read": round(raw, 4)})


def _bins(one: Stretch) -> range:
    first = min(BINS - 1, max(0, int(one.start * BINS)))
    last = min(BINS, max(first + 1, ceil(one.end * BINS - 1e-9)))
    return range(first, last)


def _share_at(one: Stretch, work: Work, policy: Policy) -> float:
    return kept(work.due, read_at(one.began, one.seconds, one.told, policy), None, policy)


def questions(work: Work, policy: Policy) -> Credit:
    """Each embedded question's best attempt."""
    best: dict[str, float] = defaultdict(float)
    right: set[str] = set()
    for one in work.answered:
        worth = policy.wrong_answer / 100 if one.right is False else 1.0
        right |= set() if one.right is False else {one.question}
        share = kept(work.due, one.arrived, one.composed, policy)
        best[one.question] = max(best[one.question], worth * share)
    return Credit(
        share=min(1.0, sum(best.values()) / work.questions) if work.questions else 0.0,
        facts={"answered": len(best), "asked": work.questions, "wrong": len(best) - len(right)},
    )


def sittings(work: Work, policy: Policy) -> Credit:
    """Occasions of at least a minute, two hours or more apart."""
    last, seconds, share, found = float("-inf"), 0.0, 0.0, []
    for one in sorted(work.stretches, key=lambda each: each.began):
        if one.began - last > SITTING_GAP_S:
            found.append((seconds, share))
            seconds, share = 0.0, 0.0
        seconds += one.seconds
        share = max(share, _share_at(one, work, policy))
        last = max(last, one.began + one.seconds)
    found.append((seconds, share))
    real = [share for seconds, share in found if seconds >= LEAST_SITTING_S]
    return _of(sum(real), policy.sittings, {"sittings": len(real), "wanted": policy.sittings})


def active_time(work: Work, policy: Policy) -> Credit:
    """Seconds of reading or watching with the window in front and a hand that moves."""
    seconds = sum(one.seconds * _share_at(one, work, policy) for one in work.stretches)
    facts = {
        "minutes": round(sum(one.seconds for one in work.stretches) / MINUTE, 1),
        "wanted": policy.active_minutes,
    }
    return _of(seconds / MINUTE, policy.active_minutes, facts)


def replies(work: Work, policy: Policy) -> Credit:
    """Different people who replied."""
    return _of(work.repliers, policy.replies, {"people": work.repliers, "wanted": policy.replies})


def endorsed(work: Work, policy: Policy) -> Credit:
    """Different people who found something helpful, or had the same question."""
    return _of(work.endorsers, policy.endorsed, {"people": work.endorsers, "wanted": policy.endorsed})


def endorsing(work: Work, policy: Policy) -> Credit:
    """Different people whose annotations one endorsed."""
    given = sum(kept(work.due, moment, None, policy) for moment in work.endorsing)
    return _of(given, policy.endorsing, {"people": len(work.endorsing), "wanted": policy.endorsing})


def _of(amount: float, wanted: float, facts: dict[str, float]) -> Credit:
    return Credit(share=min(1.0, amount / wanted) if wanted > 0 else 1.0, facts=facts)


CREDIT: Mapping[str, Callable[[Work, Policy], Credit]] = {
    "annotations": annotations,
    "completion": completion,
    "questions": questions,
    "sittings": sittings,
    "active_time": active_time,
    "replies": replies,
    "endorsed": endorsed,
    "endorsing": endorsing,
}
