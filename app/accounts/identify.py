"""Who a request comes from.

Three things carry a sign-in: the cookie; in a frame of another site a second cookie, which browsers keep apart
for each site that frames us (``Partitioned``); and where they keep none at all, a token in the page's memory.
"""

import logging

from flask import Flask, Request, Response, current_app, g, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from app.core.db import independent_work
from app.core.errors import Unauthorized
from app.core.ids import now

from .models import Account, SignIn
from .operations import entering, signing_in
from .queries import account_of_cookie, account_of_frame, account_of_token

COOKIE = "foreword"
FRAME_COOKIE = "__Host-foreword"
ENTRY = "entry"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Keep who comes back signed in."""
    app.after_request(_stay_signed_in)
    app.after_request(_carry_on)


def signed_in_account(request: Request) -> Account | None:
    """The account behind a bearer token, a one-time entry or a session cookie; None for a stranger."""
    g.by_token = False
    g.sign_in_id = None
    kind, _space, bearer = request.headers.get("Authorization", "").partition(" ")
    if bearer:
        g.by_token = True
        account = account_of_bearer(bearer.strip()) if kind.lower() == "bearer" else None
        if account is None:
            raise Unauthorized(_("This token is not known, or has been revoked."), "bad_token")
        return account
    if request.method == "GET" and ENTRY in request.args:
        return _entered(request.args[ENTRY])
    if request.mimetype in _FORMS and (token := _form_token(request)):
        g.by_token = g.by_form_token = True
        row = account_of_frame(token)
        if row is None:
            raise Unauthorized(_("This token is not known, or has been revoked."), "bad_token")
        return _seen(*row)
    cookies = (request.cookies.get(name) for name in (FRAME_COOKIE, COOKIE))
    return next(filter(None, (_by_cookie(cookie) for cookie in cookies if cookie)), None)


def account_of_bearer(token: str) -> Account | None:
    """The account of an API token, or of the token that a framed page holds."""
    account = account_of_token(token)
    if account is None and (found := account_of_frame(token)):
        return _seen(*found)
    return account


def _form_token(request: Request) -> str:
    """A form of a framed page without cookies carries its token in the body. Others are not even read for it."""
    if request.cookies.get(COOKIE) or request.cookies.get(FRAME_COOKIE):
        return ""
    return request.form.get("frame_token", "")


def _by_cookie(cookie: str) -> Account | None:
    found = account_of_cookie(cookie)
    return _seen(*found) if found else None


def _seen(account: Account, sign_in: SignIn) -> Account:
    g.sign_in_id = sign_in.id
    g.framed_by = sign_in.framed_by
    g.carried_by = sign_in.carried_by
    g.renews_sign_in = now() - sign_in.last_seen_at > signing_in.RENEWED_AFTER[sign_in.carried_by]
    return account


def _entered(code: str) -> Account:
    """Let a framed page in by its one-time code; it keeps the token that stands in it, and nothing else."""
    g.framed_by = entering.framing(code)  # a used code's page says so within the frame, too
    with independent_work():
        account, framed_by = entering.enter(code)
        token = signing_in.start(account, str(request.user_agent), "bearer", framed_by)
    g.frame_token = token
    found = account_of_bearer(token)
    if found is None:
        raise Unauthorized(_("This token is not known, or has been revoked."), "bad_token")
    return found


def set_cookie(response: Response, token: str, carried_by: str = "cookie") -> Response:
    """Give the browser its token: out of reach of scripts, and not sent along from other sites."""
    if carried_by == "frame":
        response.set_cookie(
            FRAME_COOKIE,
            token,
            max_age=signing_in.LASTS["frame"],
            httponly=True,
            samesite="None",
            secure=True,
            partitioned=True,
            path="/",
        )
        return response
    secure = request.is_secure or current_app.config["SETTINGS"].base_url.startswith("https:")
    response.set_cookie(
        COOKIE,
        token,
        max_age=signing_in.LASTS["cookie"],
        httponly=True,
        samesite="Lax",
        secure=secure,
        path="/",
    )
    return _without_frame_cookie(response)  # whoever signs in is not to stay who a frame was


def drop_cookie(response: Response) -> Response:
    """Take the token away from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
    return _without_frame_cookie(response)


def _without_frame_cookie(response: Response) -> Response:
    if FRAME_COOKIE in request.cookies:
        response.delete_cookie(
            FRAME_COOKIE, path="/", httponly=True, samesite="None", secure=True, partitioned=True
        )
    return response


def _carry_on(response: Response) -> Response:
    """The page after a form of a framed page without cookies is asked for with a one-time code."""
    target = response.headers.get("Location", "")
    if g.get("by_form_token") and response.status_code in (302, 303) and target.startswith("/"):
        account, framed_by = g.account, g.framed_by
        with independent_work():
            code = entering.code_for(account, framed_by=framed_by)
        address, _hash, fragment = target.partition("#")
        joint = "&" if "?" in address else "?"
        response.headers["Location"] = f"{address}{joint}{ENTRY}={code}" + (
            f"#{fragment}" if fragment else ""
        )
    return response


def _stay_signed_in(response: Response) -> Response:
    """Now and then, as long again. In an own unit of work, after that of the request has ended."""
    if g.get("renews_sign_in") and response.status_code < 400 and "Set-Cookie" not in response.headers:
        sign_in_id, carried_by = g.sign_in_id, g.carried_by  # the other unit of work has a `g` of its own
        try:
            with independent_work():
                signing_in.renew(sign_in_id)
        except (OperationalError, TimeoutError):
            log.warning("a stay could not be renewed; the next request tries again")
        else:
            name = {"cookie": COOKIE, "frame": FRAME_COOKIE}.get(carried_by)
            if name:
                set_cookie(response, request.cookies[name], carried_by)
    return response
