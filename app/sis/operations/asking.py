"""A OneRoster service is asked; what it says becomes an import like one that was uploaded."""

import tempfile
from datetime import datetime, timedelta

from app.core import audit, storage
from app.core.db import session
from app.core.hosts import host_of
from app.core.ids import now
from app.core.jobs import after_commit
from app.core.sealing import unseal
from app.sis import jobs
from app.sis.models import RosterImport, RosterService
from app.sis.service import Service, ServiceProblem
from app.sis.zipping import write

from .uploading import MOST_BYTES, forget_file

IN_MEMORY = 8 << 20
WHOLE_AFTER = timedelta(days=7)
MARGIN = timedelta(minutes=10)


def ask(row: RosterService, *, by_night: bool) -> RosterImport:
    """Ask for everything, or for what changed since the last time that was taken over. Raises ServiceProblem."""
    began = now()
    since = _since(row, began)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as target:
        write(_service(row), target, since)
        target.seek(0)
        file = storage.store(
            target,
            school_id=row.school_id,
            name="oneroster.zip",
            media_type="application/zip",
            limit=MOST_BYTES,
        )
    made = RosterImport(
        school_id=row.school_id,
        kind="oneroster",
        file_id=file.id,
        options={"match_email": row.match_email, "by_night": by_night, "asked_at": began.isoformat()},
    )
    session.add(made)
    session.flush()
    _drop_last(row)
    row.import_id, row.asked_at, row.problem, row.problem_value = made.id, began, "", ""
    row.whole_at = row.whole_at if since else began
    audit.record("roster.fetched", school_id=row.school_id, actor_id=None, object_id=made.id)
    after_commit(jobs.look, made.id)
    return made


def _drop_last(row: RosterService) -> None:
    """What came last time and waits is out of date now: it must not be taken over after this one."""
    last = session.get(RosterImport, row.import_id) if row.import_id else None
    if last is not None and last.state in ("ready", "failed"):
        last.state = "dropped"
        forget_file(last)


def _since(row: RosterService, moment: datetime) -> str:
    """From when changes are asked for; nothing where everything is. Once a week everything is."""
    last = session.get(RosterImport, row.import_id) if row.import_id else None
    is_whole = row.whole_at is None or moment - row.whole_at > WHOLE_AFTER
    if last is None or last.state != "done" or is_whole:
        return ""
    since = datetime.fromisoformat(last.options["asked_at"]) - MARGIN
    return since.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _service(row: RosterService) -> Service:
    secret = unseal(row.secret)
    if secret is None:
        raise ServiceProblem("service_secret")
    hosts = sorted({host_of(url) for url in (row.base_url, row.token_url)})
    return Service(row.base_url, row.token_url, row.client_id, secret, hosts)


def take_over_by_night(row: RosterImport) -> None:
    """Take over what came by night, unless so many would leave that somebody has to look at it first."""
    if row.problems or row.summary.get("drastic"):
        return
    row.state = "confirmed"
    audit.record("roster.confirmed", school_id=row.school_id, actor_id=None, object_id=row.id)
    after_commit(jobs.take_over, row.id)
