"""When a document is corrected, its annotations and marks find their place in the new version."""

from collections.abc import Sequence

from sqlalchemy import select

from annotators.selectors import (
    SELECTORS,
    FragmentSelector,
    Selector,
    TextPositionSelector,
    TextQuoteSelector,
    pick,
)
from app.assignments.models import Assignment
from app.core.db import session
from app.documents.anchoring import CurrentVersion, find_place
from app.documents.models import Document, DocumentVersion
from app.documents.versions import Outcome, Plan, reanchors

from .models import Annotation, Mark
from .operations.edit import read_anew, tell
from .queries import annotations_of

Found = dict[str, tuple[float | None, float | None]]


@reanchors
def move_annotations(document: Document, version: DocumentVersion) -> Plan:
    """Annotations move with their words, replies with their thread; orphans stay, shown as such."""
    assignments = _assignments(document)
    stale = [
        one
        for assignment_id in assignments
        for one in session.scalars(
            annotations_of(assignment_id).where(Annotation.version_id != version.id).order_by(Annotation.id)
        )
    ]
    found = _find(document, version, stale)
    outcomes = [_outcome("annotation", one, found[one.id]) for one in stale if one.selectors]
    return Plan(outcomes, lambda: _move_annotations(stale, found, version.id))


@reanchors
def move_marks(document: Document, version: DocumentVersion) -> Plan:
    """Marks move likewise."""
    stale = list(
        session.scalars(
            select(Mark)
            .where(Mark.assignment_id.in_(_assignments(document)), Mark.version_id != version.id)
            .where(Mark.deleted_at.is_(None))
            .order_by(Mark.id)
        )
    )
    found = _find(document, version, stale)
    outcomes = [_outcome("mark", one, found[one.id]) for one in stale]
    return Plan(outcomes, lambda: _move_marks(stale, found, version.id))


def _assignments(document: Document) -> list[str]:
    return list(
        session.scalars(
            select(Assignment.id).where(Assignment.document_id == document.id).order_by(Assignment.id)
        )
    )


def _find(
    document: Document, version: DocumentVersion, things: Sequence[Annotation] | Sequence[Mark]
) -> Found:
    """Where each thing with selectors of its own points in the new version."""
    new = CurrentVersion(version.id, document.id, document.medium, version.length)
    found: Found = {}
    for thing in things:
        if thing.selectors:
            place = find_place(new, _with_old_place(thing))
            found[thing.id] = (place.start, place.end)
    return found


def _with_old_place(thing: Annotation | Mark) -> list[Selector]:
    """Its selectors, with where it stood until now: a quote alone must not move to an equal one elsewhere."""
    selectors = SELECTORS.validate_python(thing.selectors)
    bare = pick(selectors, TextQuoteSelector) and not pick(selectors, TextPositionSelector)
    if bare and thing.start is not None and thing.end is not None and not pick(selectors, FragmentSelector):
        return [*selectors, TextPositionSelector(start=int(thing.start), end=int(thing.end))]
    return selectors


def _outcome(kind: str, thing: Annotation | Mark, place: tuple[float | None, float | None]) -> Outcome:
    quote = pick(SELECTORS.validate_python(thing.selectors), TextQuoteSelector)
    kept = place == (thing.start, thing.end)
    return Outcome(
        kind="mark" if kind == "mark" else "annotation",
        id=thing.id,
        assignment_id=thing.assignment_id,
        became="kept" if kept else "lost" if place[0] is None else "moved",
        quote=quote.exact if quote else "",
    )


def _move_annotations(stale: Sequence[Annotation], found: Found, version_id: str) -> None:
    for one in map(read_anew, stale):
        place = found.get(one.id) or found.get(one.thread_id or "") or (one.start, one.end)
        moved = place != (one.start, one.end)
        one.version_id, (one.start, one.end) = version_id, place
        if moved:
            tell(one, "annotation.updated")


def _move_marks(stale: Sequence[Mark], found: Found, version_id: str) -> None:
    for mark in map(session.merge, stale):
        mark.version_id, (mark.start, mark.end) = version_id, found[mark.id]
