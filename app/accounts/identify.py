"""Who a request comes from."""

from flask import Request, g

from app.core.db import session
from app.core.errors import Unauthorized

from .models import Account
from .queries import by_cookie, by_token

COOKIE = "foreword"


def signed_in_account(request: Request) -> Account | None:
    """The account behind a bearer token or the session cookie; None for a stranger."""
    g.by_token = False
    g.sign_in_id = None
    kind, _space, bearer = request.headers.get("Authorization", "").partition(" ")
    if bearer:
        g.by_token = True
        account = session.scalar(by_token(bearer.strip())) if kind.lower() == "bearer" else None
        if account is None:
            raise Unauthorized("This token is not known, or has been revoked.", "bad_token")
        return account
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    row = session.execute(by_cookie(cookie)).first()
    if row is None:
        return None
    g.sign_in_id = row.id
    return row.Account
