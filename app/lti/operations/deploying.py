"""Deployments: where a tool entry is switched on. One that is new waits for an admin, or is let in at once."""

from sqlalchemy import Select, select

from app.core.db import first_or_add, independent_work, session
from app.lti.models import Deployment, Registration
from app.lti.protocol.problems import LtiProblem


def _wanted(registration: Registration, deployment_id: str) -> Select[Deployment]:
    return select(Deployment).where(
        Deployment.registration_id == registration.id, Deployment.deployment_id == deployment_id
    )


def known(registration: Registration, deployment_id: str) -> Deployment | None:
    """The deployment, if it was let in; nothing is noted of one that was not."""
    return session.scalar(_wanted(registration, deployment_id).where(Deployment.state == "active"))


def active(registration: Registration, deployment_id: str) -> Deployment:
    """The deployment, if it may launch; a new one is noted even though the launch is refused."""
    found = session.scalar(_wanted(registration, deployment_id))
    if found is None:
        found = _noted(registration, deployment_id)
    if found.state != "active":
        raise LtiProblem(f"deployment_{found.state}")
    return found


def _noted(registration: Registration, deployment_id: str) -> Deployment:
    with independent_work():
        add(registration, deployment_id, "active" if registration.accepts_deployments else "pending")
    return session.scalars(_wanted(registration, deployment_id)).one()


def add(registration: Registration, deployment_id: str, state: str = "active") -> Deployment:
    """Note a deployment; one that is known keeps its state."""
    return first_or_add(
        _wanted(registration, deployment_id),
        lambda: Deployment(registration_id=registration.id, deployment_id=deployment_id, state=state),
    )
