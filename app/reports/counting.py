"""Counting a topic's students and signs anew, without the models: for a part of the class, or after a
change by hand.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.annotations.models import Annotation, Endorsement
from app.assignments.models import Assignment
from app.core.db import session
from scoring.counting import near, signal_counts, silent_places
from scoring.evidence import Signal
from scoring.places import Span, heat, merged

from .evidence import roles_of, signals, version_of
from .topics import Topic


@dataclass(frozen=True)
class _Facts:
    """Who wrote and seconded each annotation, where it stands, and what was done without words."""

    author: dict[str, str]
    sharers: dict[str, set[str]]
    span: dict[str, Span]
    signals: list[Signal]
    people: int


def counted(assignment: Assignment, topics: list[Topic], among: Collection[str] | None = None) -> list[Topic]:
    """The topics with their numbers counted anew where they changed, or all of them ``among`` some people."""
    if among is None and not any(topic.get("changed") for topic in topics):
        return topics
    facts = _facts(assignment, topics, among)
    return [
        _counted(topic, facts) if among is not None or topic.get("changed") else topic for topic in topics
    ]


def of_part(
    assignment: Assignment, result: dict[str, Any], among: Collection[str] | None, *, with_staff: bool = False
) -> dict[str, Any]:
    """The result as it is for a part of the class: fewer people, fewer topics, their places and signs alone.

    ``with_staff``: what staff and observers asked counts as well, in the topics that the class has.
    """
    topics = [_joined(topic) if with_staff else topic for topic in result.get("topics", [])]
    facts = _facts(assignment, topics, among, with_staff)
    found = [counted for topic in topics if (counted := _counted(topic, facts))["students"]]
    single = [*result.get("unclustered", []), *(result.get("unclustered_of_staff", []) if with_staff else [])]
    spoken = [(*facts.span[key], facts.author[key]) for key in facts.author if key in facts.span]
    length = version_of(assignment.document).length or 1.0
    spots = [(who, start, end) for start, end, who in spoken]
    return result | {
        "topics": found if among is None else sorted(found, key=lambda topic: -topic["students"]),
        "silent": silent_places(facts.signals, spoken, length),
        "unclustered": single if among is None else _written_by(single, among),
        "heat": heat([*spots, *((s.author, s.start, s.end) for s in facts.signals)], length),
    }


def _written_by(ids: list[str], among: Collection[str]) -> list[str]:
    rows = select(Annotation.id).where(Annotation.id.in_(ids), Annotation.creator_id.in_(among))
    own = set(session.scalars(rows))
    return [key for key in ids if key in own]


def has_words_of_staff(result: dict[str, Any]) -> bool:
    """Is there anything that only ``with_staff`` shows?"""
    beside = [topic.get("of_staff", {}).get("members", []) for topic in result.get("topics", [])]
    return any([*beside, result.get("unclustered_of_staff", [])])


def _joined(topic: Topic) -> Topic:
    """The topic with what staff asked about the same among its members."""
    return topic | {name: [*topic.get(name, []), *ids] for name, ids in topic.get("of_staff", {}).items()}


def _facts(
    assignment: Assignment, topics: list[Topic], among: Collection[str] | None, with_staff: bool = False
) -> _Facts:
    ids = {key for topic in topics for key in topic["members"]}
    roles = roles_of(assignment.course_id)
    counting = {key for key, role in roles.items() if with_staff or role == "student"}
    wanted = counting if among is None else counting & set(among)
    rows = session.execute(
        select(Annotation.id, Annotation.creator_id, Annotation.start, Annotation.end).where(
            Annotation.id.in_(ids)
        )
    ).all()
    sharers: dict[str, set[str]] = defaultdict(set)
    for key, person in session.execute(
        select(Endorsement.annotation_id, Endorsement.account_id).where(
            Endorsement.annotation_id.in_(ids), Endorsement.kind == "me_too"
        )
    ):
        if person in wanted:
            sharers[key].add(person)
    return _Facts(
        {row.id: row.creator_id for row in rows if row.creator_id in wanted},
        sharers,
        {row.id: (row.start, row.end) for row in rows if row.start is not None and row.end is not None},
        [signal for signal in signals(assignment, roles) if signal.author in wanted],
        len(wanted),
    )


def _counted(topic: Topic, facts: _Facts) -> Topic:
    members = [key for key in topic["members"] if key in facts.author or facts.sharers.get(key)]
    spans = merged([facts.span[key] for key in topic["members"] if key in facts.span])
    here = near(facts.signals, spans)
    asked = {facts.author[key] for key in members if key in facts.author}
    seconded = set[str]().union(*(facts.sharers[key] for key in members if key in facts.sharers))
    people = asked | seconded | {s.author for s in here if s.kind != "reread"}
    still_open = set(members) & set(topic["open"])
    partly = set(members) & set(topic.get("partly", []))
    fresh: Topic = {
        "members": members,
        "students": len(people),
        "share": round(len(people) / max(1, facts.people), 4),
        "open_share": round(len(still_open) / max(1, len(members)), 4),
        "partly_share": round(len(partly) / max(1, len(members)), 4),
        "reasons": [],
        "places": [list(span) for span in spans],
        "passages": topic["passages"] or [list(span) for span in spans[:5]],
        "signals": {
            "questions": len(set(members) & set(topic["asking"])),
            "me_too": len(seconded),
            **signal_counts(here),
        },
    }
    return {key: value for key, value in topic.items() if key != "changed"} | fresh
