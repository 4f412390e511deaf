"""A roster as plain values, whatever file it came from, and what can be wrong with one."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

MOST_PROBLEMS = 500
LONGEST_ID = 254
LONGEST_NAME = 120
LONGEST_TITLE = 200
Mode = Literal["bulk", "delta", "absent"]


class Person(NamedTuple):
    """Somebody the roster lists."""

    name: str
    email: str
    username: str
    teaches: bool


class Enrolled(NamedTuple):
    """Somebody in a class."""

    class_id: str
    person_id: str
    role: str


class Issue(NamedTuple):
    """What is wrong with one line of one file; ``wording`` has the sentence of each code."""

    file: str
    line: int
    code: str
    value: str = ""


@dataclass
class Roster:
    """People, classes and enrollments by the ids that the other system gave them.

    ``gone`` are the ids that a delta takes away, by kind. ``modes`` say of each kind whether the file holds
    everything (``bulk``: what it does not list has ended), changes only (``delta``), or nothing (``absent``).
    """

    modes: dict[str, Mode] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    enrollments: dict[str, Enrolled] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(
        default_factory=lambda: {"users": set(), "classes": set(), "enrollments": set()}
    )
    issues: list[Issue] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    def complain(self, file: str, line: int, code: str, value: str = "") -> None:
        """Note what is wrong, up to a number that somebody would still read."""
        if len(self.issues) < MOST_PROBLEMS:
            self.issues.append(Issue(file, line, code, value[:100]))

    def skip(self, reason: str) -> None:
        """Count what is left out on purpose."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


def address(typed: str) -> str:
    """An e-mail address, or nothing where something else stands."""
    return typed if "@" in typed and len(typed) <= LONGEST_ID else ""
