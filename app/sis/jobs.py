"""What the worker does with rosters. The state of the row is the claim: who changes it first does the work."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import or_, select, update

from app.core.db import independent_work, session
from app.core.ids import now
from app.core.jobs import job, sweep

from .models import RosterImport, RosterService
from .service import ServiceProblem
from .tables import Unreadable

log = logging.getLogger(__name__)
STALE = timedelta(minutes=10)
KEPT = timedelta(days=7)
SMALL_HOURS = range(1, 5)


@job(retries=0)
def look(import_id: str) -> None:
    """Find out what a roster would change."""
    from .operations import looking  # it queues this job, so it is imported when everything is there

    _work(import_id, "waiting", "reading", lambda row: looking.look(row, _reporter(row.id)), "ready")


@job(retries=0)
def take_over(import_id: str) -> None:
    """Take a confirmed roster over, all of it or nothing."""
    from .operations import applying  # as above

    _work(import_id, "confirmed", "applying", lambda row: applying.take_over(row, _reporter(row.id)), "done")


def _work(
    import_id: str, from_state: str, state: str, deed: Callable[[RosterImport], None], end: str
) -> None:
    if not _claim(import_id, from_state, state):
        return
    row = session.get_one(RosterImport, import_id, populate_existing=True)
    try:
        deed(row)
        row.state, row.touched_at, row.progress = end, None, 1.0
        session.flush()
    except Unreadable as error:
        _failed(import_id, error.code, error.value)
    except Exception:  # whatever it is, nothing of it stays, and the admin is told
        log.exception("roster %s could not be taken", import_id)
        _failed(import_id, "own_fault", "")


def _claim(import_id: str, from_state: str, state: str) -> bool:
    with independent_work():
        claimed = session.execute(
            update(RosterImport)
            .where(RosterImport.id == import_id, RosterImport.state == from_state)
            .values(state=state, touched_at=now(), progress=0.0)
        )
        return bool(claimed.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def _failed(import_id: str, code: str, value: str) -> None:
    session.rollback()
    row = session.get_one(RosterImport, import_id, populate_existing=True)
    row.state, row.touched_at, row.problems = "failed", None, [["", 0, code, value]]


def _reporter(import_id: str) -> Callable[[float], None]:
    """Progress is written beside the work, which writes nothing itself until its end."""

    def report(part: float) -> None:
        with independent_work():
            session.execute(
                update(RosterImport)
                .where(RosterImport.id == import_id)
                .values(progress=part, touched_at=now())
            )

    return report


@job(retries=0)
def ask_service(service_id: str, by_night: str = "") -> None:
    """Ask a school's OneRoster service; what it says is looked at like an upload."""
    from .operations import asking  # as above

    quiet = now() - STALE
    with independent_work():
        claimed = session.execute(
            update(RosterService)
            .where(RosterService.id == service_id)
            .where(or_(RosterService.touched_at.is_(None), RosterService.touched_at < quiet))
            .values(touched_at=now())
        )
    if not claimed.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
        return
    row = session.get_one(RosterService, service_id, populate_existing=True)
    try:
        asking.ask(row, by_night=bool(by_night))
        row.touched_at = None
        session.flush()
    except ServiceProblem as error:
        _not_asked(service_id, error.code, error.value)
    except Exception:  # whatever it is, the admin is told
        log.exception("the roster service %s could not be asked", service_id)
        _not_asked(service_id, "own_fault", "")


def _not_asked(service_id: str, code: str, value: str) -> None:
    session.rollback()
    values = {"problem": code, "problem_value": value, "asked_at": now(), "touched_at": None}
    session.execute(update(RosterService).where(RosterService.id == service_id).values(**values))


@sweep(seconds=600)
def ask_by_night() -> None:
    """Ask the services whose schools want it, once in the small hours (UTC)."""
    if now().hour not in SMALL_HOURS:
        return
    before = now() - timedelta(hours=20)
    due = select(RosterService.id).where(RosterService.nightly)
    for service_id in session.scalars(
        due.where(or_(RosterService.asked_at.is_(None), RosterService.asked_at < before))
    ):
        ask_service(service_id, "1")


@sweep(seconds=60)
def go_on_by_night() -> None:
    """Take over what came by night and is as it should be; the rest waits for an admin."""
    from .operations import asking  # as above

    waiting = select(RosterImport).join(RosterService, RosterService.import_id == RosterImport.id)
    for row in session.scalars(waiting.where(RosterImport.state == "ready")):
        if row.options.get("by_night"):
            asking.take_over_by_night(row)


@sweep(seconds=60)
def resume() -> None:
    """Imports that no worker heard of, or whose worker died: begun again, since nothing of them was kept."""
    quiet = now() - STALE
    again = {"reading": "waiting", "applying": "confirmed"}
    for state, before in again.items():
        stuck = update(RosterImport).where(RosterImport.state == state, RosterImport.touched_at < quiet)
        session.execute(stuck.values(state=before, touched_at=None))
    forgotten = select(RosterImport).where(
        RosterImport.state.in_(("waiting", "confirmed")),
        or_(RosterImport.touched_at.is_(None), RosterImport.touched_at < quiet),
    )
    for row in session.scalars(forgotten.limit(20)):
        (look if row.state == "waiting" else take_over)(row.id)


@sweep(seconds=6 * 3600)
def forget_old() -> None:
    """Uploads that nobody took over are dropped after a week: they hold the names of a whole school."""
    from .operations import uploading  # as above

    old = select(RosterImport).where(
        RosterImport.file_id.is_not(None),
        RosterImport.created_at < now() - KEPT,
        RosterImport.state.in_(("mapping", "ready", "failed")),
    )
    for row in session.scalars(old):
        row.state = "dropped"
        uploading.forget_file(row)
