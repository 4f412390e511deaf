"""The grade book of an LMS for one link, whichever version of LTI it speaks: what it holds, and putting one in."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from app.accounts.models import Account
from app.core.addresses import Unreachable
from app.core.db import first_or_add, session
from app.core.hosts import belongs
from app.core.ids import now
from app.core.outbound import Answer
from app.core.outgoing import send
from app.core.sealing import unseal
from app.lti.models import Context, Outcome, Passback, ResourceLink
from app.lti.protocol import grades, outcomes
from app.lti.protocol.grades import Verdict
from app.lti.protocol.messages import Launch
from app.lti.protocol.quirks import of_platform

from . import columns
from .calling import call, forget
from .grading import wait
from .people import subjects_of

NOT_OPENED = "not_opened_there"


class Book(Protocol):
    """What sending needs of a grade book. ``unknown`` is the problem of somebody it has no place for."""

    unknown: str

    def knows(self, row: Passback) -> bool:
        """Has it a place for this person?"""

    def holds(self, row: Passback) -> float | None:
        """The share that it holds now; None for none, or where it does not say. Raises Unreachable."""

    def put(self, row: Passback, made_at: datetime) -> Verdict:
        """Put the row's points in. Raises Unreachable."""


def book_of(link: ResourceLink, rows: list[Passback]) -> Book:
    """The grade book behind a link; raises Unreachable where it cannot be opened."""
    old = link.context.registration.version == "1.1"
    return _Basic(link, rows) if old else _Advantage(link, rows)


class _Advantage:
    """Assignment and Grade Services: a column that is read whole before anything is written."""

    unknown = "lms_knows_not"

    def __init__(self, link: ResourceLink, rows: list[Passback]) -> None:
        self.registration = link.context.registration
        self.scopes = scopes_of(link.context)
        self.subjects = subjects_of(self.registration, [row.account_id for row in rows])
        self.column = columns.column_of(link, self.scopes)
        self.held = columns.held_by(link, self.column, self.scopes)

    def knows(self, row: Passback) -> bool:
        return row.account_id in self.subjects

    def holds(self, row: Passback) -> float | None:
        return None if self.held is None else self.held.get(self.subjects[row.account_id])

    def put(self, row: Passback, made_at: datetime) -> Verdict:
        attempts, quirks = row.attempts, of_platform(self.registration.platform)
        subject = self.subjects[row.account_id]
        body = grades.score(subject, row.points, row.maximum, made_at, comment=row.comment, quirks=quirks)
        url = grades.below(self.column, "scores")
        answer = call(self.registration, self.scopes, "POST", url, body=body, headers=grades.SCORE_TYPE)
        verdict = grades.verdict(answer.status, answer.headers, attempts, now())
        if verdict.outcome == "token":
            forget(self.registration, self.scopes)
            return Verdict("again", verdict.problem, grades.wait(attempts))
        return verdict


class _Basic:
    """Basic Outcomes of LTI 1.1: a place for each person who has opened the link, read just before it is written."""

    unknown = NOT_OPENED

    def __init__(self, link: ResourceLink, rows: list[Passback]) -> None:
        self.registration, self.url = link.context.registration, link.line_item_url
        secret = unseal(self.registration.secret or "")
        if not self.url or secret is None:
            raise Unreachable("no_column")
        self.secret = secret
        people = [row.account_id for row in rows]
        wanted = select(Outcome).where(Outcome.resource_link_id == link.id, Outcome.account_id.in_(people))
        self.places = {row.account_id: row.sourced_id for row in session.scalars(wanted)}

    def knows(self, row: Passback) -> bool:
        return row.account_id in self.places

    def holds(self, row: Passback) -> float | None:
        return outcomes.read(self._asked(outcomes.read_result(self.places[row.account_id])).body).share

    def put(self, row: Passback, made_at: datetime) -> Verdict:
        share = row.points / row.maximum if row.maximum else 0.0
        attempts = row.attempts
        answer = self._asked(outcomes.replace_result(self.places[row.account_id], share, row.comment))
        return outcomes.judged(answer.status, answer.headers, answer.body, attempts, made_at)

    def _asked(self, body: bytes) -> Answer:
        headers = outcomes.signed(self.url, body, self.registration.client_id, self.secret)
        return send("POST", self.url, body=body, headers=headers, hosts=self.registration.hosts)


def note_place(link: ResourceLink, account: Account, launch: Launch) -> None:
    """Keep where an LTI 1.1 launch says that this person's grade goes; a grade that waited for it is sent."""
    if not launch.outcome_id or not belongs(launch.outcome_url, link.context.registration.hosts):
        return
    if link.line_item_url != launch.outcome_url:
        link.line_item_url = launch.outcome_url
    place = first_or_add(
        select(Outcome).where(Outcome.resource_link_id == link.id, Outcome.account_id == account.id),
        lambda: Outcome(resource_link_id=link.id, account_id=account.id, sourced_id=launch.outcome_id),
    )
    if place.sourced_id != launch.outcome_id:
        place.sourced_id = launch.outcome_id
    waiting = select(Passback).where(
        Passback.resource_link_id == link.id,
        Passback.account_id == account.id,
        Passback.state == "refused",
        Passback.problem == NOT_OPENED,
    )
    for row in session.scalars(waiting):
        wait(row, now())


def scopes_of(context: Context) -> list[str]:
    """The rights to ask for: those that launches named; all of them where none was named, and for Moodle."""
    named = set(context.scopes.split())
    if not named or of_platform(context.registration.platform).roster_downgrades:
        return list(grades.SCOPES)
    return [scope for scope in grades.SCOPES if scope in named]
