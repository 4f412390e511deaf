"""LTI 1.1, where a school still needs it, and the way from it to 1.3: people, courses and links stay.

A 1.3 launch may name the 1.1 connection that it replaces. It is believed only with the shared secret's sign, and
only within the school.
"""

import secrets

from sqlalchemy import select

from app.accounts.models import Account, Identity
from app.core.db import session
from app.core.hosts import host_of, origin_of
from app.core.policy import Viewer
from app.core.sealing import seal, unseal
from app.lti.models import Context, Deployment, Registration, ResourceLink
from app.lti.protocol import v11
from app.lti.protocol.messages import Launch
from app.lti.protocol.problems import LtiProblem

from . import deploying
from .people import known, subject_key
from .registering import record


def connect(viewer: Viewer, name: str, address: str) -> tuple[Registration, str]:
    """A new 1.1 connection: its key stands in the row; the secret is shown once."""
    secret = secrets.token_urlsafe(32)
    row = Registration(
        school_id=viewer.school_id,
        name=name[:120] or host_of(address) or "LTI 1.1",
        version="1.1",
        issuer=v11.ISSUER,
        client_id=secrets.token_hex(12),
        secret=seal(secret),
        service_hosts=host_of(address),
        frame_origins=origin_of(address),
        created_by=viewer.account_id,
    )
    session.add(row)
    session.flush()
    deploying.add(row, v11.DEPLOYMENT)
    record(viewer, row, "registered")
    return row, secret


def registration_of(key: str) -> Registration:
    """The 1.1 connection of a key; LtiProblem if there is none or it is switched off."""
    row = session.scalar(
        select(Registration).where(Registration.version == "1.1", Registration.client_id == key)
    )
    if row is None:
        raise LtiProblem("platform_unknown")
    if row.state != "active":
        raise LtiProblem("version_1_1_off")
    return row


def former(registration: Registration, launch: Launch) -> Registration | None:
    """The 1.1 connection that a 1.3 launch replaces, if it proves that."""
    key = launch.former.get("oauth_consumer_key")
    if not isinstance(key, str) or not launch.signed_over:
        return None
    row = session.scalar(
        select(Registration).where(
            Registration.version == "1.1",
            Registration.client_id == key,
            Registration.school_id == registration.school_id,
        )
    )
    secret = unseal(row.secret) if row is not None and row.secret else None
    base = launch.signed_over.replace(CLIENT, registration.client_id)
    return row if secret and v11.proves(secret, launch.former, base) else None


CLIENT = "\0client\0"


def take_over(registration: Registration, deployment: Deployment, launch: Launch) -> None:
    """Let the person, the course and the link of a 1.1 connection be those of this launch, once each."""
    old = former(registration, launch)
    if old is None:
        return
    account = _person(registration, old, launch)
    context = _context(registration, deployment, old, launch)
    if account or context:
        session.flush()


def _said(launch: Launch, name: str, default: str) -> str:
    value = launch.former.get(name)
    return value if isinstance(value, str) and value else default


def _person(registration: Registration, old: Registration, launch: Launch) -> Account | None:
    subject = launch.person.subject
    if not subject or known(registration, subject) is not None:
        return None
    account = known(old, _said(launch, "user_id", subject))
    if account is not None:
        session.add(
            Identity(
                account_id=account.id,
                school_id=registration.school_id,
                provider=registration.provider,
                subject=subject_key(subject),
            )
        )
    return account


def _context(
    registration: Registration, deployment: Deployment, old: Registration, launch: Launch
) -> Context | None:
    before = session.scalar(
        select(Context).where(
            Context.registration_id == old.id,
            Context.context_id == _said(launch, "context_id", launch.context.id),
        )
    )
    wanted = select(Context).where(
        Context.deployment_id == deployment.id, Context.context_id == launch.context.id
    )
    if before is None or not launch.context.id:
        return None
    context = session.scalar(wanted)
    if context is None:
        context = Context(
            registration_id=registration.id,
            deployment_id=deployment.id,
            context_id=launch.context.id,
            course_id=before.course_id,
            title=before.title,
        )
        session.add(context)
        session.flush()
    if context.course_id == before.course_id:
        _link(context, before, launch)
    return context


def _link(context: Context, before: Context, launch: Launch) -> None:
    """The link opens what its predecessor opened."""

    def of(place: Context, link_id: str) -> ResourceLink | None:
        return session.scalar(
            select(ResourceLink).where(
                ResourceLink.lti_context_id == place.id, ResourceLink.link_id == link_id
            )
        )

    old = of(before, _said(launch, "resource_link_id", launch.resource_link))
    if old is None or of(context, launch.resource_link) is not None:
        return
    session.add(
        ResourceLink(
            lti_context_id=context.id,
            link_id=launch.resource_link,
            title=old.title,
            opens=old.opens,
            assignment_id=old.assignment_id,
        )
    )
