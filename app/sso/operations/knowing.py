"""Who somebody is here, whom a provider has let in."""

from typing import Any

from app.accounts.models import Account, Identity
from app.accounts.operations.people import LONGEST_NAME
from app.core import audit
from app.core.db import first_or_add, session
from app.core.ids import now
from app.sso.models import Provider
from app.sso.problems import SignOnProblem
from app.sso.queries import by_email, identity_of, provider_key, subject_key


def known_or_new(provider: Provider, claims: dict[str, Any]) -> Account:
    """The account: by (issuer, subject); where the school trusts it by the verified address; else a new one.

    Raises SignOnProblem where the school lets none of these in.
    """
    identity = session.scalar(identity_of(provider, claims["sub"]))
    if identity is not None:
        account = identity.account
    else:
        _check_domain(provider, claims)
        account = _by_email(provider, claims) or _new(provider, claims)
        _add_identity(provider, account, claims["sub"])
        audit.record("sso.joined", school_id=account.school_id, actor_id=account.id, object_id=account.id)
    if account.suspended_at is not None or account.erased_at is not None:
        raise SignOnProblem("locked_out")
    _take_role(provider, account, claims)
    provider.used_at, provider.problem = now(), ""
    return account


def join(provider: Provider, account: Account, claims: dict[str, Any]) -> None:
    """From now on somebody who is signed in signs in this way, too."""
    if account.school_id != provider.school_id:
        raise SignOnProblem("not_of_school")
    identity = session.scalar(identity_of(provider, claims["sub"]))
    if identity is not None and identity.account_id != account.id:
        raise SignOnProblem("belongs_to_other")
    if identity is None:
        _check_domain(provider, claims)
        _add_identity(provider, account, claims["sub"])
        audit.record("sso.joined", school_id=account.school_id, actor_id=account.id, object_id=account.id)


def _verified_email(claims: dict[str, Any]) -> str:
    """The address, unless the provider says that it has not been checked."""
    email = claims.get("email")
    if not isinstance(email, str) or "@" not in email or len(email) > 254:
        return ""
    verified = claims.get("email_verified")
    return email if verified is True or verified == "true" else ""


def _check_domain(provider: Provider, claims: dict[str, Any]) -> None:
    domains = {domain.lower().lstrip("@") for domain in provider.domains.split()}
    if not domains:
        return
    hosted = claims.get("hd")
    if provider.preset == "google" and not (isinstance(hosted, str) and hosted.lower() in domains):
        raise SignOnProblem("not_of_school")
    if _verified_email(claims).rpartition("@")[2].lower() not in domains:
        raise SignOnProblem("not_of_school")


def _by_email(provider: Provider, claims: dict[str, Any]) -> Account | None:
    email = _verified_email(claims)
    if not provider.trusts_email or not email:
        return None
    found = session.scalars(by_email(provider.school_id, email)).all()
    return found[0] if len(found) == 1 else None


def _new(provider: Provider, claims: dict[str, Any]) -> Account:
    if not provider.adds_people:
        raise SignOnProblem("no_account")
    account = Account(
        school_id=provider.school_id, name=_name(claims), email=_verified_email(claims) or None, settings={}
    )
    session.add(account)
    session.flush()
    return account


def _name(claims: dict[str, Any]) -> str:
    """What the class reads: the name, else given and family name, never the address."""
    parts = [claims.get("given_name"), claims.get("family_name")]
    plain = " ".join(part for part in parts if isinstance(part, str))
    told = claims.get("name")
    name = " ".join((told if isinstance(told, str) and told.strip() else plain).split())
    return "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME]


def _add_identity(provider: Provider, account: Account, subject: str) -> Identity:
    return first_or_add(
        identity_of(provider, subject),
        lambda: Identity(
            account_id=account.id,
            school_id=provider.school_id,
            provider=provider_key(provider),
            subject=subject_key(subject),
        ),
    )


def _take_role(provider: Provider, account: Account, claims: dict[str, Any]) -> None:
    """Who may create courses, as the provider says at each sign-in. It never makes an admin, nor unmakes one."""
    wanted = {value.strip() for value in provider.teacher_values.split(",") if value.strip()}
    if not provider.role_claim or not wanted:
        return
    teaches = bool(wanted & _roles(claims, provider.role_claim))
    if account.may_create_courses != teaches:
        account.may_create_courses = teaches
        audit.record(
            "account.may_create_courses",
            school_id=account.school_id,
            actor_id=None,
            object_id=account.id,
            value=teaches,
        )


def _roles(claims: dict[str, Any], path: str) -> set[str]:
    """The values of a claim: by its whole name (it may be an address), else step by step."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for step in path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
    values = found if isinstance(found, list) else [found]
    return {value for value in values if isinstance(value, str)}
