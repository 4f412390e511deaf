"""One topic as the report gives it: what it is called, how many, where, how open, and why it matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scoring.confusion import ASKING, Judged
from scoring.counting import near, signal_counts
from scoring.evidence import Evidence, Id, Signal
from scoring.gathering import Group
from scoring.identity import Known
from scoring.likeness import middle_of
from scoring.naming import Namer
from scoring.places import words_at
from scoring.ranking import reasons
from scoring.resolution import State, states
from scoring.sources import Sources
from scoring.summary import shortened, summary_of
from scoring.wording import Wording

REPRESENTATIVES = 3
MOST_PLACES = 60
SAME = 0.8  # share of its members that a topic must keep to keep its name


@dataclass(frozen=True)
class Whole:
    """What every topic is seen against, worked out once."""

    evidence: Evidence
    state: dict[Id, State]
    namer: Namer
    staff: set[Id]
    people: int  # the class, or everyone seen where its size is not known
    groups: set[str]
    sources: Sources

    @classmethod
    def of(
        cls, evidence: Evidence, judged: Sequence[Judged], topics: Sequence[Group], sources: Sources
    ) -> "Whole":
        """The whole that these topics are part of."""
        texts = [j.annotation.text for topic in topics for j in topic.members if not j.foreign]
        staff = {a.author for a in evidence.annotations if a.by_staff}
        seen = {a.author for a in evidence.annotations} | {s.author for s in evidence.signals}
        people = max(evidence.document.students, len(seen - staff), 1)
        groups = {a.group for a in evidence.annotations if a.group}
        return cls(evidence, states(judged), Namer.of(texts), staff, people, groups, sources)

    def those(self, members: Sequence[Judged], state: State) -> list[Id]:
        """The members in this state."""
        ids = [j.annotation.id for j in members]
        return sorted((key for key in ids if self.state[key] is state), key=str)

    def sorted_ids(self, members: Sequence[Judged]) -> dict[str, list[Id]]:
        """Members beside a topic's own, and which of them are what; named as in the topic."""
        return {
            "members": sorted((j.annotation.id for j in members), key=str),
            "open": self.those(members, State.OPEN),
            "partly": self.those(members, State.PARTLY),
            "asking": [j.annotation.id for j in members if j.question >= ASKING],
            "foreign": [j.annotation.id for j in members if j.foreign],
        }


def shape(topic: Group, whole: Whole, known: Known | None = None) -> dict[str, Any]:
    """The topic as plain values. One that hardly changed keeps the name under which it is ``known``."""
    here = near(whole.evidence.signals, topic.spans)
    people = _students(topic, here) - whole.staff
    order = _by_centrality(topic)
    still, partly = whole.those(topic.members, State.OPEN), whole.those(topic.members, State.PARTLY)
    groups = {j.annotation.group for j in topic.members if j.annotation.group}
    causes = whole.sources.of_topic(topic)
    made: dict[str, Any] = {
        "id": topic.id,
        **_words(topic, order[0], causes, whole, known),
        "members": sorted((j.annotation.id for j in topic.members), key=str),
        "students": len(people),
        "share": round(len(people) / whole.people, 4),
        "open_share": round(len(still) / len(topic.members), 4),
        "partly_share": round(len(partly) / len(topic.members), 4),
        "open": still,
        "partly": partly,
        "asking": [j.annotation.id for j in topic.members if j.question >= ASKING],
        "foreign": [j.annotation.id for j in topic.members if j.foreign],
        "groups": len(groups),
        "of_groups": len(whole.groups),
        "places": [list(span) for span in topic.spans[:MOST_PLACES]],
        "passages": [list(span) for span in causes],
        "representatives": [j.annotation.id for j in order[:REPRESENTATIVES]],
        "signals": _signal_counts(topic, here),
        "certainty": round(max(0.0, min(1.0, topic.certainty * 4)), 2),
        "middle": middle_of(topic.vectors),
    }
    return made | {"reasons": reasons(made)}


def _students(topic: Group, here: list[Signal]) -> set[Id]:
    """Everyone who asked, seconded, marked or answered wrongly here, each once."""
    asked = {j.annotation.author for j in topic.members}
    seconded = {author for j in topic.members for author in j.annotation.me_too}
    return asked | seconded | {s.author for s in here if s.kind != "reread"}


def _signal_counts(topic: Group, here: list[Signal]) -> dict[str, int]:
    return {
        "questions": sum(j.question >= ASKING for j in topic.members),
        "me_too": len({author for j in topic.members for author in j.annotation.me_too}),
    } | signal_counts(here)


def _by_centrality(topic: Group) -> list[Judged]:
    """Members, the one that speaks best for all first: central, endorsed, readable, of handy length."""
    centre = topic.vectors.mean(axis=0)

    def worth(pair: tuple[Judged, Any]) -> tuple[float, str]:
        judged, vector = pair
        handy = 0.1 if _is_handy(judged.annotation.text) else 0.0
        seconds = 0.05 * min(4, len(judged.annotation.me_too))
        return -(float(vector @ centre) + handy + seconds - 0.5 * judged.foreign), str(judged.annotation.id)

    return [judged for judged, _ in sorted(zip(topic.members, topic.vectors, strict=True), key=worth)]


@lru_cache(maxsize=20_000)
def _is_handy(text: str) -> bool:
    """Whether it is long enough to say something and short enough to be quoted."""
    return 6 <= len(Wording(text).words) <= 40


def _words(
    topic: Group, best: Judged, causes: Sequence[tuple[float, float]], whole: Whole, known: Known | None
) -> dict[str, Any]:
    """The label and the summary: those of the last report while most members are the same."""
    members = {j.annotation.id for j in topic.members}
    if known and known.label and len(members & known.members) >= SAME * len(members | known.members):
        label = known.label
    else:
        label = _label(topic, causes, whole)
    document = whole.evidence.document
    passage = best.annotation.quote or (words_at(document, causes[0]) if causes else "")
    summary = summary_of(best.annotation.text, passage)
    return {"label": label, "summary": summary.pop("text"), "summary_parts": summary}


def _label(topic: Group, causes: Sequence[tuple[float, float]], whole: Whole) -> str:
    document = whole.evidence.document
    passages = [words for span in causes[:2] if (words := words_at(document, span))]
    own = [j.annotation.text for j in topic.members if not j.foreign]
    found = whole.namer.name(own, [document.title, *passages]) or whole.namer.name(passages)
    return found or shortened(passages[0] if passages else topic.members[0].annotation.text, 60)
