"""What the tests of attacks share."""

from joserfc.jwk import RSAKey
from sqlalchemy import func, select

from app.accounts.models import SignIn
from app.core.db import session

STRANGER_KEY = RSAKey.generate_key(2048, {"use": "sig"}, private=True, auto_kid=True)
SMALL_KEY = RSAKey.generate_key(1024, {"use": "sig"}, private=True, auto_kid=True)


def nobody_came_in() -> bool:
    session.expunge_all()
    return session.scalar(select(func.count()).select_from(SignIn)) == 0


def refused(answer, code: str, what: str = "") -> None:
    page = answer.get_data(as_text=True)
    assert 400 <= answer.status_code < 500, (what, answer.status_code)
    assert code in page, (what, page[-900:])
    assert nobody_came_in(), what
