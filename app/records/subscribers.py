"""Takes a note of each deed that the school's store of learning records wants, in the deed's own transaction."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import bindparam, insert, select

from app.assignments.models import Assignment
from app.core.db import ask, session, table_of
from app.core.events import HEARERS, Deeds
from app.core.ids import now
from app.courses.models import Course

from .models import LearningRecord, RecordEndpoint

SETTLES_AFTER = timedelta(minutes=3)
"""A stretch that is being watched grows; it is told once it has ended. A score changes with every annotation."""


_ENDPOINTS, _COURSES, _ASSIGNMENTS = table_of(RecordEndpoint), table_of(Course), table_of(Assignment)
# Asked by every post, so built once.
_LISTENING = (
    select(_ENDPOINTS.c.id, _ENDPOINTS.c.sends)
    .join(_COURSES, _COURSES.c.school_id == _ENDPOINTS.c.school_id)
    .join(_ASSIGNMENTS, _ASSIGNMENTS.c.course_id == _COURSES.c.id)
    .where(_ASSIGNMENTS.c.id == bindparam("assignment_id"), _ENDPOINTS.c.state == "on")
)


def hear(kind: str, assignment_id: str, deeds: Deeds) -> None:
    """Note deeds for sending; nothing where learning records are off, as they are at first."""
    endpoint = ask(_LISTENING, {"assignment_id": assignment_id}).first()
    if endpoint is None or kind not in endpoint.sends:
        return
    noted = _scores_that_wait(endpoint.id, assignment_id) if kind == "scored" else set()
    moment = now()
    settled = moment + SETTLES_AFTER if kind in ("watched", "scored") else moment
    rows = [
        {
            # Of version 4, as both standards advise.
            "id": str(uuid4()),
            "endpoint_id": endpoint.id,
            "kind": kind,
            "assignment_id": assignment_id,
            "object_id": object_id,
            "account_id": account_id,
            "happened_at": moment,
            "due_at": settled,
        }
        for object_id, account_id in deeds
        if account_id not in noted
    ]
    if rows:
        session.execute(insert(LearningRecord), rows)


def _scores_that_wait(endpoint_id: str, assignment_id: str) -> set[str]:
    """Whose score is on its way already: what is sent is the newest then."""
    return set(
        session.scalars(
            select(LearningRecord.account_id).where(
                LearningRecord.endpoint_id == endpoint_id,
                LearningRecord.assignment_id == assignment_id,
                LearningRecord.kind == "scored",
                LearningRecord.state == "waiting",
            )
        )
    )


def init_app(_app: object) -> None:
    """Hear what features below tell."""
    if hear not in HEARERS:
        HEARERS.append(hear)
