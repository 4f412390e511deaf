"""“Open it from Optics 7B in Moodle”: for who opens a link from the browser's history and is signed in no more.

What is said comes from a signed cookie alone, which the launches of this very browser left: the path they led to, the
course, the LMS and the way back. The database is not asked, so the page is the same whether or not the address names
something, and a stranger learns nothing. Signing out takes the cookie away, for whoever uses the device next.
"""

from typing import NamedTuple

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.core.hosts import belongs, origin_of
from app.lti.models import Registration
from app.lti.protocol.messages import Launch
from app.lti.protocol.returning import course_page

COOKIE = "foreword_from"
_DAYS = 180
_SECONDS = _DAYS * 24 * 3600
# A cookie holds 4 kB.
_KEPT, _LONGEST_WORDS, _LONGEST_URL = 4, 80, 400


class Origin(NamedTuple):
    """A launch of this browser: where it led, from which course of which LMS, and the way back there."""

    path: str
    course: str
    lms: str
    url: str


def remember(
    response: Response, path: str, registration: Registration, said: Launch, *, framed: bool
) -> None:
    """Leave a note of this launch in the browser, the newest first."""
    course = (said.context.title or said.context.label)[:_LONGEST_WORDS]
    made = Origin(path, course, registration.name[:_LONGEST_WORDS], _way_back(registration, said))
    kept = [made, *(one for one in _noted() if one.path != path)][:_KEPT]
    # In another site's frame only a cookie of that kind is taken, and only where the browser takes one at all.
    secure = framed or request.is_secure
    response.set_cookie(
        COOKIE,
        _signer().dumps(kept),
        max_age=_SECONDS,
        httponly=True,
        secure=secure,
        samesite="None" if framed else "Lax",
        path="/",
    )


def came_from() -> list[Origin]:
    """What this browser was launched into, for a page that asks to sign in: what led to this address first."""
    return sorted(_noted(), key=lambda one: one.path != request.path)[:2]


def forget_at_sign_out(response: Response) -> Response:
    """After signing out nothing is left of it."""
    if (
        request.endpoint == "accounts_pages.sign_out"
        and response.status_code < 400
        and COOKIE in request.cookies
    ):
        response.delete_cookie(COOKIE, path="/", httponly=True)
    return response


def _way_back(registration: Registration, said: Launch) -> str:
    url = course_page(said.return_url)
    if url and len(url) <= _LONGEST_URL and belongs(url, registration.hosts):
        return url
    return origin_of(registration.auth_url) or origin_of(registration.issuer)


def _noted() -> list[Origin]:
    """The notes of this browser; none where somebody has changed them."""
    try:
        kept = _signer().loads(request.cookies.get(COOKIE, ""), max_age=_SECONDS)
        return [Origin(*one) for one in kept]
    except (BadData, TypeError):
        return []


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="lti-came-from")
