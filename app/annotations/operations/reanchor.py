"""A document was corrected: find everything's place in the new version."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from annotators.selectors import SELECTORS
from app.assignments.models import Assignment
from app.core.changes import take_turn
from app.core.db import session
from app.documents.anchoring import CurrentVersion, Place, current_version, find_place

from ..models import Annotation, Mark
from ..queries.visibility import annotations_of
from .edit import tell


class Reanchored(NamedTuple):
    """How many were found where they were, which moved, and which lost their place (shown, never dropped)."""

    kept: int
    moved: list[str]
    lost: list[str]


def reanchor(document_id: str) -> Reanchored:
    """Bring the annotations and marks of a document to its current version. Running it again is harmless.

    Replies follow their thread. The caller commits; ids are those of annotations.
    """
    found = Reanchored(0, [], [])
    assignments = session.scalars(
        select(Assignment).where(Assignment.document_id == document_id).order_by(Assignment.id)
    )
    for assignment in assignments:
        version = current_version(assignment.document_id)
        if version is not None:
            found = _merged(found, _annotations(assignment, version))
            _marks(assignment, version)
    return found


def _merged(one: Reanchored, other: Reanchored) -> Reanchored:
    return Reanchored(one.kept + other.kept, one.moved + other.moved, one.lost + other.lost)


def _annotations(assignment: Assignment, version: CurrentVersion) -> Reanchored:
    stale = list(
        session.scalars(
            annotations_of(assignment.id).where(Annotation.version_id != version.id).order_by(Annotation.id)
        )
    )
    # The slow part comes first; only then is the assignment's turn taken.
    places = {one.id: _place(one.selectors, version) for one in stale if one.selectors}
    take_turn(assignment.id)
    kept = 0
    moved: list[str] = []
    lost: list[str] = []
    for one in stale:
        session.refresh(one)
        place = places.get(one.id) or places.get(one.thread_id or "") or Place()
        before = (one.start, one.end)
        one.version_id = version.id
        one.start, one.end, one.region = place.start, place.end, place.region
        if before == (place.start, place.end):
            kept += 1
            continue
        (lost if place.start is None else moved).append(one.id)
        tell(one, "annotation.updated")
    return Reanchored(kept, moved, lost)


def _place(selectors: Sequence[object], version: CurrentVersion) -> Place:
    return find_place(version, SELECTORS.validate_python(selectors))


def _marks(assignment: Assignment, version: CurrentVersion) -> None:
    stale = select(Mark).where(Mark.assignment_id == assignment.id, Mark.version_id != version.id)
    for mark in session.scalars(stale.order_by(Mark.id)):
        place = _place(mark.selectors, version)
        mark.version_id, mark.start, mark.end = version.id, place.start, place.end
