"""Connecting an LMS: the addresses that both sides need to know of each other."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import audit
from app.core.addresses import Unreachable
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.hosts import host_of, origin_of
from app.core.outgoing import reach
from app.core.policy import Viewer
from app.lti.models import Deployment, Registration
from app.lti.protocol.quirks import of_platform

from . import deploying

FIELDS = ("issuer", "client_id", "auth_url", "token_url", "jwks_url")
_URLS = ("auth_url", "token_url", "jwks_url")


def register(viewer: Viewer, given: Mapping[str, str]) -> Registration:
    """Connect an LMS by the values that its admin page shows. Raises Invalid with the field to look at."""
    values = checked(given)
    taken = session.scalar(
        select(Registration).where(
            Registration.issuer == values["issuer"], Registration.client_id == values["client_id"]
        )
    )
    if taken is not None:
        raise Conflict(_("This issuer and client ID are connected already."), "registration_taken")
    made = Registration(school_id=viewer.school_id, created_by=viewer.account_id, **values)
    derive(made)
    session.add(made)
    session.flush()
    for deployment_id in given.get("deployments", "").split():
        deploying.add(made, deployment_id[:255])
    record(viewer, made, "registered")
    return made


def change(viewer: Viewer, registration: Registration, given: Mapping[str, str]) -> None:
    """Correct the values of a connection. Its keys are fetched anew."""
    for name, value in checked(given).items():
        setattr(registration, name, value)
    registration.jwks, registration.jwks_fetched_at, registration.jwks_tried_at = {}, None, None
    derive(registration)
    registration.accepts_deployments = bool(given.get("accepts_deployments"))
    registration.hides_names = bool(given.get("hides_names"))
    registration.service_hosts = " ".join(
        dict.fromkeys([*registration.hosts, *given.get("more_hosts", "").lower().split()])
    )
    record(viewer, registration, "changed")


def checked(given: Mapping[str, str]) -> dict[str, str]:
    """The values of a form, each where it belongs; Invalid names the first that cannot be used."""
    values = {name: given.get(name, "").strip() for name in (*FIELDS, "platform", "token_audience")}
    for name in FIELDS:
        if not values[name] or len(values[name]) > (255 if name == "client_id" else 500):
            raise Invalid(_("This value is needed; the LMS shows it."), "value_missing", f"/{name}")
    for name in _URLS:
        _check_url(name, values[name])
    host = urlsplit(values["auth_url"]).hostname or values["issuer"]
    return values | {"name": " ".join(given.get("name", "").split())[:120] or host}


def _check_url(name: str, url: str) -> None:
    try:
        reach().parsed(url)
    except Unreachable as problem:
        sentences = {
            "not_https": _(
                "This address must begin with https://. An LMS inside the school's network without it can be named "
                "in the setting FOREWORD_ON_PREMISE_HOSTS."
            )
        }
        sentence = sentences.get(
            problem.code, _("This is not an address of a page. It begins with https://.")
        )
        raise Invalid(sentence, problem.code, f"/{name}") from problem


def derive(registration: Registration) -> None:
    """Which hosts may be called and which sites may frame us: the LMS's own, and those its product is known for."""
    urls = [getattr(registration, name) for name in (*_URLS, "issuer")]
    known = of_platform(registration.platform)
    hosts = [*registration.hosts, *(host_of(url) for url in urls), *known.service_hosts]
    registration.service_hosts = " ".join(dict.fromkeys(host for host in hosts if host))
    origins = [origin_of(registration.issuer), origin_of(registration.auth_url), *known.frame_origins]
    given = registration.frame_origins.split() if registration.frame_origins else []
    registration.frame_origins = " ".join(dict.fromkeys(origin for origin in [*given, *origins] if origin))


def set_state(viewer: Viewer, registration: Registration, state: str) -> None:
    """Approve, switch off or switch on a connection."""
    registration.state = state
    record(viewer, registration, state)


def decide(viewer: Viewer, registration: Registration, deployment: Deployment, state: str) -> None:
    """Let a deployment in, or not."""
    deployment.state = state
    record(viewer, registration, f"deployment_{state}")


def record(viewer: Viewer, registration: Registration, deed: str) -> None:
    """Note a deed for the admins."""
    audit.record(
        f"lti.{deed}",
        school_id=registration.school_id,
        actor_id=viewer.account_id or None,
        object_id=registration.id,
    )
