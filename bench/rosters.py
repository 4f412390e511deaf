"""A whole school comes in as a OneRoster file of 20,000 lines, through the same worker jobs as an upload.

``python -m bench.rosters`` does the part inside the application and prints what it found as JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO

from app import create_app
from app.accounts.models import Account
from app.core import storage
from app.core.db import session, unit_of_work
from app.core.jobs import Job
from app.core.policy import Viewer
from app.sis import jobs
from app.sis.models import RosterImport
from app.sis.operations import uploading
from tests.sis.rosters import enrolled, group, person, school, zipped

from .figures import Figure
from .server import PYTHON, ROOT, Server

PEOPLE, CLASSES, ENROLLMENTS = 5_000, 200, 14_800


def measure(server: Server) -> Iterator[Figure]:
    """Looking at the roster, taking it over, and looking at it once more."""
    command = [PYTHON, "-m", "bench.rosters"]
    done = subprocess.run(
        command, cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=600, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    lines = PEOPLE + CLASSES + ENROLLMENTS
    yield Figure(f"OneRoster of {lines} lines: what would change", found["look"], "s")
    yield Figure(f"OneRoster of {lines} lines: all of it", found["look"] + found["take_over"], "s", most=30)
    yield Figure("the same again: what would change", found["again"], "s", most=30)


def _roster() -> bytes:
    """A school whose pupils are in three classes each; every class has a teacher."""
    teachers = [person(f"t{n}", "Teacher", str(n), "teacher") for n in range(CLASSES)]
    pupils = [person(f"p{n}", "Pupil", str(n), email=f"p{n}@school.example") for n in range(PEOPLE - CLASSES)]
    members = [enrolled(f"et{n}", f"c{n}", f"t{n}", "teacher") for n in range(CLASSES)]
    for number in range(ENROLLMENTS - CLASSES):
        pupil, turn = number % len(pupils), number // len(pupils)
        members.append(enrolled(f"e{number}", f"c{(pupil + 7 * turn) % CLASSES}", f"p{pupil}"))
    classes = [group(f"c{n}", f"Class {n}") for n in range(CLASSES)]
    return zipped(school(users=[*teachers, *pupils], classes=classes, enrollments=members))


def _timed(job: Job, import_id: str) -> float:
    begun = time.perf_counter()
    job.now(import_id)
    return time.perf_counter() - begun


def _upload(viewer: Viewer, data: bytes) -> str:
    """As an upload, without its nudge: the jobs are run and timed here."""
    with unit_of_work():
        file = storage.store(
            BytesIO(data),
            school_id=viewer.school_id,
            name="roster.zip",
            media_type="",
            limit=uploading.MOST_BYTES,
        )
        row = RosterImport(
            school_id=viewer.school_id, kind="oneroster", file_id=file.id, created_by=viewer.account_id
        )
        session.add(row)
        session.flush()
        return row.id


def _state(import_id: str, state: str, wanted: str) -> None:
    session.expire_all()
    row = session.get_one(RosterImport, import_id)
    if row.state != wanted:
        raise RuntimeError(f"{row.state}: {row.problems[:3]}")
    with unit_of_work():
        row.state = state


def main() -> None:
    """Look, take over, look again."""
    with create_app().app_context():
        account = session.query(Account).order_by(Account.id).first()
        if account is None:
            raise RuntimeError("nobody is here")
        viewer, data = Viewer(account_id=account.id, school_id=account.school_id), _roster()
        first = _upload(viewer, data)
        found = {"look": _timed(jobs.look, first)}
        _state(first, "confirmed", "ready")
        found["take_over"] = _timed(jobs.take_over, first)
        _state(first, "done", "done")
        second = _upload(viewer, data)
        found["again"] = _timed(jobs.look, second)
        _state(second, "dropped", "ready")
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
