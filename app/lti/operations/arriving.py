"""A believed launch: who it is, what they are in which course, and what they came to see."""

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.assignments.queries import may_see
from app.core import audit
from app.core.db import session
from app.courses.queries import viewer_of
from app.lti.models import Context, Registration, ResourceLink
from app.lti.protocol import names
from app.lti.protocol.messages import Launch
from app.lti.protocol.problems import LtiProblem
from app.lti.protocol.roles import Standing, standing

from . import books, copying, deploying, grouping, people, picking, placing, upgrading

TARGETS = ("assignment", "course", "report")


class Arrival(NamedTuple):
    """Who arrived and the path they came for."""

    account: Account
    path: str


def arrive(registration: Registration, launch: Launch) -> Arrival:
    """Let somebody in who was launched by an LMS. Raises LtiProblem with the reason where they cannot be."""
    deployment = deploying.active(registration, launch.deployment_id)
    means = standing(launch.roles)
    if launch.kind == names.DEEP_LINK and not means.teaches:
        raise LtiProblem("cannot_pick")
    if launch.former:
        upgrading.take_over(registration, deployment, launch)
    account = people.person_of(registration, launch.person)
    if launch.platform and registration.platform != launch.platform:
        registration.platform = launch.platform
    if launch.kind == names.DATA_PRIVACY:
        return Arrival(account, "/account")
    context = placing.context_of(registration, deployment, launch, account, means)
    audit.record(
        "session.by_lms",
        school_id=registration.school_id,
        actor_id=account.id,
        object_id=context.id,
        course_id=context.course_id,
    )
    if means.is_mentor and not means.role:
        return _as_mentor(registration, context, account, launch)
    placing.stand(context, account, means)
    session.flush()
    grouping.as_launched(context, account, launch)
    if launch.kind == names.DEEP_LINK:
        return Arrival(account, picking.begin(context, account, launch))
    if launch.kind == names.SUBMISSION_REVIEW:
        return _to_review(registration, context, account, launch, means)
    link = placing.link_of(context, launch)
    settle(link, launch, account)
    if means.role == "student":
        books.note_place(link, account, launch)
    return Arrival(account, path_of(link, account, means))


def _as_mentor(registration: Registration, context: Context, account: Account, launch: Launch) -> Arrival:
    placing.let_see_children(registration, context, account, launch)
    return Arrival(account, f"/lti/children/{context.course_id}")


def _to_review(
    registration: Registration, context: Context, account: Account, launch: Launch, means: Standing
) -> Arrival:
    """From the LMS's grade book to the work of one student: staff see anybody's, a student their own."""
    link = placing.link_of(context, launch)
    settle(link, launch, account)
    student = people.known(registration, launch.for_subject) if launch.for_subject else None
    if link.assignment_id is None or student is None:
        raise LtiProblem("nothing_to_review")
    if not means.teaches and student.id != account.id:
        raise LtiProblem("review_not_yours")
    return Arrival(account, f"/lti/reviews/{link.assignment_id}/{student.id}")


def settle(link: ResourceLink, launch: Launch, account: Account) -> None:
    """Decide what a link opens, where that is not decided yet: from what Deep Linking put into it."""
    if link.opens and (link.assignment_id is None or _is_there(link.assignment)):
        return
    wanted = _wanted(launch)
    if wanted.get("opens") in ("course", "report"):
        link.opens = wanted["opens"]
    assignment = session.get(Assignment, wanted["assignment"]) if wanted.get("assignment") else None
    if assignment is None or not _is_there(assignment):
        return
    if assignment.course_id != link.context.course_id:
        copying.counterpart(link, assignment, launch, account)
        return
    link.assignment_id, link.assignment = assignment.id, assignment
    link.opens = link.opens or "assignment"


def _is_there(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.deleted_at is None


def _wanted(launch: Launch) -> dict[str, str]:
    """What the link should open: custom parameters of Deep Linking, else the query of its address."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(launch.target).query).items()}
    named = {name: launch.custom.get(f"foreword_{name}", "") for name in ("assignment", "opens")}
    return {name: value or query.get(name, "") for name, value in named.items()}


def path_of(link: ResourceLink, account: Account, means: Standing) -> str:
    """Where the link leads this person."""
    viewer, course_id = viewer_of(account), link.context.course_id
    assignment = link.assignment
    if link.opens == "course":
        return f"/courses/{course_id}"
    if assignment is None or not _is_there(assignment):
        if means.teaches:
            return f"/lti/links/{link.id}"
        raise LtiProblem("link_not_set_up")
    if not may_see(viewer, assignment):
        raise LtiProblem("not_open_yet")
    if link.opens == "report" and means.teaches:
        return f"/assignments/{assignment.id}/report"
    return f"/assignments/{assignment.id}"
