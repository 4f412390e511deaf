"""Reading accounts."""

import hashlib

from sqlalchemy import Select, select

from app.core.ids import now

from .models import Account, SignIn, Token


def token_hash(token: str) -> str:
    """What is stored of a random token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Select[Account]:
    """The account of an API token that still works."""
    return (
        select(Account)
        .join(Token, Token.account_id == Account.id)
        .where(Token.token_hash == token_hash(token), Token.revoked_at.is_(None))
        .where(Account.suspended_at.is_(None), Account.erased_at.is_(None))
    )


def by_cookie(cookie: str) -> Select[Account, str]:
    """The account and sign-in of a session cookie that still works."""
    return (
        select(Account, SignIn.id)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == token_hash(cookie), SignIn.ended_at.is_(None))
        .where(SignIn.expires_at > now())
        .where(Account.suspended_at.is_(None), Account.erased_at.is_(None))
    )
