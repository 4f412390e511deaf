"""Which of today's groups is which topic of the last report, so that a topic stays itself while it grows."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.evidence import Id

ALIKE = 0.25  # share of members (Jaccard) from which a group is still the topic that it was


@dataclass(frozen=True)
class Known:
    """A topic of an earlier report: its members then, and those whom somebody put there by hand."""

    id: str
    members: frozenset[Id] = frozenset()
    placed: frozenset[Id] = frozenset()
    label: str = ""


@dataclass(frozen=True)
class Before:
    """What is known from earlier reports: topics in their order, annotations that stand by themselves by
    hand, and how many confusions there were when they were last grouped (0: group anew).
    """

    topics: tuple[Known, ...] = ()
    apart: frozenset[Id] = frozenset()
    grouped: int = 0

    @property
    def named(self) -> dict[str, Known]:
        """The topics by their ids."""
        return {topic.id: topic for topic in self.topics}

    @property
    def home(self) -> dict[Id, str]:
        """For every annotation put somewhere by hand, the topic."""
        return {member: topic.id for topic in self.topics for member in topic.placed}


def before_of(value: dict[str, Any]) -> Before:
    """What is known from plain values: ``{"topics": [{"id", "members", "placed", "label"}], "apart": [ids],
    "grouped": n}``.
    """
    topics = tuple(
        Known(
            str(t["id"]),
            frozenset(t.get("members", ())),
            frozenset(t.get("placed", ())),
            str(t.get("label", "")),
        )
        for t in value.get("topics", ())
    )
    return Before(topics, frozenset(value.get("apart", ())), int(value.get("grouped", 0)))


@dataclass
class _Match:
    names: dict[Hashable, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def continued(groups: Mapping[Hashable, Sequence[Id]], before: Before) -> dict[Hashable, str]:
    """For each group the name of the topic that it continues, or a new name: its first member's.

    A group most of whose members were put into one topic by hand belongs to that topic, so that several
    may; otherwise each topic goes to the group that shares most with it, the closest pairs first.
    """
    match, home = _Match(), before.home
    for key, members in groups.items():
        placed = Counter(home[m] for m in members if m in home)
        if placed and 2 * placed.total() > len(members):
            match.names[key] = placed.most_common(1)[0][0]
    for key, name in _closest_first(groups, before.topics):
        if key not in match.names and name not in match.taken:
            match.names[key] = name
            match.taken.add(name)
    known = {topic.id for topic in before.topics}
    for key, members in groups.items():
        match.names.setdefault(key, _new_name(members, known | set(match.names.values())))
    return match.names


def _closest_first(
    groups: Mapping[Hashable, Sequence[Id]], topics: Iterable[Known]
) -> list[tuple[Hashable, str]]:
    pairs = []
    for topic in topics:
        for key, members in groups.items():
            shared = len(topic.members.intersection(members))
            alike = shared / max(1, len(topic.members | set(members)))
            if alike >= ALIKE:
                pairs.append((-alike, topic.id, str(min(map(str, members))), key))
    return [(key, name) for _, name, _, key in sorted(pairs, key=lambda pair: pair[:3])]


def _new_name(members: Sequence[Id], taken: set[str]) -> str:
    name = first = min(map(str, members))
    number = 2
    while name in taken:
        name, number = f"{first}-{number}", number + 1
    return name
