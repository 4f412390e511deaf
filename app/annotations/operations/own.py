"""What is one's own: seen annotations, reading position, drafts, marks."""

from datetime import timedelta
from typing import Any

import orjson
from flask_babel import gettext as _
from sqlalchemy import delete, select

from annotators.selectors import dump
from app.assignments.models import Assignment
from app.core.changes import log_change
from app.core.db import session, upsert
from app.core.errors import Conflict, TooLarge
from app.core.ids import now
from app.core.policy import Viewer
from app.documents.anchoring import Place, check_source, current_version, find_place

from ..models import Annotation, Draft, Mark, ReadingState
from ..queries.visibility import visible
from ..schemas import DraftIn, MarkIn

MAX_DRAFT = 64 << 10
DRAFT_KEPT = timedelta(days=14)


def mark_seen(viewer: Viewer, assignment: Assignment, ids: list[str], position: float | None) -> None:
    """Remember annotations as seen, and where reading stopped. Two windows may say so at once."""
    row = {"assignment_id": assignment.id, "account_id": viewer.account_id, "seen": [], "modified_at": now()}
    session.execute(
        upsert(ReadingState)
        .values(**row)
        .on_conflict_do_update(
            index_elements=["assignment_id", "account_id"], set_={"modified_at": row["modified_at"]}
        )
    )
    key = (assignment.id, viewer.account_id)
    state = session.get_one(ReadingState, key, populate_existing=True)
    new = set(ids) - set(state.seen)
    if new:
        known = visible(viewer, assignment).where(Annotation.id.in_(new)).with_only_columns(Annotation.id)
        state.seen = [*state.seen, *session.scalars(known.order_by(Annotation.id))]
    if position is not None:
        state.position = position


def keep_draft(viewer: Viewer, assignment: Assignment, draft: DraftIn) -> dict[str, Any]:
    """Keep all open editors as they are now; returns them with the moment."""
    editors = draft.model_dump(mode="json", by_alias=True, exclude_none=True)["editors"]
    if len(orjson.dumps(editors)) > MAX_DRAFT:
        raise TooLarge(_("Your drafts are longer than what can be kept. Post or remove one first."))
    row = {"editors": editors, "modified_at": now()}
    session.execute(
        upsert(Draft)
        .values(assignment_id=assignment.id, account_id=viewer.account_id, **row)
        .on_conflict_do_update(index_elements=["assignment_id", "account_id"], set_=row)
    )
    return {"editors": editors, "modified": row["modified_at"]}


def forget_draft(viewer: Viewer, assignment: Assignment) -> None:
    """Forget the open editors."""
    session.execute(
        delete(Draft).where(Draft.assignment_id == assignment.id, Draft.account_id == viewer.account_id)
    )


def forget_old_drafts() -> None:
    """Forget what nobody has touched for 14 days."""
    session.execute(delete(Draft).where(Draft.modified_at < now() - DRAFT_KEPT))


def put_mark(viewer: Viewer, assignment: Assignment, mark_id: str, wanted: MarkIn) -> Mark:
    """“I'm lost here”. The browser makes the id, so that sending it again changes nothing."""
    version = current_version(assignment.document_id)
    if version is None:
        raise Conflict(_("The document of this assignment is not ready yet."), "not_ready")
    check_source(version, wanted.target.source)
    place: Place = find_place(version, wanted.target.selector)
    mark = session.get(Mark, mark_id)
    if mark is None:
        mark = Mark(id=mark_id, assignment_id=assignment.id, account_id=viewer.account_id)
        session.add(mark)
    elif (mark.account_id, mark.assignment_id) != (viewer.account_id, assignment.id):
        raise Conflict(_("This id is taken. Choose another one."), "id_taken")
    mark.version_id, mark.selectors = version.id, dump(wanted.target.selector)
    mark.start, mark.end, mark.deleted_at = place.start, place.end, None
    session.flush()
    _tell(mark, assignment)
    return mark


def _tell(mark: Mark, assignment: Assignment) -> None:
    """The mark to its owner's other windows; to everybody only that the counts are others now."""
    own, everybody = f"user:{mark.account_id}", f"course:{assignment.course_id}"
    log_change(assignment.id, "mark.changed", mark.id, before=own, after=own)
    log_change(assignment.id, "marks.changed", assignment.id, before=everybody, after=everybody)


def take_back_mark(viewer: Viewer, assignment: Assignment, mark_id: str) -> None:
    """Not lost any more; without such a mark nothing changes."""
    mark = session.scalar(
        select(Mark).where(
            Mark.id == mark_id, Mark.account_id == viewer.account_id, Mark.assignment_id == assignment.id
        )
    )
    if mark is not None and mark.deleted_at is None:
        mark.deleted_at = now()
        session.flush()
        _tell(mark, assignment)
