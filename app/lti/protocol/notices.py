"""Notices: what a platform tells us while nobody is there (Platform Notification Service 1.0).

Of all kinds only one is wanted: that the contents of a course were copied into another. An LMS tells where it takes
our address in each launch, and sends signed notices there, several at a time.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import names
from .problems import LtiProblem
from .shapes import address, identifier, object_in, strings

LARGEST = 1_000_000
MOST = 200
MOST_ORIGINS = 20
HANDLER = {"Content-Type": "application/json", "Accept": "application/json"}


@dataclass(frozen=True)
class Notice:
    """One notice. Of a kind other than ``CONTEXT_COPY`` the rest is empty."""

    id: str
    kind: str
    deployment_id: str
    context_id: str = ""
    origins: tuple[str, ...] = ()


def service_in(claims: Mapping[str, Any]) -> str:
    """Where a launch says that our address is taken; empty unless copies are told of and we may ask for that."""
    given = object_in(claims, names.NOTICES)
    tells = names.CONTEXT_COPY in strings(given.get("notice_types_supported"))
    may_ask = names.NOTICE_HANDLERS in strings(given.get("scope"))
    return address(given.get("platform_notification_service_url")) if tells and may_ask else ""


def handler(url: str) -> bytes:
    """What asks an LMS to send its notices of copied courses to this address."""
    return json.dumps({"notice_type": names.CONTEXT_COPY, "handler": url}).encode()


def tokens_in(body: bytes) -> list[str] | None:
    """The signed notices of a request; None if it is not one of notices."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    rows = found.get("notices") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        return None
    tokens = [row.get("jwt") if isinstance(row, dict) else None for row in rows]
    return [token if isinstance(token, str) else "" for token in tokens]


def notice(claims: Mapping[str, Any]) -> Notice:
    """Read verified claims; raises LtiProblem where something is missing that a notice must have."""
    if claims.get(f"{names.CLAIM}version") != names.VERSION:
        raise LtiProblem("message_version")
    said = object_in(claims, names.NOTICE)
    number, kind = identifier(said.get("id")), identifier(said.get("type"))
    deployment_id = identifier(claims.get(f"{names.CLAIM}deployment_id"))
    if not (number and kind and deployment_id):
        raise LtiProblem("message_incomplete", "notice")
    if kind != names.CONTEXT_COPY:
        return Notice(number, kind, deployment_id)
    context_id = identifier(object_in(claims, f"{names.CLAIM}context").get("id"))
    if not context_id:
        raise LtiProblem("message_incomplete", "context.id")
    given = strings(claims.get(names.ORIGIN_CONTEXTS))
    origins = {identifier(one) for one in given[:MOST_ORIGINS]} - {"", context_id}
    return Notice(number, kind, deployment_id, context_id, tuple(sorted(origins)))
