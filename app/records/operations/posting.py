"""One request to a store of learning records, and what its answer means."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from uuid import uuid4

from app.core import outgoing
from app.core.addresses import Unreachable
from app.core.ids import now
from app.core.sealing import unseal
from app.records.models import RecordEndpoint
from app.records.statements import caliper, xapi
from app.records.statements.facts import Fact, moment

_AWAY = {
    401: "wrong_key",
    403: "wrong_key",
    404: "wrong_address",
    405: "wrong_address",
    408: "too_slow",
    410: "wrong_address",
    429: "busy",
    503: "busy",
}


class Verdict(NamedTuple):
    """What became of a request: ``sent``, ``refused`` (the records are at fault), ``away`` (the store is)."""

    outcome: str
    problem: str = ""
    wait_s: float = 0.0


def post(endpoint: RecordEndpoint, facts: Sequence[Fact]) -> Verdict:
    """Send facts together. Raises Unreachable."""
    if endpoint.kind == "xapi":
        said: Any = [one for fact in facts for one in xapi.statements(fact)]
    else:
        events = [one for fact in facts for one in caliper.events(fact)]
        said = caliper.envelope(endpoint.home, events, moment(now()))
    return _send(endpoint, said, alone=len(facts) == 1)


def try_out(endpoint: RecordEndpoint) -> Verdict:
    """Send one record about nobody. Raises Unreachable."""
    id, at = str(uuid4()), moment(now())
    if endpoint.kind == "xapi":
        return _send(endpoint, [xapi.trial(endpoint.home, id, at)], alone=True)
    trial = caliper.trial(endpoint.home, id, at)
    return _send(endpoint, caliper.envelope(endpoint.home, [trial], at), alone=True)


def _send(endpoint: RecordEndpoint, said: Any, *, alone: bool) -> Verdict:
    headers = {"Content-Type": "application/json", "Authorization": _authorization(endpoint)}
    url = endpoint.url
    if endpoint.kind == "xapi":
        headers["X-Experience-API-Version"] = xapi.VERSION
        url = url.rstrip("/") if url.rstrip("/").endswith("/statements") else f"{url.rstrip('/')}/statements"
    answer = outgoing.send("POST", url, body=json.dumps(said).encode(), headers=headers)
    return verdict(answer.status, answer.headers.get("retry-after", ""), alone=alone)


def _authorization(endpoint: RecordEndpoint) -> str:
    secret = unseal(endpoint.secret or "") if endpoint.secret else ""
    if secret is None:
        raise Unreachable("key_unreadable")
    if endpoint.auth == "bearer":
        return f"Bearer {secret}"
    return "Basic " + base64.b64encode(f"{endpoint.username}:{secret}".encode()).decode()


def verdict(status: int, retry_after: str, *, alone: bool) -> Verdict:
    """What a status means. A conflict of one record alone: the store has had it from an earlier try."""
    if 200 <= status < 300:
        return Verdict("sent")
    if status == 409:
        return Verdict("sent") if alone else Verdict("refused", "already_there")
    if 300 <= status < 400:
        return Verdict("away", "redirected")
    if status in _AWAY or status >= 500:
        return Verdict("away", _AWAY.get(status, "broken"), _asked_for(retry_after))
    return Verdict("refused", {413: "too_large"}.get(status, "not_accepted"))


def _asked_for(retry_after: str) -> float:
    """Seconds that the store wants to be left alone."""
    if retry_after.strip().isdigit():
        return min(float(retry_after), 86_400.0)
    try:
        return max((parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0
