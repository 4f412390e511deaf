"""Tables of the school's sign-on."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, primary_id
from app.core.ids import now


class Provider(Model):
    """A provider of a school's sign-on, by OpenID Connect or SAML, and what the school lets it decide.

    ``trusts_email``: somebody who is here with the provider's verified address is the same person. ``adds_people``:
    whom nobody knows yet gets an account. ``domains`` (by spaces): only addresses of these, where any is named.
    ``role_claim`` is a claim by its path, such as ``realm_access.roles``, and who has one of ``teacher_values``
    (by commas) in it may create courses. ``found`` and ``jwks`` are what discovery found last.

    With SAML ``issuer`` is the provider's entity id (empty until its metadata are there), ``secret`` and
    ``certificate`` are our own key pair for it, ``found`` is what its metadata say, ``attributes`` are the names
    under which it sends what we ask for; ``may_begin``: it may send people whom nobody asked for.
    """

    __tablename__ = "sso_provider"
    __table_args__ = (CheckConstraint("state in ('active', 'disabled')", name="state"),)

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    protocol: Mapped[str] = mapped_column(String(10), default="oidc")
    preset: Mapped[str] = mapped_column(String(20), default="other")
    issuer: Mapped[str] = mapped_column(String(500))
    client_id: Mapped[str] = mapped_column(String(255))
    secret: Mapped[str | None] = mapped_column(Text)
    metadata_url: Mapped[str] = mapped_column(String(2000), default="")
    certificate: Mapped[str] = mapped_column(Text, default="")
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    may_begin: Mapped[bool] = mapped_column(default=False)
    signs_requests: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="active")
    trusts_email: Mapped[bool] = mapped_column(default=False)
    adds_people: Mapped[bool] = mapped_column(default=True)
    domains: Mapped[str] = mapped_column(Text, default="")
    role_claim: Mapped[str] = mapped_column(String(120), default="")
    teacher_values: Mapped[str] = mapped_column(Text, default="")
    found: Mapped[dict[str, Any]] = mapped_column(default=dict)
    jwks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    found_at: Mapped[datetime | None]
    jwks_tried_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(40), default="")
    problem_at: Mapped[datetime | None]
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime] = mapped_column(default=now)


class SignOn(Model):
    """Somebody on the way to a provider and back. Works once, in the browser that began it.

    ``joins_id`` is set where somebody who is signed in wants to sign in this way from now on, too. With SAML
    ``nonce`` is the id of our request, and ``said`` (sealed) what the answer said until its browser has come for it.
    """

    __tablename__ = "sso_sign_on"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    provider_id: Mapped[str] = mapped_column(ForeignKey("sso_provider.id"))
    browser_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    goes_on: Mapped[str] = mapped_column(Text, default="")
    joins_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    said: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class SeenAssertion(Model):
    """An assertion of SAML that has let somebody in; it lets in nobody else as long as it would be valid."""

    __tablename__ = "sso_assertion"

    seen_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Stay(Model):
    """A browser that came in by SAML, and as whom the provider knows it, so that signing out reaches both sides.

    ``told`` (sealed) is what the provider called person and session; the hashes find them when it signs out.
    """

    __tablename__ = "sso_stay"

    id: Mapped[str] = primary_id()
    provider_id: Mapped[str] = mapped_column(ForeignKey("sso_provider.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    sign_in_id: Mapped[str] = mapped_column(String(36), index=True)
    name_hash: Mapped[str] = mapped_column(String(64))
    session_hash: Mapped[str] = mapped_column(String(64))
    told: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
