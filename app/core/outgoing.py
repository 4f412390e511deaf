"""Asking a server of the school (an LMS, a provider of sign-on), through the guard of ``outbound``."""

import json
import time
from collections.abc import Mapping
from typing import Any

from flask import current_app

from .addresses import Unreachable
from .hosts import belongs, host_of
from .outbound import Answer, Reach, ask

SECONDS = 10.0
MOST = 1_000_000
ROSTER = 5_000_000


def reach() -> Reach:
    """The public web over TLS, and what the operator named in the settings."""
    settings = current_app.config["SETTINGS"]
    return Reach.of(settings.on_premise_hosts, settings.ca_file)


def send(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = MOST,
    hosts: list[str] | None = None,
) -> Answer:
    """One request. ``hosts`` are those of the registration: nothing that a message named leads elsewhere."""
    if hosts is not None and not belongs(url, hosts):
        raise Unreachable("foreign_host", host=host_of(url)[:200])
    deadline = time.monotonic() + SECONDS
    return ask(method, url, reach(), deadline=deadline, body=body, headers=headers, most=most)


def get_json(url: str, *, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """An object of JSON; raises Unreachable for anything else."""
    answer = send("GET", url, headers={"Accept": "application/json", **(headers or {})})
    if answer.status != 200:
        raise Unreachable("bad_status", status=answer.status)
    return as_object(answer)


def as_object(answer: Answer) -> dict[str, Any]:
    """The answer's JSON object."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise Unreachable("not_json") from error
    if not isinstance(found, dict):
        raise Unreachable("not_json")
    return found
