"""Notices of copied courses: asking an LMS for them, believing those that come, and keeping what they say.

A notice comes from a server, with neither a browser nor a state that we made. So all that speaks for it is its
signature by a key of that registration, and its own id is what makes it work once.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select

from app.core.addresses import Unreachable
from app.core.db import independent_work, session, upsert
from app.core.hosts import belongs
from app.core.ids import now
from app.lti.models import Context, CopiedContext, Deployment, Registration
from app.lti.protocol import names, notices
from app.lti.protocol.messages import Launch
from app.lti.protocol.notices import Notice
from app.lti.protocol.problems import LtiProblem
from app.lti.protocol.tokens import addressed

from . import deploying, nonces
from .believing import claims_of
from .calling import call

ASKED_AGAIN_AFTER = timedelta(hours=1)
KEPT = timedelta(days=730)
GENERATIONS = 10
MOST_ORIGINS = 500


def want(registration: Registration, launch: Launch, handler: str) -> None:
    """After a launch: note that the LMS offers such notices and has not been told our address yet."""
    if not launch.notices_url:
        return
    deployment = deploying.known(registration, launch.deployment_id)
    if deployment is None or _is_settled(deployment, launch.notices_url, handler):
        return
    deployment.notices_url, deployment.notices_handler = launch.notices_url, handler
    if belongs(launch.notices_url, registration.hosts):
        deployment.notices_wanted_at = now()
    else:
        deployment.notices_problem, deployment.notices_at = "foreign_host", now()


def _is_settled(deployment: Deployment, url: str, handler: str) -> bool:
    """Is it done, under way, or was it tried a moment ago?"""
    same = (deployment.notices_url, deployment.notices_handler) == (url, handler)
    tried = deployment.notices_at
    rests = tried is not None and tried > now() - ASKED_AGAIN_AFTER
    is_done = tried is not None and same and not deployment.notices_problem
    return is_done or rests or deployment.notices_wanted_at is not None


def ask(deployment: Deployment) -> None:
    """Tell the LMS where its notices may go; what stands in the way is raised as Unreachable."""
    answer = call(
        deployment.registration,
        [names.NOTICE_HANDLERS],
        "PUT",
        deployment.notices_url,
        body=notices.handler(deployment.notices_handler),
        headers=notices.HANDLER,
    )
    if not 200 <= answer.status < 300:
        raise Unreachable("bad_status", status=answer.status)


def asked(deployment: Deployment, problem: str = "") -> None:
    """Note how asking went. After a problem, a later launch asks again."""
    deployment.notices_wanted_at, deployment.notices_at = None, now()
    deployment.notices_problem = problem


def take(token: str) -> None:
    """Believe one notice and keep what it says, both or neither; raises LtiProblem if it is not to be believed."""
    registration = _registration_of(*addressed(token))
    notice = notices.notice(claims_of(registration, token))
    if deploying.known(registration, notice.deployment_id) is None:
        raise LtiProblem("deployment_unknown")
    with independent_work():
        nonces.spend(registration.id, f"notice {notice.deployment_id} {notice.id}")
        _keep(registration.id, notice)


def _registration_of(issuer: str, client_id: str) -> Registration:
    found = session.scalar(
        select(Registration).where(
            Registration.issuer == issuer,
            Registration.client_id == client_id,
            Registration.version == "1.3",
            Registration.state == "active",
        )
    )
    if found is None:
        raise LtiProblem("platform_unknown")
    return found


def _keep(registration_id: str, notice: Notice) -> None:
    for origin_id in notice.origins:
        key = {"registration_id": registration_id, "context_id": notice.context_id, "origin_id": origin_id}
        session.execute(
            upsert(CopiedContext)
            .values(**key, said_at=now())
            .on_conflict_do_update(index_elements=list(key), set_={"said_at": now()})
        )


def origins_of(context: Context) -> set[str]:
    """Ids of the courses that the LMS said this one was copied from, and those that these were copied from."""
    found: set[str] = set()
    newest: Iterable[str] = {context.context_id}
    for _generation in range(GENERATIONS):
        wanted = select(CopiedContext.origin_id).where(
            CopiedContext.registration_id == context.registration_id, CopiedContext.context_id.in_(newest)
        )
        newest = set(session.scalars(wanted.limit(MOST_ORIGINS))) - found
        if not newest:
            break
        found |= newest
    return found


def forget_old() -> None:
    """Delete what was told two years ago: a course that was copied then has been opened, or never will be."""
    session.execute(delete(CopiedContext).where(CopiedContext.said_at < now() - KEPT))
