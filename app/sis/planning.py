"""What a roster would change here: both sides as plain values in, the differences out. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .roster import Enrolled, Person, Roster

DRASTIC = 0.3
"""When more than this part of the people or classes would end, somebody has to say that it is meant."""
FEW = 10


class KnownPerson(NamedTuple):
    """Somebody whom an earlier roster brought."""

    account_id: str
    name: str
    email: str
    has_left: bool


class KnownCourse(NamedTuple):
    """A class that an earlier roster brought."""

    course_id: str
    title: str
    has_ended: bool


class KnownEnrollment(NamedTuple):
    """An enrollment as an earlier roster told it, with ids of here."""

    course_id: str
    account_id: str
    role: str
    has_ended: bool


@dataclass(frozen=True)
class Known:
    """What is here already, by the ids of the other system; ``by_email`` are accounts it never named."""

    people: Mapping[str, KnownPerson]
    courses: Mapping[str, KnownCourse]
    enrollments: Mapping[str, KnownEnrollment]
    by_email: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """The differences, by the ids of the other system. ``joined`` are people who are found by their e-mail."""

    new_people: dict[str, Person] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    changed_people: dict[str, Person] = field(default_factory=dict)
    returned_people: list[str] = field(default_factory=list)
    left_people: list[str] = field(default_factory=list)
    new_courses: dict[str, str] = field(default_factory=dict)
    changed_courses: dict[str, str] = field(default_factory=dict)
    returned_courses: list[str] = field(default_factory=list)
    ended_courses: list[str] = field(default_factory=list)
    new_enrollments: dict[str, Enrolled] = field(default_factory=dict)
    changed_enrollments: dict[str, Enrolled] = field(default_factory=dict)
    ended_enrollments: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(value) for name, value in vars(self).items()}

    def is_empty(self) -> bool:
        """Would nothing change?"""
        return not any(self.counts().values())


def plan(roster: Roster, known: Known, *, match_email: bool) -> Plan:
    """The differences. Lines that name somebody whom nobody knows are complained of in ``roster.issues``."""
    made = Plan()
    _people(roster, known, made, match_email=match_email)
    _courses(roster, known, made)
    _enrollments(roster, known, made)
    return made


def _people(roster: Roster, known: Known, made: Plan, *, match_email: bool) -> None:
    taken = set()
    for key, person in roster.people.items():
        here = known.people.get(key)
        if here is None:
            account_id = known.by_email.get(person.email.lower()) if match_email and person.email else None
            if account_id and account_id not in taken:
                made.joined[key] = account_id
                taken.add(account_id)
            else:
                made.new_people[key] = person
            continue
        if here.has_left:
            made.returned_people.append(key)
        if (here.name, here.email.lower()) != (person.name, person.email.lower() or here.email.lower()):
            made.changed_people[key] = person
    made.left_people = _gone(
        roster, "users", set(roster.people), {key for key, one in known.people.items() if not one.has_left}
    )


def _courses(roster: Roster, known: Known, made: Plan) -> None:
    for key, title in roster.classes.items():
        here = known.courses.get(key)
        if here is None:
            made.new_courses[key] = title
            continue
        if here.has_ended:
            made.returned_courses.append(key)
        if here.title != title:
            made.changed_courses[key] = title
    made.ended_courses = _gone(
        roster,
        "classes",
        set(roster.classes),
        {key for key, one in known.courses.items() if not one.has_ended},
    )


def _gone(roster: Roster, kind: str, listed: set[str], here: set[str]) -> list[str]:
    """What ends: in a complete file whatever it does not list, and always what it says is to be deleted."""
    told = roster.gone[kind] - listed
    absent = here - listed if roster.modes.get(kind) == "bulk" else set()
    return sorted((told & here) | absent)


def _enrollments(roster: Roster, known: Known, made: Plan) -> None:
    people = known.people.keys() | roster.people.keys()
    courses = known.courses.keys() | roster.classes.keys()
    ended_people, ended_courses = set(made.left_people), set(made.ended_courses)
    for key, one in roster.enrollments.items():
        if one.person_id not in people or one.person_id in ended_people:
            roster.complain("enrollments.csv", 0, "person_unknown", one.person_id)
        elif one.class_id not in courses or one.class_id in ended_courses:
            roster.complain("enrollments.csv", 0, "class_unknown", one.class_id)
        elif (here := known.enrollments.get(key)) is None:
            made.new_enrollments[key] = one
        elif _differs(one, here, known):
            made.changed_enrollments[key] = one
    active = {key for key, one in known.enrollments.items() if not one.has_ended}
    gone = set(_gone(roster, "enrollments", set(roster.enrollments), active))
    accounts = {known.people[key].account_id for key in ended_people}
    course_ids = {known.courses[key].course_id for key in ended_courses}
    for key in active - gone:
        here = known.enrollments[key]
        if here.account_id in accounts or here.course_id in course_ids:
            gone.add(key)
    made.ended_enrollments = sorted(gone)


def _differs(one: Enrolled, here: KnownEnrollment, known: Known) -> bool:
    person, course = known.people.get(one.person_id), known.courses.get(one.class_id)
    if person is None or course is None:
        return True
    return here.has_ended or (here.account_id, here.course_id, here.role) != (
        person.account_id,
        course.course_id,
        one.role,
    )


def is_drastic(made: Plan, known: Known) -> bool:
    """Would so many people or classes end that it looks like the wrong file?"""
    pairs = (
        (len(made.left_people), sum(not one.has_left for one in known.people.values())),
        (len(made.ended_courses), sum(not one.has_ended for one in known.courses.values())),
    )
    return any(ended > FEW and ended > DRASTIC * here for ended, here in pairs)
