"""A timed draft of a lesson from confusion topics: which kind of activity for which topic, and how long.

Kinds are chosen by what is known of a topic, the minutes and the room; each choice gives its reason. The rules follow
what the methods' own literature says they are for: peer instruction works best where 35 to 70 % are right at first
(Crouch & Mazur 2001), worked examples where few are (Sweller 2006), a debate needs two sides that are really taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "vote",
    "pairs",
    "jigsaw",
    "worked_example",
    "debate",
    "stations",
    "whiteboard",
    "concept_map",
    "exit_ticket",
]
Room = Literal["rows", "tables", "open"]
KINDS: tuple[Kind, ...] = (
    *("vote", "pairs", "jigsaw", "worked_example", "debate"),
    *("stations", "whiteboard", "concept_map", "exit_ticket"),
)
IN_GROUPS: frozenset[Kind] = frozenset({"jigsaw", "debate", "stations", "whiteboard", "concept_map"})

LEAST = 6  # minutes for one topic; below that it is only mentioned
LONGEST = 20  # minutes for one activity
EXIT = 4
EXIT_FROM = 15  # a lesson shorter than this ends without a ticket
STATIONS_FROM = 12


@dataclass(frozen=True)
class Topic:
    """What is known of a confusion topic.

    ``right`` is the share that answered its question rightly (None: no such question), ``sides`` how many answers were
    taken by a fifth of the class or more, ``places`` in how many passages it shows.
    """

    key: str
    students: int = 1
    open_share: float = 1.0
    right: float | None = None
    sides: int = 0
    places: int = 1


@dataclass(frozen=True)
class Step:
    """One activity of the draft: its topics by key, its minutes, and why this kind (``{code, params, text}``)."""

    kind: Kind
    minutes: int
    topics: tuple[str, ...]
    why: dict[str, Any]


def draft(topics: Sequence[Topic], minutes: int, room: Room) -> list[Step]:
    """A plan that fills the minutes exactly; the most widespread topics come first.

    Topics for which there is no time become stations if the room allows it, and are left out otherwise.
    """
    ending = EXIT if minutes >= EXIT_FROM else 0
    left = max(1, minutes - ending)
    chosen = list(topics)[: max(1, left // LEAST)]
    main, rest = _split(chosen, left, room)
    steps = _main_steps(main, left - (STATIONS_FROM if rest else 0), room)
    if rest:
        keys = tuple(topic.key for topic in rest)
        steps.append(Step("stations", STATIONS_FROM, keys, _why("several_small", count=len(rest))))
    if ending:
        steps.append(Step("exit_ticket", EXIT, (), _why("ends_class")))
    return steps


def _split(topics: list[Topic], minutes: int, room: Room) -> tuple[list[Topic], list[Topic]]:
    """The topics that get an activity of their own, and small ones that share stations."""
    few = max(1, (minutes - STATIONS_FROM) // 10)
    if room == "rows" or len(topics) < few + 2 or minutes < STATIONS_FROM + 10:
        return topics, []
    return topics[:few], topics[few:]


def _main_steps(topics: list[Topic], minutes: int, room: Room) -> list[Step]:
    if not topics:
        return [Step("pairs", minutes, (), _why("nothing_known"))]
    shares = _shares([max(1, topic.students) for topic in topics], minutes)
    steps: list[Step] = []
    for topic, share in zip(topics, shares, strict=True):
        for part in _parts(share):
            kind, why = _best(topic, part, room, [step.kind for step in steps])
            steps.append(Step(kind, part, (topic.key,), why))
    return steps


def _parts(minutes: int) -> list[int]:
    """A long time for one topic is several activities: nobody votes for half an hour."""
    number = -(-minutes // LONGEST)
    return [minutes // number + (place < minutes % number) for place in range(number)]


def _shares(weights: list[int], minutes: int) -> list[int]:
    """The minutes shared out by weight, each at least ``LEAST`` where there is enough; the sum is exact."""
    least = min(LEAST, minutes // len(weights))
    spare = minutes - least * len(weights)
    total = sum(weights)
    exact = [least + spare * weight / total for weight in weights]
    found = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: found[place] - exact[place])
    for place in by_remainder[: minutes - sum(found)]:
        found[place] += 1
    return found


def _best(topic: Topic, minutes: int, room: Room, used: list[Kind]) -> tuple[Kind, dict[str, Any]]:
    """The kind that suits best; one that was used already suits less."""
    fitting = _fitting(topic, minutes, room)
    kind = max(fitting, key=lambda one: fitting[one][0] - 1.5 * used.count(one))
    return kind, fitting[kind][1]


def _fitting(topic: Topic, minutes: int, room: Room) -> dict[Kind, tuple[float, dict[str, Any]]]:
    """Every kind that is possible here: how well it suits, and why."""
    found: dict[Kind, tuple[float, dict[str, Any]]] = {"pairs": (1.6, _why("talk_first"))}
    movable = room != "rows"
    if topic.right is not None:
        percent = round(100 * topic.right)
        if topic.right < 0.3:
            found["worked_example"] = (3.2, _why("few_right", percent=percent))
        found["vote"] = (
            (3.0 if 0.3 <= topic.right <= 0.8 else 2.0),
            _why("votes_differ" if topic.right <= 0.8 else "vote_again", percent=percent),
        )
    if topic.sides >= 2 and minutes >= 10:
        found["debate"] = (2.6, _why("two_sides", sides=topic.sides))
    if movable and minutes >= 10:
        found["whiteboard"] = (1.8, _why("write_it_down"))
        if topic.places >= 3 and minutes >= 14:
            found["jigsaw"] = (2.4, _why("several_places", places=topic.places))
        if topic.places >= 2 and minutes >= 12:
            found["concept_map"] = (2.0, _why("connects_places", places=topic.places))
    if "worked_example" not in found and topic.open_share >= 0.9:
        found["worked_example"] = (1.7, _why("nobody_solved"))
    return found


_TEXTS = {
    "several_small": "{count} smaller topics, one station each.",
    "ends_class": "What is still unclear, for the next lesson.",
    "nothing_known": "No topic is known yet, so they begin with their own questions.",
    "talk_first": "Everybody thinks, then explains it to a neighbour.",
    "few_right": "Only {percent} % were right: show how it is done first.",
    "votes_differ": "{percent} % were right: enough on both sides to convince each other.",
    "vote_again": "{percent} % were right: a short second vote shows whether it holds.",
    "two_sides": "{sides} different answers were taken by many.",
    "write_it_down": "There are tables: groups write their reasoning where all can see it.",
    "several_places": "It shows at {places} passages: one for each expert group.",
    "connects_places": "It shows at {places} passages, and needs to be put together.",
    "nobody_solved": "Nobody has solved it yet: show how it is done.",
}


def _why(code: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "params": params, "text": _TEXTS[code].format(**params)}
