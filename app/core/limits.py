"""How often something may be tried. Counted in memory, or in Redis when that is set.

The numbers let a class of 35 sit behind one address: an address is counted generously, a name strictly.
"""

import logging
import time
from typing import NamedTuple

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_limiter import Limiter
from limits import RateLimitItem, parse

from .errors import TooMany

log = logging.getLogger(__name__)
KEY = "foreword.limiter"


class Limit(NamedTuple):
    """How often one subject (a name, an address) may do a thing."""

    what: str
    rate: RateLimitItem


# A name is one person: ten wrong passwords in a quarter of an hour are enough, from one place or from many.
WRONG_PASSWORDS_HERE = Limit("wrong-password-here", parse("10 per 15 minutes"))
WRONG_PASSWORDS_ANYWHERE = Limit("wrong-password", parse("50 per hour"))
# An address may be a school: 35 pupils, each mistyping a few times, twice in a lesson.
SIGN_INS_OF_ADDRESS = Limit("sign-in-address", parse("400 per 15 minutes"))
NEW_ACCOUNTS_OF_ADDRESS = Limit("register-address", parse("120 per hour"))
RESETS_OF_NAME = Limit("reset-name", parse("5 per hour"))
RESETS_OF_ADDRESS = Limit("reset-address", parse("60 per hour"))
# Codes are random; guessing them must stay hopeless.
WRONG_CODES_OF_ADDRESS = Limit("wrong-code-address", parse("100 per hour"))


def init_app(app: Flask) -> None:
    """Open the counters; ``FOREWORD_RATE_LIMITS=off`` leaves them closed (for benchmarks)."""
    settings = app.config["SETTINGS"]
    app.extensions[KEY] = None
    if settings.rate_limits == "on":
        app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
        app.extensions[KEY] = Limiter(_address, app=app, key_prefix="foreword", default_limits=[])


def count(limit: Limit, subject: str | None = None) -> None:
    """Count one try of the subject (default: the address that asks); raise TooMany past the limit."""
    _ask(limit, subject, spend=True)


def check(limit: Limit, subject: str | None = None) -> None:
    """Raise TooMany if the subject has no try left; counts nothing."""
    _ask(limit, subject, spend=False)


def _ask(limit: Limit, subject: str | None, *, spend: bool) -> None:
    limiter: Limiter | None = current_app.extensions[KEY]
    if limiter is None:
        return
    names = (limit.what, subject if subject is not None else _address())
    try:
        ask = limiter.limiter.hit if spend else limiter.limiter.test
        if ask(limit.rate, *names):
            return
        wait = limiter.limiter.get_window_stats(limit.rate, *names).reset_time
    except limiter.limiter.storage.base_exceptions:
        log.warning("rate limits cannot be counted now; letting the request through")
        return
    raise TooMany(
        _("That was tried too often. Wait a few minutes, then try again."), retry_after=_until(wait)
    )


def _until(moment: float) -> int:
    return max(1, int(moment - time.time()) + 1)


def _address() -> str:
    return request.remote_addr or "unknown"
