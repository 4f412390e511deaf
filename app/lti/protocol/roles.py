"""What a platform's roles mean here.

A platform may send full names, short ones (rosters of Moodle), those of LTI 1.1, sub-roles, several, none, or
ones that nobody has heard of. Only roles in the course count; being an instructor somewhere at the institution
makes nobody a teacher of this course.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .names import INSTITUTION, MEMBERSHIP, SYSTEM, TEST_USER

_COURSE = re.compile(
    rf"(?:{re.escape(MEMBERSHIP)}(?:/(?P<parent>\w+))?#|urn:lti:role:ims/lis/)?(?P<name>\w+)(?:/(?P<sub>\w+))?"
)
_TEACHERS = frozenset({"Instructor", "Administrator", "ContentDeveloper"})
_ASSISTING = re.compile(r"TeachingAssistant|^Grader$")


@dataclass(frozen=True)
class Standing:
    """What somebody is in a course. ``role`` is empty for those whose roles say nothing about the course."""

    role: str
    is_test: bool = False
    is_mentor: bool = False

    @property
    def teaches(self) -> bool:
        """May they see what the class wrote and set up what it reads?"""
        return self.role in {"teacher", "assistant"}


def standing(roles: Iterable[str]) -> Standing:
    """Read a list of roles: the strongest in the course counts."""
    given = [role for role in roles if isinstance(role, str)]
    in_course = {name for role in given for name in _in_course(role)}
    is_test = any(role == TEST_USER or role.endswith("#TestUser") for role in given)
    return Standing(_role(in_course, given), is_test, "Mentor" in in_course)


def _in_course(role: str) -> set[str]:
    """The names that a role stands for: “Instructor”, and its sub-role where there is one."""
    if role.startswith((INSTITUTION, SYSTEM, TEST_USER)):
        return set()
    found = _COURSE.fullmatch(role)
    return {name for name in found.group("parent", "name", "sub") if name} if found else set()


def _role(names: set[str], given: list[str]) -> str:
    if any(_ASSISTING.search(name) for name in names) and "PrimaryInstructor" not in names:
        return "assistant"
    if names & _TEACHERS:
        return "teacher"
    if names & {"Learner", "Student"}:
        return "student"
    if names & {"Observer", "Officer", "Manager"}:
        return "observer"
    oversees = any(role in (f"{INSTITUTION}#Administrator", f"{SYSTEM}#Administrator") for role in given)
    return "observer" if oversees and "Mentor" not in names else ""
