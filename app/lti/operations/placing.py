"""From a course and a link of an LMS to a course and an assignment here."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import first_or_add, session
from app.core.hosts import belongs
from app.core.ids import now
from app.courses.models import Course, Enrollment
from app.courses.operations import running
from app.courses.queries import enrollment_of, viewer_of
from app.lti.models import Context, Deployment, Member, Mentor, Registration, ResourceLink
from app.lti.protocol.messages import Launch
from app.lti.protocol.problems import LtiProblem
from app.lti.protocol.roles import Standing

from .people import known

ROSTER_AGAIN_AFTER = timedelta(minutes=30)
_NOTED_AGAIN_AFTER = timedelta(minutes=5)


def context_of(
    registration: Registration, deployment: Deployment, launch: Launch, account: Account, standing: Standing
) -> Context:
    """The LMS's course; staff who come first make the course here, others wait for them."""
    context_id = launch.context.id or f"link:{launch.resource_link}"[:255]
    wanted = select(Context).where(Context.deployment_id == deployment.id, Context.context_id == context_id)
    context = session.scalar(wanted)
    if context is None:
        if not standing.teaches:
            raise LtiProblem("course_not_set_up")
        course = _new_course(account, launch)
        context = first_or_add(
            wanted,
            lambda: Context(
                registration_id=registration.id,
                deployment_id=deployment.id,
                context_id=context_id,
                course_id=course.id,
                title=course.title,
            ),
        )
        if context.course_id != course.id:  # a colleague was quicker
            running.delete_course(viewer_of(account), course)
    if context.course.deleted_at is not None:
        raise LtiProblem("course_deleted")
    note(context, registration, launch)
    return context


def _new_course(account: Account, launch: Launch) -> Course:
    title = launch.context.title or launch.context.label or launch.resource_title or launch.platform_name
    course = running.create_course(viewer_of(account), title or "Course", locale=None)
    course.join_open = False  # the class comes by the LMS
    return course


def note(context: Context, registration: Registration, launch: Launch) -> None:
    """Keep what a launch says about the course: its services, the way back, and that it is in use."""
    hosts = registration.hosts
    services = {
        "members_url": launch.members_url,
        "line_items_url": launch.grading.line_items,
        "groups_url": launch.groups_url,
        "group_sets_url": launch.group_sets_url,
        "return_url": launch.return_url,
    }
    for field, url in services.items():
        if url and belongs(url, hosts) and getattr(context, field) != url:
            setattr(context, field, url)
    if launch.grading.scopes:
        context.scopes = " ".join(sorted(launch.grading.scopes))
    refused = [url for url in services.values() if url and not belongs(url, hosts)]
    if refused and registration.problem != "foreign_host":
        registration.problem, registration.problem_at = "foreign_host", now()
    if context.launched_at < now() - _NOTED_AGAIN_AFTER:
        context.launched_at = now()
    if registration.launched_at is None or registration.launched_at < now() - _NOTED_AGAIN_AFTER:
        registration.launched_at = now()
    stale = context.roster_at is None or context.roster_at < now() - ROSTER_AGAIN_AFTER
    if context.members_url and stale and context.roster_wanted_at is None:
        context.roster_wanted_at = now()


def stand(context: Context, account: Account, standing: Standing) -> Enrollment:
    """Put whoever launched into the course as what the LMS says. No role, or an odd one: a student."""
    role = standing.role or "student"
    row = first_or_add(
        enrollment_of(context.course_id, account.id),
        lambda: Enrollment(course_id=context.course_id, account_id=account.id, role=role),
    )
    if row.ended_at is not None:
        row.ended_at = None
    if row.role != role:
        row.role = role
        running.record("enrollment.role", viewer_of(account), context.course, row.id, role=role, by="lms")
    member = member_of(context, account)
    member.is_test = standing.is_test
    if member.role != role:
        member.role = role
    if member.launched_at is None or member.launched_at < now() - _NOTED_AGAIN_AFTER:
        member.launched_at = now()
    return row


def member_of(context: Context, account: Account) -> Member:
    """The person as this LMS course knows them."""
    return first_or_add(
        select(Member).where(Member.lti_context_id == context.id, Member.account_id == account.id),
        lambda: Member(lti_context_id=context.id, account_id=account.id),
    )


def let_see_children(registration: Registration, context: Context, account: Account, launch: Launch) -> None:
    """Let a mentor see those children whom the LMS names now and who are known here, and no others."""
    children = [child for subject in launch.children if (child := known(registration, subject))]
    for child in children:
        wanted = select(Mentor).where(
            Mentor.account_id == account.id,
            Mentor.child_id == child.id,
            Mentor.course_id == context.course_id,
        )
        row = first_or_add(
            wanted,
            lambda child=child: Mentor(  # type: ignore[misc]  # binds the child of this turn
                account_id=account.id, child_id=child.id, course_id=context.course_id
            ),
        )
        row.said_at = now()
    said = {child.id for child in children}
    for row in session.scalars(
        select(Mentor).where(Mentor.account_id == account.id, Mentor.course_id == context.course_id)
    ):
        if row.child_id not in said:
            session.delete(row)


def link_of(context: Context, launch: Launch) -> ResourceLink:
    """The link of the LMS, with the column of the grade book that belongs to it."""
    link = first_or_add(
        select(ResourceLink).where(
            ResourceLink.lti_context_id == context.id, ResourceLink.link_id == launch.resource_link
        ),
        lambda: ResourceLink(lti_context_id=context.id, link_id=launch.resource_link),
    )
    title, column = launch.resource_title or link.title, launch.grading.line_item
    if link.title != title:
        link.title = title
    if column and column != link.line_item_url and belongs(column, context.registration.hosts):
        link.line_item_url = column
    return link
