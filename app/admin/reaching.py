"""What this server reaches, for the network check: each part by itself, so that a slow one only slows the answer."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Engine, select

from app.config import Settings
from app.core import mail, outgoing
from app.core.addresses import Unreachable
from app.core.db import session
from app.core.hosts import origin_of
from app.core.outbound import Reach, ask
from app.lti.models import Registration
from app.records.models import RecordEndpoint
from app.sso.models import Provider
from app.upkeep.operations import examining

SECONDS = 5.0
MOST_SERVERS = 8
NEUTRAL = "https://example.com"
"""Asked where the school has no server of its own to ask; kept up for examples by IANA."""


class Found(NamedTuple):
    """What was found: ``good``, ``warning`` or ``bad``, and a sentence."""

    verdict: str
    sentence: str


def everything(school_id: str, settings: Settings, engine: Engine) -> dict[str, Found]:
    """Every part that the page has a line for."""
    known = {one.what: Found(one.verdict, one.sentence) for one in examining.examine(engine, settings)}
    return {
        "outgoing": _outgoing(servers_of(school_id), outgoing.reach()),
        "mail": _mail(settings),
        "redis": _redis(settings.redis_url),
        **{part: known[part] for part in ("database", "queue", "storage", "disk", "ffmpeg")},
    }


def servers_of(school_id: str) -> list[str]:
    """Servers that the school has connected; a neutral one where it has none."""
    connected = (
        select(Registration.token_url).where(Registration.school_id == school_id),
        select(Provider.issuer).where(Provider.school_id == school_id, Provider.protocol == "oidc"),
        # The issuer of SAML is a name that need not lead anywhere.
        select(Provider.metadata_url).where(Provider.school_id == school_id, Provider.protocol == "saml"),
        select(RecordEndpoint.url).where(RecordEndpoint.school_id == school_id),
    )
    found = {origin_of(url or "") for wanted in connected for url in session.scalars(wanted)} - {""}
    return sorted(found)[:MOST_SERVERS] or [NEUTRAL]


def _outgoing(servers: list[str], reach: Reach) -> Found:
    with ThreadPoolExecutor(MOST_SERVERS) as pool:
        answers = list(pool.map(lambda server: _asked(server, reach), servers))
    sentence = "; ".join(
        f"{server}: {why or _('answers')}" for server, why in zip(servers, answers, strict=True)
    )
    return Found("bad" if all(answers) else "warning" if any(answers) else "good", sentence)


def _asked(server: str, reach: Reach) -> str:
    """Why a server cannot be reached; empty where it answers, whatever it says."""
    try:
        ask("HEAD", f"{server}/", reach, deadline=time.monotonic() + SECONDS)
    except Unreachable as problem:
        return problem.code
    return ""


def _mail(settings: Settings) -> Found:
    if not settings.mail_url:
        return Found("warning", _("FOREWORD_MAIL_URL is not set: mails are only written to the log."))
    return _tried(mail.reach, _("The mail server lets us in."))


def _redis(url: str) -> Found:
    if not url:
        return Found("good", _("Not used here: the queue is in a file."))
    import redis  # takes long to load, and many schools have none

    return _tried(lambda: redis.Redis.from_url(url, socket_timeout=SECONDS).ping(), _("Redis answers."))


def _tried(deed: Callable[[], object], good: str) -> Found:
    try:
        deed()
    except Exception as error:  # whatever it is, it is what the admin has to know
        return Found("bad", f"{type(error).__name__}: {error}"[:300])
    return Found("good", good)
