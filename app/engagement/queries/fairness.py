"""Whether scores follow what they should not: length, language, lateness, the size of the group."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Course, Group, GroupMember
from scoring.engagement import COMPONENTS, Standing
from scoring.engagement.fairness import Relation, relation

from ..evidence import dues_of, lengths_of
from ..models import LanguageFlag
from .gradebook import assignments_of
from .standings import kept

CIRCUMSTANCES = ("length", "language", "lateness", "group_size")


@dataclass
class _Student:
    """One student over all assignments: what each score was, what the parts added, and the circumstances."""

    shares: list[float]
    parts: dict[str, list[float]]
    lengths: list[float]
    lateness: list[float]
    group_sizes: list[float]


def relations(course: Course) -> list[Relation]:
    """How the course's scores go with each circumstance; one value per student, the mean of the assignments."""
    people = _gathered(course)
    learning = flagged(course.id)
    who = [key for key, person in people.items() if person.shares]
    scores = [_mean(people[key].shares) or 0.0 for key in who]
    parts: dict[str, list[float]] = {
        name: [(_mean(people[key].parts.get(name, [])) or 0.0) for key in who]
        for name in COMPONENTS
        if any(name in people[key].parts for key in who)
    }
    values: dict[str, list[float | None]] = {
        "length": [_mean(people[key].lengths) for key in who],
        "language": [float(key in learning) for key in who] if learning else [None] * len(who),
        "lateness": [_mean(people[key].lateness) for key in who],
        "group_size": [_mean(people[key].group_sizes) for key in who],
    }
    return [relation(name, values[name], scores, parts) for name in CIRCUMSTANCES]


def _gathered(course: Course) -> dict[str, _Student]:
    people: dict[str, _Student] = {}
    for assignment in assignments_of(course):
        found = kept(assignment.id)
        lengths, late, sizes = lengths_of(assignment.id), _lateness(assignment), _group_sizes(assignment)
        for who, standing in found.items():
            if standing.share is not None:
                person = people.setdefault(who, _Student([], {}, [], [], []))
                _add(person, standing, lengths.get(who), late.get(who), sizes.get(who))
    return people


def _add(person: _Student, standing: Standing, *known: float | None) -> None:
    person.shares.append(standing.share or 0.0)
    for part in standing.parts:
        person.parts.setdefault(part.component, []).append(part.earned)
    for values, value in zip((person.lengths, person.lateness, person.group_sizes), known, strict=True):
        if value is not None:
            values.append(value)


def _lateness(assignment: Assignment) -> Mapping[str, float]:
    """Hours from the deadline to a student's last annotation, by account id; before the deadline they are negative.

    Who has no deadline, or has written nothing, is left out.
    """
    rows: Any = session.execute(
        select(Annotation.creator_id, func.max(Annotation.created_at))
        .where(Annotation.assignment_id == assignment.id, Annotation.deleted_at.is_(None))
        .where(Annotation.creator_id.is_not(None))
        .group_by(Annotation.creator_id)
    )
    dues: dict[str, datetime | None] = dues_of(assignment)
    return {
        who: (last - due).total_seconds() / 3600 for who, last in rows if (due := dues.get(who)) is not None
    }


def _group_sizes(assignment: Assignment) -> Mapping[str, float]:
    """How many share a student's group, where the assignment has groups."""
    if assignment.group_set_id is None:
        return {}
    rows = session.execute(
        select(GroupMember.account_id, GroupMember.group_id)
        .join(Group, Group.id == GroupMember.group_id)
        .where(Group.group_set_id == assignment.group_set_id)
    ).all()
    sizes: dict[str, int] = {}
    for _who, group in rows:
        sizes[group] = sizes.get(group, 0) + 1
    return {who: float(sizes[group]) for who, group in rows}


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def flagged(course_id: str) -> set[str]:
    """Who is still learning the language of the course."""
    return set(session.scalars(select(LanguageFlag.account_id).where(LanguageFlag.course_id == course_id)))
