"""What the demo people opened, read and watched, and came back to; and what they have seen of the threads."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from annotators.fragments import parse_fragment
from annotators.selectors import FragmentSelector, TextPositionSelector, pick
from app.activity.operations import record_activity, record_opening
from app.activity.schemas import IntervalIn
from app.annotations import operations as annotating
from app.annotations.models import Annotation
from app.documents.models import Document

from .material import Discussion, Marks, Rereads, Somewhere
from .talk import Talk

PARTS = 14
"""Screenfuls of a reading."""

GAP = 0.015
"""Share of the document between two screenfuls."""

SECONDS_A_PART = 35.0
AROUND = 150.0
"""Characters around a passage that are on screen when somebody comes back to it."""


class Stretch(NamedTuple):
    """Part of a document's axis."""

    start: float
    end: float


def visit(talk: Talk, said: Discussion, annotations: list[Annotation]) -> None:
    """Everybody who took part has read, and students came back to the places that were hard for them."""
    took_part = _took_part(said)
    for number, (key, viewer) in enumerate(talk.viewers.items()):
        if key not in took_part:
            continue
        # The newest quarter is new to all: they were here before it was written.
        seen = [row.id for row in annotations[: len(annotations) * 3 // 4]]
        annotating.mark_seen(viewer, talk.assignment, seen, None)
        if viewer.role_in(talk.assignment.course_id) == "student":
            began = talk.span.part((number % 7) / 20)
            record_opening(viewer, talk.assignment, began)
            read = list(_intervals(talk, said, key, began))
            record_activity(viewer, talk.assignment, read, told_at=_end_of(read))


def _end_of(read: list[IntervalIn]) -> datetime:
    return max(one.began_at + timedelta(seconds=one.seconds) for one in read)


def _took_part(said: Discussion) -> set[str]:
    speakers = {thread.by for thread in said.threads}
    speakers |= {reply.by for thread in said.threads for reply in thread.replies}
    answered = {key for question in said.questions for key in question.answers}
    return speakers | answered | {key for marks in said.marks for key in marks.by}


def _intervals(talk: Talk, said: Discussion, key: str, began: datetime) -> Iterator[IntervalIn]:
    """Once through from the beginning to the end, then back to each place that was hard."""
    kind: Literal["read", "watch"] = "watch" if _is_film(talk.assignment.document) else "read"
    at = began
    for stretch in [*_once_through(talk, kind), *_again(talk, said, key)]:
        seconds = SECONDS_A_PART if kind == "read" else stretch.end - stretch.start
        yield IntervalIn(kind=kind, start=stretch.start, end=stretch.end, seconds=seconds, began_at=at)
        at += timedelta(seconds=seconds + 20)


def _is_film(document: Document) -> bool:
    return document.medium == "video"


def _once_through(talk: Talk, kind: str) -> Iterator[Stretch]:
    parts = 1 if kind == "watch" else PARTS
    for part in range(parts):
        # Screenfuls that touch would look as if everybody had read the line between them twice.
        yield Stretch(talk.length * part / parts, talk.length * ((part + 1) / parts - GAP))


def _again(talk: Talk, said: Discussion, key: str) -> Iterator[Stretch]:
    for thread in said.threads:
        if thread.asks and key in (thread.by, *thread.me_too):
            yield _around(talk, thread)
    silent: list[Marks | Rereads] = [*said.marks, *said.rereads]
    for place in silent:
        if key in place.by:
            yield _around(talk, place)


def _around(talk: Talk, thing: Somewhere) -> Stretch:
    selectors = talk.place(thing)
    position, fragment = pick(selectors, TextPositionSelector), pick(selectors, FragmentSelector)
    if position:
        return Stretch(max(0.0, position.start - AROUND), min(talk.length, position.end + AROUND))
    time = parse_fragment(fragment.value if fragment else "t=0")
    start = time.start or 0.0
    return Stretch(max(0.0, start - 4), min(talk.length, (time.end or start) + 1))
