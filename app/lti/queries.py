"""Reading registrations, links and what they stand for."""

from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.annotations.models import Annotation
from app.annotations.queries.visibility import visible
from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import NOBODYS, Viewer

from .models import Context, Deployment, Mentor, Passback, Registration, ResourceLink


def registration_or_404(registration_id: str, **_within: str) -> Registration:
    """The connection to an LMS, also for an address of something within it."""
    found = session.get(Registration, registration_id)
    if found is None:
        raise NotFound(_("This connection does not exist."))
    return found


def registrations_of(school_id: str) -> Select[Registration]:
    """The connections of a school, the oldest first."""
    return (
        select(Registration)
        .where(Registration.school_id == school_id)
        .options(selectinload(Registration.deployments))
        .order_by(Registration.created_at)
    )


def deployment_or_404(registration_id: str, deployment_id: str) -> Deployment:
    """A deployment of that connection, by our id."""
    found = session.get(Deployment, deployment_id)
    if found is None or found.registration_id != registration_id:
        raise NotFound(_("This connection does not exist."))
    return found


def link_or_404(link_id: str) -> ResourceLink:
    """A link of an LMS."""
    found = session.get(ResourceLink, link_id)
    if found is None:
        raise NotFound(_("This does not exist, or is not shared with you."))
    return found


def contexts_of_course(course_id: str) -> list[Context]:
    """The LMS courses that open a course."""
    return list(session.scalars(select(Context).where(Context.course_id == course_id).order_by(Context.id)))


def has_lms(course_id: str) -> bool:
    """Does an LMS open this course?"""
    return session.scalar(select(Context.id).where(Context.course_id == course_id).limit(1)) is not None


def lms_names() -> list[str]:
    """The LMSs that people come from, for whoever stands before the sign-in page instead; at most three."""
    wanted = select(Registration.name).where(
        Registration.state == "active", Registration.launched_at.is_not(None)
    )
    return list(session.scalars(wanted.distinct().order_by(Registration.name).limit(3)))


def number_of_contexts(registration_id: str) -> int:
    """How many LMS courses use a connection."""
    wanted = select(func.count()).select_from(Context).where(Context.registration_id == registration_id)
    return session.scalar(wanted) or 0


class Step(NamedTuple):
    """One of the things that show a connection to work: its name, and whether it has happened."""

    name: str
    is_done: bool


def steps_of(registration: Registration) -> list[Step]:
    """What an admin waits to see once: a launch, and with 1.3 a class list, and a grade that arrived."""
    mine = Context.registration_id == registration.id
    roster = session.scalar(select(Context.id).where(mine, Context.roster_at.is_not(None)).limit(1))
    sent = (
        select(Passback.id)
        .join(ResourceLink, ResourceLink.id == Passback.resource_link_id)
        .join(Context, Context.id == ResourceLink.lti_context_id)
        .where(mine, Passback.sent_at.is_not(None))
    )
    steps = [
        Step("launch", registration.launched_at is not None),
        Step("roster", roster is not None),
        Step("grade", session.scalar(sent.limit(1)) is not None),
    ]
    return [step for step in steps if registration.version == "1.3" or step.name != "roster"]


def passback_or_404(passback_id: str) -> Passback:
    """A grade on its way to an LMS."""
    found = session.get(Passback, passback_id)
    if found is None:
        raise NotFound(_("This does not exist, or is not shared with you."))
    return found


def own_passbacks(assignment_id: str, account_id: str) -> list[Passback]:
    """Where the grade of one student in an assignment went, a row for each LMS that opens it."""
    return list(
        session.scalars(
            select(Passback)
            .join(ResourceLink, ResourceLink.id == Passback.resource_link_id)
            .where(ResourceLink.assignment_id == assignment_id, Passback.account_id == account_id)
            .order_by(Passback.id)
        )
    )


def passbacks_of(link_ids: list[str]) -> Select[Passback]:
    """Grades of links, those that need somebody first."""
    return (
        select(Passback)
        .where(Passback.resource_link_id.in_(link_ids))
        .options(joinedload(Passback.account), joinedload(Passback.link))
        .order_by(Passback.state.in_(("sent", "superseded")), Passback.account_id)
    )


def links_of(context_ids: list[str]) -> list[ResourceLink]:
    """Links that open an assignment."""
    wanted = select(ResourceLink).where(
        ResourceLink.lti_context_id.in_(context_ids), ResourceLink.assignment_id.is_not(None)
    )
    return list(session.scalars(wanted.order_by(ResourceLink.id)))


def work_of(viewer: Viewer, assignment: Assignment, account_id: str) -> list[Annotation]:
    """What one student wrote, as far as this viewer may see it.

    What was written without a name does not appear for others: a list of one person's work would name its author.
    """
    wanted = visible(viewer, assignment).where(Annotation.creator_id == account_id)
    if viewer.account_id != account_id:
        wanted = wanted.where(Annotation.anonymous.is_(False))
    return list(session.scalars(wanted.order_by(Annotation.created_at)))


def children_of(account_id: str, course_id: str) -> list[str]:
    """Account ids of the children whom a mentor may see in a course."""
    rows = select(Mentor.child_id).where(Mentor.account_id == account_id, Mentor.course_id == course_id)
    return list(session.scalars(rows))


def childs_work(child_id: str, course_id: str, staff: list[str]) -> list[tuple[Annotation, list[Annotation]]]:
    """What a child wrote for others to read in a course, each with what the staff answered; nobody else's words."""
    own = session.scalars(
        select(Annotation)
        .join(Assignment, Assignment.id == Annotation.assignment_id)
        .where(Assignment.course_id == course_id, Assignment.deleted_at.is_(None))
        .where(Annotation.creator_id == child_id, Annotation.deleted_at.is_(None))
        .where(Annotation.audience.not_like("user:%"), Annotation.audience != NOBODYS)
        .where(Annotation.hidden_at.is_(None))
        .order_by(Annotation.created_at)
    ).all()
    replies = session.scalars(
        select(Annotation)
        .where(Annotation.parent_id.in_([one.id for one in own]), Annotation.creator_id.in_(staff))
        .where(Annotation.deleted_at.is_(None), Annotation.anonymous.is_(False))
        .order_by(Annotation.created_at)
    ).all()
    return [(one, [reply for reply in replies if reply.parent_id == one.id]) for one in own]
