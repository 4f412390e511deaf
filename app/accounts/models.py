"""Tables of schools, accounts and sign-ins."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, primary_id
from app.core.ids import now


class School(Model):
    """A tenant. People, courses and files belong to one school; a fresh install has one.

    ``course_storage_mb`` is how much each course may keep in files, ``storage_mb`` the whole school; empty for no
    limit.
    """

    __tablename__ = "school"

    id: Mapped[str] = primary_id()
    name: Mapped[str] = mapped_column(String(200))
    help_text: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(12), default="en")
    course_storage_mb: Mapped[int | None]
    storage_mb: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def school_id(self) -> str:
        """A school belongs to itself, so that rules can ask any thing for its school."""
        return self.id


class Account(Model):
    """A person. Name and e-mail may be missing; how one signs in is an ``Identity``.

    ``merged_into_id`` is the account that took over the work of this one, see `upkeep.operations.merging`.
    """

    __tablename__ = "account"

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    locale: Mapped[str | None] = mapped_column(String(12))
    is_admin: Mapped[bool] = mapped_column(default=False)
    may_create_courses: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    suspended_at: Mapped[datetime | None]
    merged_into_id: Mapped[str | None] = mapped_column(String(36))
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    school: Mapped[School] = relationship()
    identities: Mapped[list["Identity"]] = relationship(back_populates="account")


class Identity(Model):
    """One way to sign in: a password (subject: e-mail or sign-in name), later an LMS or SSO subject."""

    __tablename__ = "identity"
    __table_args__ = (Index("ix_identity_subject", "school_id", "provider", "subject", unique=True),)

    id: Mapped[str] = primary_id()
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"))
    provider: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(254))
    secret: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(back_populates="identities")


class SignIn(Model):
    """A browser that is signed in. It holds a random token, the row only its hash.

    ``carried_by``: ``cookie``; ``frame`` for the cookie of a page in another site's frame; ``bearer`` where no cookie
    is kept and the page holds the token in memory. ``framed_by`` are the origins that may frame it.
    """

    __tablename__ = "sign_in"

    id: Mapped[str] = primary_id()
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(200), default="")
    carried_by: Mapped[str] = mapped_column(String(8), default="cookie")
    framed_by: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Token(Model):
    """A bearer token for a program, hashed; ``scopes`` is empty for everything its person may do."""

    __tablename__ = "token"

    id: Mapped[str] = primary_id()
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]


class OneTimeCode(Model):
    """Something that works once: it lets its person set a password, or go on elsewhere as who they are.

    ``purpose`` is ``slip`` (printed for a pupil; ``code_hash`` is argon2, since the code is short) or
    ``reset`` (a mailed link; ``code_hash`` is SHA-256 of its long random token) or ``entry`` (likewise; signs in
    where it is used, for some minutes) or ``phone`` (short, for the page in ``goes_to``; SHA-256, for ten minutes).
    """

    __tablename__ = "one_time_code"

    id: Mapped[str] = primary_id()
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    code_hash: Mapped[str] = mapped_column(String(200), unique=True)
    framed_by: Mapped[str] = mapped_column(Text, default="")
    goes_to: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
