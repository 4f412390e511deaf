"""Sending grades to an LMS, so that every one arrives or is listed with its reason.

For each link the LMS's own grades are read first: a grade that is not the one we sent is somebody's decision and is
not touched without asking. Then one score at a time, each written down before the next. After five failures in a row
the LMS is left alone for a while; other LMSs have jobs of their own.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.core.addresses import Unreachable
from app.core.db import independent_work, session
from app.core.ids import now
from app.lti.models import Context, Passback, Registration, ResourceLink
from app.lti.protocol import grades
from app.lti.protocol.grades import Verdict

from . import books
from .grading import GIVES_UP_AFTER, NOTICED

log = logging.getLogger(__name__)
SICK_AFTER = 5
RUN_S = 25.0
AT_ONCE = 500
EXACT = 0.0001


def send_due(registration_id: str) -> int:
    """Send what is due for one LMS; returns how many grades were looked at. Commits after each."""
    registration = session.get(Registration, registration_id)
    if registration is None or registration.state != "active":
        return 0
    rows = _due(registration_id)
    by_link: dict[str, list[str]] = {}
    for row in rows:
        by_link.setdefault(row.resource_link_id, []).append(row.id)
    run = _Run(registration)
    for link_id, ids in by_link.items():
        run.link(link_id, ids)
    return len(rows)


def _due(registration_id: str) -> Sequence[Passback]:
    return session.scalars(
        select(Passback)
        .join(ResourceLink, ResourceLink.id == Passback.resource_link_id)
        .join(Context, Context.id == ResourceLink.lti_context_id)
        .where(Context.registration_id == registration_id)
        .where(Passback.state == "waiting", Passback.due_at <= now())
        .order_by(Passback.due_at)
        .limit(AT_ONCE)
    ).all()


class _Run:
    """One visit to an LMS: how it feels, and since when."""

    def __init__(self, registration: Registration) -> None:
        self.registration = registration
        self.failures = 0
        self.began = time.monotonic()

    @property
    def is_over(self) -> bool:
        """Leave the LMS alone: it failed five times in a row, or is slow and fails."""
        slow = self.failures > 0 and time.monotonic() - self.began > RUN_S
        return self.failures >= SICK_AFTER or slow

    def link(self, link_id: str, ids: list[str]) -> None:
        """All due grades of one link."""
        link = session.get_one(ResourceLink, link_id)
        try:
            book = books.book_of(link, [session.get_one(Passback, one) for one in ids])
        except Unreachable as problem:
            self.failures += 1
            for passback_id in ids:
                _settle(passback_id, self._unreachable(problem))
            return
        for passback_id in ids:
            if self.is_over:
                _settle(passback_id, Verdict("again", "lms_sick", 60.0))
            else:
                self.one(passback_id, book)

    def one(self, passback_id: str, book: books.Book) -> None:
        """One grade: decide, send, write down."""
        row = session.get_one(Passback, passback_id)
        attempts, points = row.attempts, row.points
        if not book.knows(row):
            _settle(passback_id, Verdict("refused", book.unknown))
            return
        try:
            there = book.holds(row)
            before = _before_sending(row, there)
            if before is not None:
                _settle(passback_id, before, found=there)
                return
            made_at = _claimed(row)
            if made_at is None:
                return
            verdict = book.put(row, made_at)
        except Unreachable as problem:
            self.failures += 1
            _settle(passback_id, self._unreachable(problem, attempts))
            return
        self.failures = self.failures + 1 if verdict.outcome == "again" else 0
        _settle(passback_id, verdict, points=points)

    def _unreachable(self, problem: Unreachable, attempts: int = 0) -> Verdict:
        log.info("LMS %s: %s", self.registration.id, problem.code)
        if problem.code in ("column_gone", "no_column", "foreign_host"):
            return Verdict("refused", problem.code)
        return Verdict("again", problem.code[:40], grades.wait(attempts))


def _claimed(row: Passback) -> datetime | None:
    """The moment of this score, written down before it is sent; None if another worker is sending it just now."""
    passback_id, last = row.id, row.stamped_at
    made_at = grades.timestamp(now(), last)
    with independent_work():
        done = session.execute(
            update(Passback)
            .where(Passback.id == passback_id, Passback.state == "waiting")
            .where(Passback.stamped_at.is_(None) if last is None else Passback.stamped_at == last)
            .values(stamped_at=made_at)
        )
        claimed = done.rowcount == 1  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
    return made_at if claimed else None


def _before_sending(row: Passback, there: float | None) -> Verdict | None:
    """Does the LMS hold a grade that is not ours? One that equals ours has arrived, whatever we heard."""
    if grades.too_soon(now(), row.stamped_at) > 0:
        return Verdict("later", row.problem, 1.0)
    if there is None:
        return None
    ours = row.points / row.maximum if row.maximum else 0.0
    sent = row.sent_points / row.maximum if row.sent_points is not None and row.maximum else None
    only_words_changed = sent is not None and abs(sent - ours) < NOTICED and bool(row.comment)
    nearly = (
        NOTICED if row.stamped_at else EXACT
    )  # an LMS may round what we sent; a grade of its own is not ours
    if abs(there - ours) < nearly and not only_words_changed:
        return Verdict("sent")
    if row.forced or (sent is not None and abs(there - sent) < NOTICED):
        return None
    return Verdict("overridden", "lms_has_other")


def _settle(
    passback_id: str, verdict: Verdict, *, points: float | None = None, found: float | None = None
) -> None:
    """Write down what became of a grade, at once and by itself."""
    with independent_work():
        row = session.get_one(Passback, passback_id)
        if row.state != "waiting":
            return  # another worker has written down what became of it
        moment = now()
        row.problem = verdict.problem
        row.first_tried_at = row.first_tried_at or moment
        if verdict.outcome == "later":
            row.due_at = moment + timedelta(seconds=verdict.wait_s)
        elif verdict.outcome == "again":
            row.attempts += 1
            row.due_at = moment + timedelta(seconds=verdict.wait_s)
            if moment - row.first_tried_at > GIVES_UP_AFTER:
                row.state = "refused"
        elif points is not None and row.points != points and verdict.outcome == "sent":
            row.sent_at, row.sent_points = moment, points  # it changed meanwhile: the new one waits
        else:
            row.state = verdict.outcome
        if verdict.outcome == "sent" and row.state == "sent":
            row.sent_at, row.sent_points, row.forced = moment, row.points, False
        if verdict.outcome == "overridden" and found is not None:
            row.found_points = round(found * row.maximum, 2)
    session.expire_all()
