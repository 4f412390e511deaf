"""Worked examples of every rule of an assignment's score."""

from dataclasses import dataclass
from typing import Any

from ..policy import PRESETS, Policy
from ..score import score
from ..work import Answered, Override, Stretch, Version, Work, Written

H = 3600.0
BEFORE = -24 * H
"""A day before the deadline, which is 0 on the clock of the examples."""


@dataclass(frozen=True)
class Example:
    """A rule, a case of it in words, what goes in, and the per cent that must come out (None: no score)."""

    rule: str
    case: str
    work: Work
    percent: float | None
    policy: Policy = Policy()
    override: Override = Override()

    def result(self) -> float | None:
        """What the rules make of it, in per cent."""
        share = score(self.work, self.policy, self.override).share
        return None if share is None else round(share * 100, 2)


def only(component: str, **more: Any) -> Policy:
    """A policy in which one component is everything."""
    return Policy(weights={component: 100}, **more)


def wrote(*moments: float, **more: Any) -> tuple[Written, ...]:
    """An annotation at each moment, spread over the document."""
    return tuple(
        Written(id=f"{number}", arrived=moment, place=number / len(moments), **more)
        for number, moment in enumerate(moments)
    )


def levels(*found: int | None) -> tuple[Written, ...]:
    """Annotations of these levels, a day before the deadline."""
    return tuple(
        Written(id=f"{number}", arrived=BEFORE, level=level, place=number / len(found))
        for number, level in enumerate(found)
    )


def changed(*said: tuple[float, int]) -> Work:
    """One annotation, changed: at each moment, the level of what it says from then on; due at 0."""
    versions = tuple(Version(since, level) for since, level in said)
    return Work(due=0.0, written=(Written("1", said[0][0], level=said[-1][1], versions=versions),))


def read(start: float, end: float, seconds: float = 600.0, at: float = BEFORE, **more: Any) -> Stretch:
    """A stretch that was read, and told at once."""
    return Stretch(start=start, end=end, seconds=seconds, began=at, told=more.get("told", at + seconds))


def due(**more: Any) -> Work:
    """Work in an assignment that is due at 0."""
    return Work(due=0.0, **more)


WRITING = only("annotations")
QUALITY = only("annotations", content="quality")
ONE = only("annotations", content="quality", best=1)
SPREAD = only("annotations", spread_penalty=10)
REPLIES = only("annotations", reply_hours=48, late_hours=0)


def _replies(before: int, after: int) -> Work:
    late = tuple(Written(id=f"r{n}", arrived=24 * H, is_reply=True) for n in range(after))
    return due(written=wrote(*[BEFORE] * before) + late)


EXAMPLES: tuple[Example, ...] = (
    Example("Annotations", "3 of 4 annotations", due(written=wrote(*[BEFORE] * 3)), 75, WRITING),
    Example("Annotations", "6 where 4 are enough", due(written=wrote(*[BEFORE] * 6)), 100, WRITING),
    Example(
        "Annotations",
        "3 where the assignment expects 3",
        due(written=wrote(*[BEFORE] * 3)),
        100,
        only("annotations", best=3),
    ),
    Example(
        "Annotations",
        "the same words four times count once",
        due(written=wrote(*[BEFORE] * 4, same="yes")),
        25,
        WRITING,
    ),
    Example("Annotations", "nothing done at all: no score, not a zero", due(), None, WRITING),
    Example(
        "Quality", "2 thoughtful, 2 show reading (75 % each)", due(written=levels(2, 2, 1, 1)), 87.5, QUALITY
    ),
    Example(
        "Quality",
        "4 thoughtful beside 3 that say nothing",
        due(written=levels(2, 0, 2, 0, 2, 0, 2)),
        100,
        QUALITY,
    ),
    Example("Quality", "4 that say nothing", due(written=levels(0, 0, 0, 0)), 0, QUALITY),
    Example(
        "Quality",
        "not rated, as in an unknown language: in full",
        due(written=levels(None, None, 2, 2)),
        100,
        QUALITY,
    ),
    Example(
        "Spread",
        "4 annotations in the first quarter",
        due(written=tuple(Written(id=f"{n}", arrived=BEFORE, place=n / 20) for n in range(4))),
        90,
        SPREAD,
    ),
    Example("Spread", "4 annotations all over the document", due(written=wrote(*[BEFORE] * 4)), 100, SPREAD),
    Example(
        "Spread",
        "3 in one place, 1 elsewhere: half of the parts, spread enough",
        due(
            written=tuple(Written(id=f"{n}", arrived=BEFORE, place=0.9 if n == 3 else 0.1) for n in range(4))
        ),
        100,
        SPREAD,
    ),
    Example("Grace", "all 4 arrive 14 minutes late", due(written=wrote(*[14 * 60] * 4)), 100, WRITING),
    Example(
        "Offline",
        "written before the deadline, arrived an hour after it",
        due(written=wrote(*[H] * 4, composed=-600.0)),
        100,
        WRITING,
    ),
    Example(
        "Offline",
        "written before the deadline, arrived a day after it: past the two hours, so late",
        due(written=wrote(*[24.25 * H] * 4, composed=-600.0)),
        85.71,
        WRITING,
    ),
    Example(
        "Late",
        "all 4 arrive 3½ days late, of 7 in which credit falls",
        due(written=wrote(*[84.25 * H] * 4)),
        50,
        WRITING,
    ),
    Example(
        "Late",
        "2 in time, 2 late by 3½ days",
        due(written=wrote(BEFORE, BEFORE, 84.25 * H, 84.25 * H)),
        75,
        WRITING,
    ),
    Example(
        "Late",
        "no late period: 2 in time, 2 an hour late",
        due(written=wrote(BEFORE, BEFORE, H, H)),
        50,
        only("annotations", late_hours=0),
    ),
    Example("Late", "no deadline, so nothing is late", Work(written=wrote(*[900 * H] * 4)), 100, WRITING),
    Example(
        "Changed",
        "shows reading in time, made thoughtful 3½ days late: it counts as it was",
        changed((BEFORE, 1), (84.25 * H, 2)),
        75,
        ONE,
    ),
    Example(
        "Changed",
        "says nothing in time, made thoughtful 3½ days late: late work",
        changed((BEFORE, 0), (84.25 * H, 2)),
        50,
        ONE,
    ),
    Example(
        "Changed",
        "thoughtful in time, a word corrected a day late: nothing is lost",
        changed((BEFORE, 2), (24 * H, 2)),
        100,
        ONE,
    ),
    Example(
        "Changed",
        "changed twice before the deadline: the last words count",
        changed((BEFORE, 2), (BEFORE + H, 0), (BEFORE + 2 * H, 1)),
        75,
        ONE,
    ),
    Example(
        "Changed",
        "thoughtful in time, emptied of it afterwards: it counts as it was",
        changed((BEFORE, 2), (24 * H, 0)),
        100,
        ONE,
    ),
    Example(
        "Changed",
        "written 3½ days late, corrected a day after that: no later for it",
        changed((84.25 * H, 2), (108.25 * H, 2)),
        50,
        ONE,
    ),
    Example(
        "Changed",
        "where taking part counts, a change never matters",
        changed((BEFORE, 0), (400 * H, 2)),
        100,
        only("annotations", best=1),
    ),
    Example(
        "Extension",
        "due three days later for this student",
        Work(due=72 * H, written=wrote(*[70 * H] * 4)),
        100,
        WRITING,
    ),
    Example("Reply window", "1 in time, then 3 replies: doubled, not more", _replies(1, 3), 50, REPLIES),
    Example("Reply window", "2 in time, then 2 replies", _replies(2, 2), 100, REPLIES),
    Example("Reply window", "nothing in time, 4 replies after", _replies(0, 4), 0, REPLIES),
    Example(
        "Reading",
        "half of the document was on screen",
        due(stretches=(read(0, 0.5),)),
        55.56,
        only("completion"),
    ),
    Example("Reading", "nine tenths are all of it", due(stretches=(read(0, 0.9),)), 100, only("completion")),
    Example(
        "Reading",
        "scrolled through in 10 seconds what takes 2 minutes at the least",
        due(stretches=(read(0, 1, 10),), least_seconds=120),
        0,
        only("completion"),
    ),
    Example(
        "Reading",
        "told a day later than it is said to have been read: counts when it was told",
        due(stretches=(read(0, 1, 600, at=-2 * H, told=84.25 * H),)),
        50 / 0.9,
        only("completion"),
    ),
    Example(
        "Questions",
        "3 of 4 answered, one of them wrong: an answer counts",
        due(questions=4, answered=tuple(Answered(f"{n}", BEFORE, right=n != 2) for n in range(3))),
        75,
        only("questions"),
    ),
    Example(
        "Questions",
        "3 of 4 answered, one of them wrong, which is worth half",
        due(questions=4, answered=tuple(Answered(f"{n}", BEFORE, right=n != 2) for n in range(3))),
        62.5,
        only("questions", wrong_answer=50),
    ),
    Example(
        "Questions",
        "wrong at first, right at the second try",
        due(
            questions=1, answered=(Answered("q", BEFORE, right=False), Answered("q", BEFORE + 60, right=True))
        ),
        100,
        only("questions", wrong_answer=0),
    ),
    Example(
        "Sittings",
        "an evening and the next morning",
        due(stretches=(read(0, 0.5), read(0.5, 1, at=BEFORE + 12 * H))),
        100,
        only("sittings"),
    ),
    Example(
        "Sittings",
        "twice within an hour is one sitting",
        due(stretches=(read(0, 0.5), read(0.5, 1, at=BEFORE + H))),
        50,
        only("sittings"),
    ),
    Example("Active time", "10 minutes of 20", due(stretches=(read(0, 1, 600),)), 50, only("active_time")),
    Example(
        "Replies received",
        "one person of two replied",
        due(written=wrote(BEFORE), repliers=1),
        50,
        only("replies"),
    ),
    Example(
        "Endorsements received",
        "from three people, two are enough",
        due(written=wrote(BEFORE), endorsers=3),
        100,
        only("endorsed"),
    ),
    Example(
        "Endorsements given", "to one person of three", due(endorsing=(BEFORE,)), 33.33, only("endorsing")
    ),
    Example(
        "Weights",
        "participation: 3 of 4 annotations (60 of 80), all read (20), 1 of 2 questions (10 of 20)",
        due(
            written=wrote(*[BEFORE] * 3),
            stretches=(read(0, 1),),
            questions=2,
            answered=(Answered("a", BEFORE, right=True),),
        ),
        90,
    ),
    Example(
        "Weights",
        "everything of participation: 120 %, capped at full credit",
        due(
            written=wrote(*[BEFORE] * 4),
            stretches=(read(0, 1),),
            questions=1,
            answered=(Answered("a", BEFORE),),
        ),
        100,
    ),
    Example(
        "Weights",
        "no questions in the document: 80 and 20 grow to 96 and 24; 2 of 4 annotations, all read",
        due(written=wrote(BEFORE, BEFORE), stretches=(read(0, 1),)),
        72,
    ),
    Example(
        "Weights",
        "nothing is recorded in the course: reading leaves as well",
        due(written=wrote(BEFORE, BEFORE), is_recorded=False),
        60,
    ),
    Example(
        "By hand",
        "a component set to 100 %",
        due(written=wrote(BEFORE)),
        100,
        WRITING,
        Override({"annotations": 1.0}),
    ),
    Example(
        "By hand", "the whole set to 80 %, whatever the parts say", due(), 80, WRITING, Override(total=0.8)
    ),
    Example("By hand", "excused: no score", due(written=wrote(BEFORE), excused=True), None, WRITING),
    Example(
        "Presets",
        "balanced, no questions: 4 thoughtful annotations all over (82.5), three fifths of what is to be read (16.5)",
        due(written=levels(2, 2, 2, 2), stretches=(read(0, 0.54),)),
        99,
        PRESETS["balanced"],
    ),
)
