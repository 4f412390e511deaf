"""Sending learning records, so that each arrives once or is listed with its reason.

Each school's store has a job of its own. What fails because of the store (away, busy, a wrong key) leaves every
record waiting and the store alone for a while, up to a day; what fails because of one record is found by sending that
batch one by one. A record has the same id however often it is sent, so an answer that got lost does no harm.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from app.core.addresses import Unreachable
from app.core.db import independent_work, session
from app.core.ids import now
from app.records.gathering import NotYet, facts_of
from app.records.models import LearningRecord, RecordEndpoint
from app.records.statements.facts import Fact

from . import posting
from .posting import Verdict

log = logging.getLogger(__name__)
BATCH = 50
SUSPICIOUS = 5
RUN_S = 25.0
CLAIM = timedelta(minutes=10)
FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 86_400.0


def send_due(endpoint_id: str) -> int:
    """Send what is due to one store; returns how many records arrived. Commits after each batch."""
    if not _claim(endpoint_id):
        return 0
    began, arrived = time.monotonic(), 0
    try:
        while time.monotonic() - began < RUN_S:
            sent = _send_batch(endpoint_id)
            if sent is None:
                break
            arrived += sent
    finally:
        with independent_work():
            _change(endpoint_id, claimed_until=None)
    session.expire_all()
    return arrived


def _claim(endpoint_id: str) -> bool:
    """Only one worker sends to a store at a time."""
    moment = now()
    with independent_work():
        done = session.execute(
            update(RecordEndpoint)
            .where(RecordEndpoint.id == endpoint_id, RecordEndpoint.state == "on")
            .where(or_(RecordEndpoint.quiet_until.is_(None), RecordEndpoint.quiet_until <= moment))
            .where(or_(RecordEndpoint.claimed_until.is_(None), RecordEndpoint.claimed_until < moment))
            .values(claimed_until=moment + CLAIM)
        )
        return bool(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult


def _send_batch(endpoint_id: str) -> int | None:
    """One batch; None when nothing more is due, or the store is to be left alone."""
    session.rollback()  # a batch reads the world as it is now
    endpoint = session.get_one(RecordEndpoint, endpoint_id, populate_existing=True)
    rows = _due(endpoint) if endpoint.state == "on" else []
    if not rows:
        return None
    told = list(zip(rows, facts_of(endpoint, rows), strict=True))
    _put_aside(
        [row.id for row, fact in told if fact is None],
        {row.id: fact.wait for row, fact in told if isinstance(fact, NotYet)},
    )
    facts = [fact for _row, fact in told if isinstance(fact, Fact)]
    return _deliver(endpoint, facts) if facts else 0


def _due(endpoint: RecordEndpoint) -> Sequence[LearningRecord]:
    return session.scalars(
        select(LearningRecord)
        .where(LearningRecord.endpoint_id == endpoint.id, LearningRecord.state == "waiting")
        .where(LearningRecord.due_at <= now())
        .order_by(LearningRecord.due_at, LearningRecord.id)
        .limit(BATCH)
    ).all()


def _put_aside(untold: list[str], later: dict[str, timedelta]) -> None:
    """Forget what is told to nobody; look again later at what cannot be told yet."""
    if not untold and not later:
        return
    with independent_work():
        session.execute(delete(LearningRecord).where(LearningRecord.id.in_(untold)))
        for record_id, wait in later.items():
            session.execute(
                update(LearningRecord).where(LearningRecord.id == record_id).values(due_at=now() + wait)
            )


def _deliver(endpoint: RecordEndpoint, facts: list[Fact]) -> int | None:
    """Send facts together; one by one where the store does not like one of them."""
    verdict = _asked(endpoint, facts)
    if verdict.outcome == "refused" and len(facts) > 1:
        return _one_by_one(endpoint, facts)
    with independent_work():
        return _settle(endpoint.id, endpoint.failures, [fact.id for fact in facts], verdict)


def _one_by_one(endpoint: RecordEndpoint, facts: list[Fact]) -> int | None:
    """Find the record that is at fault. Where none of the first is accepted, the fault is the store's."""
    arrived = 0
    for number, fact in enumerate(facts, 1):
        one = _deliver(endpoint, [fact])
        if one is None:
            return None
        arrived += one
        if number == SUSPICIOUS and not arrived:
            with independent_work():
                return _settle(endpoint.id, endpoint.failures, [], Verdict("away", "not_accepted"))
    return arrived


def _asked(endpoint: RecordEndpoint, facts: list[Fact]) -> Verdict:
    try:
        return posting.post(endpoint, facts)
    except Unreachable as problem:
        return Verdict("away", problem.code[:40])


def _settle(endpoint_id: str, failures: int, ids: list[str], verdict: Verdict) -> int | None:
    """Write down what became of records, at once and by itself."""
    moment = now()
    if verdict.outcome == "away":
        wait = max(_own_wait(failures), verdict.wait_s)
        log.info("learning records of %s: %s", endpoint_id, verdict.problem)
        _change(
            endpoint_id,
            failures=RecordEndpoint.failures + 1,
            quiet_until=moment + timedelta(seconds=min(wait, LONGEST_WAIT_S)),
            problem=verdict.problem,
            problem_at=moment,
        )
        return None
    rows = LearningRecord.id.in_(ids)
    if verdict.outcome == "refused":
        session.execute(update(LearningRecord).where(rows).values(state="refused", problem=verdict.problem))
        return 0
    session.execute(delete(LearningRecord).where(rows))
    healthy = {"failures": 0, "quiet_until": None, "problem": ""}
    _change(endpoint_id, sent=RecordEndpoint.sent + len(ids), sent_at=moment, **healthy)
    return len(ids)


def _own_wait(failures: int) -> float:
    return float(FIRST_WAIT_S * 2 ** min(failures, 12))


def _change(endpoint_id: str, **values: object) -> None:
    session.execute(update(RecordEndpoint).where(RecordEndpoint.id == endpoint_id).values(**values))


def quiet_for(endpoint: RecordEndpoint) -> datetime | None:
    """Until when the store is left alone, if it is."""
    return endpoint.quiet_until if endpoint.quiet_until and endpoint.quiet_until > now() else None
