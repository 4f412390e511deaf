"""Who may see what, and who may do what. Nothing else decides this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

NOBODYS = "nobody"
"""The audience of what is gone: in nobody's list, not even its author's."""

Role = Literal["teacher", "assistant", "student", "observer"]
STAFF: frozenset[str] = frozenset({"teacher", "assistant"})


@dataclass(frozen=True)
class Membership:
    """An active enrollment: the role in a course, the section, and the groups one belongs to.

    Staff and observers belong to every group of their course.
    """

    course_id: str
    role: Role
    section_id: str | None = None
    groups: frozenset[str] = frozenset()
    paused: bool = False


@dataclass(frozen=True)
class Viewer:
    """Whoever asks. ``account_id`` is empty for somebody who is not signed in."""

    account_id: str = ""
    school_id: str = ""
    name: str = ""
    is_admin: bool = False
    may_create_courses: bool = False
    memberships: Mapping[str, Membership] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Is somebody signed in?"""
        return bool(self.account_id)

    def role_in(self, course_id: str) -> str | None:
        """The role in a course, or None for somebody who is not in it."""
        membership = self.memberships.get(course_id)
        return membership.role if membership else None

    def section_in(self, course_id: str) -> str | None:
        """The section of a course that they belong to, if any."""
        membership = self.memberships.get(course_id)
        return membership.section_id if membership else None

    def is_staff_of(self, course_id: str) -> bool:
        """Teacher or assistant of the course?"""
        return self.role_in(course_id) in STAFF


NOBODY = Viewer()


class Action(StrEnum):
    """Everything that can be asked for. Each route names one; each has a row in ``RULES``."""

    SEE_PUBLIC_PAGE = "page.public"
    SIGN_IN = "session.create"
    USE_OWN_ACCOUNT = "account.own"
    ADMINISTER_SCHOOL = "school.administer"
    CREATE_COURSE = "course.create"
    JOIN_COURSE = "course.join"
    READ_COURSE = "course.read"
    EDIT_COURSE = "course.edit"
    READ_ROSTER = "roster.read"
    MANAGE_ROSTER = "roster.manage"
    READ_LIBRARY = "library.read"
    READ_DOCUMENT = "document.read"
    EDIT_DOCUMENT = "document.edit"
    READ_ASSIGNMENT = "assignment.read"
    EDIT_ASSIGNMENT = "assignment.edit"
    TAKE_PART = "assignment.take_part"
    ANNOTATE = "annotation.create"
    READ_ANNOTATION = "annotation.read"
    ENDORSE_ANNOTATION = "annotation.endorse"
    EDIT_ANNOTATION = "annotation.edit"
    DELETE_ANNOTATION = "annotation.delete"
    RESOLVE_ANNOTATION = "annotation.resolve"
    FLAG_ANNOTATION = "annotation.flag"
    MODERATE = "annotation.moderate"
    READ_AUTHORS = "authors.read"
    READ_QUESTION = "question.read"
    EDIT_QUESTION = "question.edit"
    ANSWER_QUESTION = "question.answer"
    READ_ANSWERS = "answers.read"
    READ_SCORES = "scores.read"
    EDIT_SCORES = "scores.edit"
    APPEAL_RATING = "score.appeal"
    READ_SIGNS = "signs.read"
    SHOW_SIGNS = "signs.show"
    RATE_BLIND = "calibration.rate"
    DECIDE_CALIBRATION = "calibration.decide"
    READ_GRADEBOOK = "gradebook.read"
    READ_COURSE_SCORES = "scores.of_course"
    READ_REPORT = "report.read"
    EDIT_REPORT = "report.edit"
    PLAN_CLASS = "plan.edit"
    SEE_VOTE = "vote.see"
    VOTE = "vote.cast"
    LET_QUOTE = "annotation.let_quote"
    EXPORT_COURSE = "course.export"


def audiences(viewer: Viewer, course_id: str | None = None) -> frozenset[str]:
    """The audiences a viewer belongs to, in one course or in all.

    The same strings are the SQL filter, the object check and what live updates go by.
    """
    found = {f"user:{viewer.account_id}"} if viewer.is_known else set()
    for membership in viewer.memberships.values():
        if course_id in (None, membership.course_id):
            found.add(f"course:{membership.course_id}")
            found |= {f"group:{group}" for group in membership.groups}
            if membership.role == "student":
                found.add(f"students:{membership.course_id}")
            if membership.role in STAFF:
                found.add(f"staff:{membership.course_id}")
    return frozenset(found)


Predicate = Callable[[Viewer, Any], bool]


def anybody(_viewer: Viewer, _thing: Any) -> bool:
    return True


def is_known(viewer: Viewer, _thing: Any) -> bool:
    return viewer.is_known


def is_admin(viewer: Viewer, thing: Any) -> bool:
    """An admin of the thing's school; without a thing, of the own school."""
    return viewer.is_admin and getattr(thing, "school_id", viewer.school_id) == viewer.school_id


def may_create_courses(viewer: Viewer, _thing: Any) -> bool:
    return viewer.is_known and (viewer.may_create_courses or viewer.is_admin)


def is_member(viewer: Viewer, thing: Any) -> bool:
    return viewer.role_in(thing.course_id) is not None


def is_staff(viewer: Viewer, thing: Any) -> bool:
    return viewer.is_staff_of(thing.course_id)


def is_teacher(viewer: Viewer, thing: Any) -> bool:
    return viewer.role_in(thing.course_id) == "teacher"


def is_student(viewer: Viewer, thing: Any) -> bool:
    return viewer.role_in(thing.course_id) == "student"


def is_observer(viewer: Viewer, thing: Any) -> bool:
    return viewer.role_in(thing.course_id) == "observer"


def observes(viewer: Viewer, thing: Any) -> bool:
    """An observer, once the assignment is open (``thing.is_open_to`` decides)."""
    return is_observer(viewer, thing) and thing.is_open_to(viewer)


def sees_assigned(viewer: Viewer, thing: Any) -> bool:
    """A student or observer, once the assignment is open to them (``thing.is_open_to`` decides)."""
    return viewer.role_in(thing.course_id) in {"student", "observer"} and thing.is_open_to(viewer)


def takes_part(viewer: Viewer, thing: Any) -> bool:
    """A student while the assignment takes work, and while posting is not paused for them."""
    membership = viewer.memberships.get(thing.course_id)
    paused = membership is not None and membership.paused
    return is_open_student(viewer, thing) and thing.accepts_work and not paused


def is_open_student(viewer: Viewer, thing: Any) -> bool:
    return viewer.role_in(thing.course_id) == "student" and thing.is_open_to(viewer)


def answers(viewer: Viewer, thing: Any) -> bool:
    """A student while the assignment takes work; a pause in posting does not stop answering."""
    return is_open_student(viewer, thing) and thing.accepts_work


def in_audience(viewer: Viewer, thing: Any) -> bool:
    """May see the annotation: its audience is one of theirs, or it is their own, and it is open to them."""
    if not (is_staff(viewer, thing) or sees_assigned(viewer, thing)):
        return False
    own = thing.owner_id == viewer.account_id and thing.audience != NOBODYS
    return own or thing.audience in audiences(viewer, thing.course_id)


def is_creator(viewer: Viewer, thing: Any) -> bool:
    """Wrote it, and may still take part; who only observes by now changes nothing any more."""
    takes_part = is_staff(viewer, thing) or is_open_student(viewer, thing)
    return takes_part and thing.creator_id == viewer.account_id and thing.audience != NOBODYS


def is_author(viewer: Viewer, thing: Any) -> bool:
    """A student about what they wrote, while they can see it."""
    own = thing.creator_id == viewer.account_id and thing.audience != NOBODYS
    return is_open_student(viewer, thing) and own


RULES: dict[Action, list[Predicate]] = {
    Action.SEE_PUBLIC_PAGE: [anybody],
    Action.SIGN_IN: [anybody],
    Action.USE_OWN_ACCOUNT: [is_known],
    Action.ADMINISTER_SCHOOL: [is_admin],
    Action.CREATE_COURSE: [may_create_courses],
    Action.JOIN_COURSE: [is_known],
    Action.READ_COURSE: [is_member],
    Action.EDIT_COURSE: [is_teacher],
    Action.READ_ROSTER: [is_member],
    Action.MANAGE_ROSTER: [is_teacher],
    Action.READ_LIBRARY: [is_staff, is_observer],
    Action.READ_DOCUMENT: [is_staff, is_observer, sees_assigned],
    Action.EDIT_DOCUMENT: [is_staff],
    Action.READ_ASSIGNMENT: [is_staff, sees_assigned],
    Action.EDIT_ASSIGNMENT: [is_staff],
    Action.TAKE_PART: [is_staff, is_open_student],
    Action.ANNOTATE: [is_staff, takes_part],
    Action.READ_ANNOTATION: [in_audience],
    Action.ENDORSE_ANNOTATION: [is_staff, takes_part],
    Action.EDIT_ANNOTATION: [is_creator],
    Action.DELETE_ANNOTATION: [is_creator, is_staff],
    Action.RESOLVE_ANNOTATION: [is_creator, is_staff],
    Action.FLAG_ANNOTATION: [is_staff, is_open_student],
    Action.MODERATE: [is_staff],
    Action.READ_AUTHORS: [is_staff],
    Action.READ_QUESTION: [is_staff, sees_assigned],
    Action.EDIT_QUESTION: [is_staff],
    Action.ANSWER_QUESTION: [answers],
    Action.READ_ANSWERS: [is_staff],
    Action.READ_SCORES: [is_staff, is_open_student],
    Action.EDIT_SCORES: [is_staff],
    Action.APPEAL_RATING: [is_author],
    Action.READ_SIGNS: [is_staff, is_author],
    Action.SHOW_SIGNS: [is_staff],
    Action.RATE_BLIND: [is_staff],
    Action.DECIDE_CALIBRATION: [is_teacher],
    Action.READ_GRADEBOOK: [is_staff],
    Action.READ_COURSE_SCORES: [is_staff, is_student],
    Action.READ_REPORT: [is_staff, observes],
    Action.EDIT_REPORT: [is_staff],
    Action.PLAN_CLASS: [is_staff],
    Action.SEE_VOTE: [is_staff, is_open_student],
    Action.VOTE: [is_open_student],
    Action.LET_QUOTE: [is_author],
    Action.EXPORT_COURSE: [is_teacher],
}


def allows(viewer: Viewer, action: Action, thing: Any = None) -> bool:
    """May the viewer do this to the thing? Any one predicate of the action's row suffices."""
    return any(rule(viewer, thing) for rule in RULES[action])
