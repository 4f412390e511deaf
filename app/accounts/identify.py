"""Who a request comes from."""

import logging

from flask import Flask, Request, Response, current_app, g, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from app.core.db import independent_work, session
from app.core.errors import Unauthorized
from app.core.ids import now

from .models import Account, SignIn
from .operations import signing_in
from .queries import by_cookie, by_token

COOKIE = "foreword"
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Keep who comes back signed in."""
    app.after_request(_stay_signed_in)


def signed_in_account(request: Request) -> Account | None:
    """The account behind a bearer token or the session cookie; None for a stranger."""
    g.by_token = False
    g.sign_in_id = None
    kind, _space, bearer = request.headers.get("Authorization", "").partition(" ")
    if bearer:
        g.by_token = True
        account = session.scalar(by_token(bearer.strip())) if kind.lower() == "bearer" else None
        if account is None:
            raise Unauthorized(_("This token is not known, or has been revoked."), "bad_token")
        return account
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    row = session.execute(by_cookie(cookie)).first()
    if row is None:
        return None
    return _seen(*row)


def _seen(account: Account, sign_in: SignIn) -> Account:
    g.sign_in_id = sign_in.id
    g.renews_sign_in = now() - sign_in.last_seen_at > signing_in.RENEWED_AFTER
    return account


def set_cookie(response: Response, token: str) -> Response:
    """Give the browser its token: out of reach of scripts, and not sent along from other sites."""
    secure = request.is_secure or current_app.config["SETTINGS"].base_url.startswith("https:")
    response.set_cookie(
        COOKIE, token, max_age=signing_in.LASTS, httponly=True, samesite="Lax", secure=secure, path="/"
    )
    return response


def drop_cookie(response: Response) -> Response:
    """Take the token away from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
    return response


def _stay_signed_in(response: Response) -> Response:
    """Once a day, thirty more days. In an own unit of work, after that of the request has ended."""
    if g.get("renews_sign_in") and response.status_code < 400 and "Set-Cookie" not in response.headers:
        sign_in_id = g.sign_in_id  # the other unit of work has a `g` of its own
        try:
            with independent_work(current_app._get_current_object()):  # type: ignore[attr-defined]  # LocalProxy
                signing_in.renew(sign_in_id)
        except (OperationalError, TimeoutError):
            log.warning("a stay could not be renewed; the next request tries again")
        else:
            set_cookie(response, request.cookies[COOKIE])
    return response
