"""Who may do what, written by hand from what the product promises; knows nothing of ``policy.RULES``.

Each actor meets each thing; the table says for whom an action is allowed. ``check`` takes the policy module as an
argument, so that the same expectations also judge its mutants.
"""

from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

HERE, ELSEWHERE = "c-optics", "c-waves"
KNOWN = "teacher assistant student paused observer outsider admin maker"
MEMBERS = "teacher assistant student paused observer"
STAFF = "teacher assistant"
LEARNERS = "student paused"

# Actions that are not about an assignment: who may, whatever the state.
PLAIN = {
    "page.public": KNOWN + " nobody foreign_admin",
    "session.create": KNOWN + " nobody foreign_admin",
    "account.own": KNOWN + " foreign_admin",
    "school.administer": "admin",
    "course.create": "admin maker foreign_admin",
    "course.join": KNOWN + " foreign_admin",
    "course.read": MEMBERS,
    "course.edit": "teacher",
    "roster.read": MEMBERS,
    "roster.manage": "teacher",
    "library.read": "teacher assistant observer",
    "document.edit": STAFF,
    "assignment.edit": STAFF,
    "annotation.moderate": STAFF,
    "authors.read": STAFF,
    "question.edit": STAFF,
    "answers.read": STAFF,
    "scores.edit": STAFF,
    "signs.show": STAFF,
    "calibration.rate": STAFF,
    "calibration.decide": "teacher",
    "gradebook.read": STAFF,
    "scores.of_course": f"{STAFF} {LEARNERS}",
    "report.edit": STAFF,
    "plan.edit": STAFF,
    "course.export": "teacher",
}
# Actions on an assignment and what is in it: who may while it is hidden from learners, open, and closed.
BY_STATE = {
    "document.read": (STAFF + " observer", MEMBERS, MEMBERS),
    "assignment.read": (STAFF, MEMBERS, MEMBERS),
    "question.read": (STAFF, MEMBERS, MEMBERS),
    "report.read": (STAFF, STAFF + " observer", STAFF + " observer"),
    "assignment.take_part": (STAFF, f"{STAFF} {LEARNERS}", f"{STAFF} {LEARNERS}"),
    "scores.read": (STAFF, f"{STAFF} {LEARNERS}", f"{STAFF} {LEARNERS}"),
    "annotation.flag": (STAFF, f"{STAFF} {LEARNERS}", f"{STAFF} {LEARNERS}"),
    "annotation.create": (STAFF, STAFF + " student", STAFF),
    "annotation.endorse": (STAFF, STAFF + " student", STAFF),
    "question.answer": ("", LEARNERS, ""),
    "vote.see": (STAFF, f"{STAFF} {LEARNERS}", f"{STAFF} {LEARNERS}"),
    "vote.cast": ("", LEARNERS, LEARNERS),
}
# Annotations that are open to learners: audience -> who reads it beside its owner.
READERS = {
    f"course:{HERE}": MEMBERS,
    "group:g1": f"{STAFF} observer student",
    "group:g2": f"{STAFF} observer paused",
    f"staff:{HERE}": STAFF,
    "user:somebody": "",
    "nobody": "",
}
ABOUT_ANNOTATIONS = {
    *("annotation.read", "annotation.edit", "annotation.delete", "annotation.resolve"),
    *("score.appeal", "signs.read", "annotation.let_quote"),
}


def actors(policy: ModuleType) -> dict[str, Any]:
    """Everybody who may come, with what they belong to."""

    def viewer(name: str, role: str | None = None, groups: str = "", course: str = HERE, **more: Any) -> Any:
        place = (
            policy.Membership(course, role, None, frozenset(groups.split()), name == "paused")
            if role
            else None
        )
        memberships = {course: place} if place else {}
        return policy.Viewer(**{"account_id": name, "school_id": "s1", "memberships": memberships} | more)

    return {
        "nobody": policy.NOBODY,
        "teacher": viewer("teacher", "teacher", "g1 g2"),
        "assistant": viewer("assistant", "assistant", "g1 g2"),
        "student": viewer("student", "student", "g1"),
        "paused": viewer("paused", "student", "g2"),
        "observer": viewer("observer", "observer", "g1 g2"),
        "outsider": viewer("outsider", "teacher", course=ELSEWHERE),
        "admin": viewer("admin", is_admin=True),
        "maker": viewer("maker", may_create_courses=True),
        "foreign_admin": viewer("foreign_admin", is_admin=True, school_id="s2"),
    }


def thing(is_open: bool = True, accepts: bool = True, **more: Any) -> Any:
    """An assignment or something in it, as the rules see it."""
    given = {
        "course_id": HERE,
        "school_id": "s1",
        "accepts_work": accepts,
        "creator_id": None,
        "owner_id": None,
    }
    return SimpleNamespace(
        **given | {"audience": f"course:{HERE}", "is_open_to": lambda _viewer: is_open} | more
    )


STATES = {"hidden": thing(False), "open": thing(), "closed": thing(True, False)}


def wrong(policy: ModuleType) -> Iterator[str]:
    """Everything that the policy answers otherwise than promised."""
    people = actors(policy)
    for action, allowed in PLAIN.items():
        for state in STATES.values():
            yield from _differ(policy, people, action, state, allowed)
    for action, by_state in BY_STATE.items():
        for state, allowed in zip(STATES.values(), by_state, strict=True):
            yield from _differ(policy, people, action, state, allowed)
    yield from _wrong_about_annotations(policy, people)
    yield from _wrong_about_audiences(policy, people)
    if {str(action) for action in policy.Action} != set(PLAIN) | set(BY_STATE) | ABOUT_ANNOTATIONS:
        yield "an action without an expectation, or the other way round"


def _differ(
    policy: ModuleType, people: dict[str, Any], action: str, about: Any, allowed: str
) -> Iterator[str]:
    for name, viewer in people.items():
        if policy.allows(viewer, policy.Action(action), about) != (name in allowed.split()):
            yield f"{action} by {name}"


def _wrong_about_annotations(policy: ModuleType, people: dict[str, Any]) -> Iterator[str]:
    for audience, readers in READERS.items():
        for owner in ("student", "paused", "observer", "teacher", "outsider", "elsewhere"):
            one = thing(audience=audience, owner_id=owner, creator_id=owner)
            gone = audience == "nobody"
            reads = "" if gone else readers + (f" {owner}" if owner in MEMBERS.split() else "")
            edits = owner if owner in f"{STAFF} {LEARNERS}".split() and not gone else ""
            yield from _differ(policy, people, "annotation.read", one, reads)
            yield from _differ(policy, people, "annotation.edit", one, edits)
            for action in ("annotation.delete", "annotation.resolve"):
                yield from _differ(policy, people, action, one, f"{STAFF} {edits}")
            own = owner if owner in LEARNERS.split() and not gone else ""
            yield from _differ(policy, people, "score.appeal", one, own)
            yield from _differ(policy, people, "annotation.let_quote", one, own)
            yield from _differ(policy, people, "signs.read", one, f"{STAFF} {own}")
    hidden = thing(False, owner_id="student", creator_id="student")
    yield from _differ(policy, people, "annotation.read", hidden, STAFF)
    yield from _differ(policy, people, "annotation.edit", hidden, "")
    yield from _differ(policy, people, "score.appeal", hidden, "")
    yield from _differ(policy, people, "annotation.let_quote", hidden, "")
    yield from _differ(policy, people, "signs.read", hidden, STAFF)


def _wrong_about_audiences(policy: ModuleType, people: dict[str, Any]) -> Iterator[str]:
    both = f"course:{HERE} group:g1 group:g2"
    expected = {
        "nobody": "",
        "student": f"user:student course:{HERE} group:g1 students:{HERE}",
        "observer": f"user:observer {both}",
        "assistant": f"user:assistant {both} staff:{HERE}",
        "outsider": f"user:outsider course:{ELSEWHERE} staff:{ELSEWHERE}",
    }
    for name, audiences in expected.items():
        if policy.audiences(people[name]) != frozenset(audiences.split()):
            yield f"audiences of {name}"
    if policy.audiences(people["teacher"], ELSEWHERE) != frozenset({"user:teacher"}):
        yield "audiences in another course"
    if people["student"].section_in(HERE) is not None or people["nobody"].section_in(HERE) is not None:
        yield "a section out of nothing"
    if policy.Viewer(memberships={HERE: policy.Membership(HERE, "student", "b")}).section_in(HERE) != "b":
        yield "the own section"
    if not policy.allows(people["admin"], policy.Action.ADMINISTER_SCHOOL):
        yield "an admin without a thing"
