"""What the worker does with LMSs: class lists, keys, and what has become old."""

import logging
from datetime import timedelta

from sqlalchemy import func, or_, select

from app.assignments.models import Assignment
from app.core.addresses import Unreachable
from app.core.db import session
from app.core.ids import now
from app.core.jobs import job, sweep
from app.engagement.models import EngagementScore

from .models import Context, Deployment, Passback, Registration, ResourceLink
from .operations import grading, grouping, logging_in, nonces, noticing, own_keys, picking, rosters, sending

log = logging.getLogger(__name__)
ROSTERS_EACH_TIME = 20
LINKS_EACH_TIME = 20
HANDLERS_EACH_TIME = 20
ASKED_AGAIN_AFTER = timedelta(minutes=10)


@job(retries=0)
def fetch_roster(context_id: str) -> None:
    """Take over one class list. What stands in the way is kept, and shown to the teacher."""
    context = session.get(Context, context_id)
    if context is None or not context.members_url:
        return
    try:
        people = rosters.fetched(context)  # every request is done before anything is written
        groups = grouping.fetched(context)
        accounts = rosters.take_over(context, people)
        grouping.take_over(
            context, groups, {accounts[one.subject]: one.groups for one in people if one.subject in accounts}
        )
    except Unreachable as problem:
        session.rollback()
        context = session.get_one(Context, context_id)
        context.roster_problem = problem.code
        log.warning("class list of LMS course %s: %s", context_id, problem.code)
    context.roster_wanted_at = None


@sweep(seconds=15)
def fetch_wanted_rosters() -> None:
    """Class lists that a launch or a teacher asked for."""
    wanted = select(Context).where(Context.roster_wanted_at.is_not(None), Context.roster_wanted_at <= now())
    for context in session.scalars(wanted.order_by(Context.roster_wanted_at).limit(ROSTERS_EACH_TIME)):
        context.roster_wanted_at = now() + ASKED_AGAIN_AFTER  # should the worker die on the way
        fetch_roster(context.id)


@sweep(seconds=3600)
def want_rosters_again() -> None:
    """Once a day, the class lists of courses that were opened within a week."""
    day, week = rosters.DAY, rosters.WEEK
    stale = select(Context).where(
        Context.launched_at > now() - week,
        Context.members_url != "",
        Context.roster_wanted_at.is_(None),
        or_(Context.roster_at.is_(None), Context.roster_at < now() - day),
    )
    for context in session.scalars(stale):
        context.roster_wanted_at = now()


@job(retries=0)
def ask_for_notices(deployment_id: str) -> None:
    """Tell one LMS where its notices of copied courses go. What stands in the way is kept for the admin."""
    deployment = session.get(Deployment, deployment_id)
    if deployment is None or not deployment.notices_url:
        return
    try:
        noticing.ask(deployment)
    except Unreachable as problem:
        log.warning("notices of LMS deployment %s: %s", deployment_id, problem.code)
        noticing.asked(deployment, problem.code)
    else:
        noticing.asked(deployment)


@sweep(seconds=15)
def ask_for_wanted_notices() -> None:
    """Deployments whose launch offered notices that nobody has asked for."""
    wanted = (
        select(Deployment)
        .join(Registration, Registration.id == Deployment.registration_id)
        .where(Deployment.notices_wanted_at <= now())
        .where(Deployment.state == "active", Registration.state == "active")
        .order_by(Deployment.notices_wanted_at)
        .limit(HANDLERS_EACH_TIME)
    )
    for deployment in session.scalars(wanted):
        deployment.notices_wanted_at = now() + ASKED_AGAIN_AFTER  # should the worker die on the way
        ask_for_notices(deployment.id)


@job(retries=0)
def send_grades(registration_id: str) -> None:
    """Send what is due to one LMS. Each LMS has a job of its own, so that a sick one delays no other."""
    sending.send_due(registration_id)


@sweep(seconds=10)
def send_due_grades() -> None:
    """LMSs for which grades wait."""
    due = (
        select(Context.registration_id)
        .join(ResourceLink, ResourceLink.lti_context_id == Context.id)
        .join(Passback, Passback.resource_link_id == ResourceLink.id)
        .where(Passback.state == "waiting", Passback.due_at <= now())
        .distinct()
    )
    for registration_id in session.scalars(due).all():
        send_grades(registration_id)


@sweep(seconds=30)
def note_changed_grades() -> None:
    """Links whose assignment was scored, released or changed since their grades were noted."""
    newest = select(func.max(EngagementScore.changed_at)).where(
        EngagementScore.assignment_id == ResourceLink.assignment_id
    )
    links = session.scalars(
        select(ResourceLink)
        .join(Assignment, Assignment.id == ResourceLink.assignment_id)
        .join(Context, Context.id == ResourceLink.lti_context_id)
        .where(or_(ResourceLink.line_item_url != "", Context.line_items_url != ""))
        .where(
            or_(
                ResourceLink.scored_at.is_(None),
                newest.scalar_subquery() > ResourceLink.scored_at,
                Assignment.modified_at > ResourceLink.scored_at,
                Assignment.due_at.between(ResourceLink.scored_at, now()),
            )
        )
        .limit(LINKS_EACH_TIME)
    )
    for link in links.all():
        grading.queue_scores(link)


@sweep(seconds=3600)
def keep_house() -> None:
    """Rotate our keys, forget launches and choices that are over and what LMSs told long ago."""
    own_keys.rotate(now())
    logging_in.forget_old()
    picking.forget_old()
    nonces.forget_old()
    noticing.forget_old()
