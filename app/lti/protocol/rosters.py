"""Names and Role Provisioning Services 2.0: who is in an LMS's course."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .groups import enrolled_in
from .roles import Standing, standing
from .shapes import LONGEST_ID

ACCEPT = {"Accept": "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"}
PAGE = 500
MOST_PAGES = 100


@dataclass(frozen=True)
class Listed:
    """One person of a roster. ``is_active`` is false for those whom the LMS calls inactive or deleted."""

    subject: str
    name: str
    email: str
    means: Standing
    is_active: bool
    groups: tuple[str, ...] = ()


def first_page(members_url: str) -> str:
    """Where to begin: pages of a size that no LMS minds."""
    parts = urlsplit(members_url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "limit"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("limit", str(PAGE))])))


def listed(container: Mapping[str, Any]) -> list[Listed]:
    """The people of one page; whoever has no id cannot be told apart and is left out."""
    members = container.get("members")
    return [_listed(each) for each in members if _has_id(each)] if isinstance(members, list) else []


def _has_id(member: object) -> bool:
    subject = member.get("user_id") if isinstance(member, dict) else None
    return isinstance(subject, str) and 0 < len(subject) <= LONGEST_ID


def _listed(member: Mapping[str, Any]) -> Listed:
    parts = (_words(member.get("given_name")), _words(member.get("family_name")))
    roles = member.get("roles")
    return Listed(
        subject=member["user_id"],
        name=_words(member.get("name")) or " ".join(part for part in parts if part),
        email=_words(member.get("email")),
        means=standing(roles if isinstance(roles, list) else []),
        is_active=str(member.get("status") or "Active").lower() == "active",
        groups=enrolled_in(member.get("group_enrollments")),
    )


def _words(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:200]
