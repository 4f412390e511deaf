"""What an assignment's change log tells one reader: the envelopes of live updates and of catching up.

An envelope is ``{prev, head, items: [{type, seq, object}]}``. ``prev`` and ``head`` are places in the chain
of changes that *this* reader can read, so nobody can count what they may not see. A cursor also carries
a stamp of the reader's audiences: when those change (another group, another role), the chain starts anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, or_, select

from .changes import DESCRIBERS, Change
from .db import ask, session, table_of
from .policy import NOBODYS, Viewer, audiences

MOST = 500
"""Changes that one envelope may bring; who missed more loads everything anew."""

START = "0"
_COLUMNS = (
    *(Change.seq, Change.cursor, Change.type, Change.object_id, Change.owner_id),
    *(Change.audience_before, Change.audience_after, Change.created_at),
)
# What every delivery asks: built once, over the table.
_CHANGES = table_of(Change)
_LATER = (_CHANGES.c.assignment_id == bindparam("assignment_id"), _CHANGES.c.seq > bindparam("after"))
_ENTRIES_AFTER = (
    select(*(_CHANGES.c[column.key] for column in _COLUMNS))
    .where(*_LATER)
    .order_by(_CHANGES.c.seq)
    .limit(bindparam("most", type_=Integer))
)
_CHANGED_AFTER = select(_CHANGES.c.type, _CHANGES.c.object_id).where(*_LATER)
Entry = Row[Any]
Envelope = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """A viewer in one course, as the log sees them."""

    account_id: str
    audiences: frozenset[str]

    @classmethod
    def of(cls, viewer: Viewer, course_id: str) -> "Reader":
        """The reader that a viewer is in a course."""
        return cls(viewer.account_id, audiences(viewer, course_id))

    def reads(self, audience: str | None, owner_id: str | None) -> bool:
        """The same question as the annotations' ``readable``, asked of the log."""
        if audience is None or audience == NOBODYS:
            return False
        return audience in self.audiences or owner_id == self.account_id

    def hears(self, entry: Entry) -> bool:
        """Is this change part of the reader's chain?"""
        return self.reads(entry.audience_after, entry.owner_id) or self.reads(
            entry.audience_before, entry.owner_id
        )

    @property
    def condition(self) -> ColumnElement[bool]:
        """``hears`` as SQL."""
        mine = sorted(self.audiences)
        named = or_(Change.audience_after.in_(mine), Change.audience_before.in_(mine))
        somebodys = or_(
            Change.audience_after.is_not(None) & (Change.audience_after != NOBODYS),
            Change.audience_before.is_not(None) & (Change.audience_before != NOBODYS),
        )
        return or_(named, (Change.owner_id == self.account_id) & somebodys)

    @cached_property
    def stamp(self) -> str:
        """A short name for what the reader belongs to, the same for all who belong to the same."""
        shared = sorted(audience for audience in self.audiences if not audience.startswith("user:"))
        return blake2s("\n".join(shared).encode(), digest_size=6).hexdigest()

    def cursor(self, place: str) -> str:
        """A place in the chain as others see it."""
        return f"{place}.{self.stamp}"


def _log(assignment_id: str) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(Change.assignment_id == assignment_id)


def newest(reader: Reader, assignment_id: str) -> tuple[str, int]:
    """The newest place of the reader's chain: its name, and its ``seq`` (for the server only)."""
    row = session.execute(
        _log(assignment_id).where(reader.condition).order_by(Change.seq.desc()).limit(1)
    ).first()
    return (row.cursor, row.seq) if row else (START, 0)


def head_of(viewer: Viewer, course_id: str, assignment_id: str) -> str:
    """The cursor to catch up from later. Take it before reading what it stands for."""
    reader = Reader.of(viewer, course_id)
    return reader.cursor(newest(reader, assignment_id)[0])


def entries_after(assignment_id: str, seq: int, limit: int) -> Sequence[Entry]:
    """The log after a place, whoever may read it."""
    return ask(_ENTRIES_AFTER, {"assignment_id": assignment_id, "after": seq, "most": limit}).all()


def envelope_since(reader: Reader, assignment_id: str, since: str) -> Envelope:
    """What the reader has missed since a cursor; ``resync`` if too much, or no such place is known."""
    place, _dot, stamp = since.partition(".")
    seq = _seq_of(assignment_id, place) if stamp == reader.stamp else None
    if seq is None:
        return start_anew(reader, assignment_id, since)
    entries = session.execute(
        _log(assignment_id).where(Change.seq > seq, reader.condition).order_by(Change.seq).limit(MOST + 1)
    ).all()
    if len(entries) > MOST:
        return start_anew(reader, assignment_id, since)
    return envelope(reader, since, entries, Objects(assignment_id, entries))


def start_anew(reader: Reader, assignment_id: str, since: str | None) -> Envelope:
    """Tell a reader to load everything, and from where to go on then."""
    head = reader.cursor(newest(reader, assignment_id)[0])
    return {"prev": since, "head": head, "items": [], "resync": True}


def seq_of(assignment_id: str, cursor: str) -> int:
    """The place in the log that a cursor stands for (for the server only)."""
    return _seq_of(assignment_id, cursor.partition(".")[0]) or 0


def _seq_of(assignment_id: str, place: str) -> int | None:
    if place == START:
        return 0
    return session.scalar(
        select(Change.seq).where(Change.assignment_id == assignment_id, Change.cursor == place)
    )


class Objects:
    """The JSON of the things in a stretch of the log, made once for all readers.

    What changed again while it was being described is left out: the later change tells it, to whom it may.
    """

    def __init__(self, assignment_id: str, entries: Sequence[Entry]) -> None:
        ids: dict[Any, set[str]] = {}
        for entry in entries:
            ids.setdefault(DESCRIBERS.get(entry.type), set()).add(entry.object_id)
        self._known = {describer: describer(sorted(wanted)) for describer, wanted in ids.items() if describer}
        self._later = _changed_after(assignment_id, entries[-1].seq) if entries else set()

    def get(self, entry: Entry) -> dict[str, Any] | None:
        """The thing that an entry is about, if it is still there."""
        return self._known.get(DESCRIBERS.get(entry.type), {}).get(entry.object_id)

    def is_stale(self, entry: Entry) -> bool:
        """Has the thing changed after this stretch of the log?"""
        return (DESCRIBERS.get(entry.type), entry.object_id) in self._later


def _changed_after(assignment_id: str, seq: int) -> set[tuple[Any, str]]:
    """What is told anew later. A rating or a report of an annotation does not tell the annotation."""
    rows = ask(_CHANGED_AFTER, {"assignment_id": assignment_id, "after": seq})
    return {(DESCRIBERS.get(type), object_id) for type, object_id in rows}


def envelope(reader: Reader, prev: str, entries: Iterable[Entry], objects: Objects) -> Envelope:
    """The reader's envelope for a stretch of the log; several changes of one thing become one item."""
    things: dict[tuple[Any, str], list[Entry]] = {}
    head = prev
    for entry in entries:
        if reader.hears(entry):
            head = reader.cursor(entry.cursor)
            key = (DESCRIBERS.get(entry.type), entry.object_id)
            things[key] = [*things.pop(key, []), entry]  # in the order of the last change of each
    items = [item for heard in things.values() if (item := _item(reader, heard, objects))]
    return {"prev": prev, "head": head, "items": items}


def _item(reader: Reader, heard: list[Entry], objects: Objects) -> dict[str, Any] | None:
    first, last = heard[0], heard[-1]
    if objects.is_stale(last):
        return None
    thing = objects.get(last)
    seq = thing["seq"] if thing and "seq" in thing else int(last.created_at.timestamp() * 1000)
    if thing is None or not reader.reads(last.audience_after, last.owner_id):
        family = last.type.partition(".")[0].replace("endorsement", "annotation")
        return {"type": f"{family}.removed", "seq": seq, "object": {"id": last.object_id}}
    known = reader.reads(first.audience_before, first.owner_id)
    is_annotation = last.type.startswith("annotation.") or first.type.startswith("annotation.")
    type = last.type
    if is_annotation:
        type = "annotation.updated" if known else "annotation.created"
    return {"type": type, "seq": seq, "object": thing}
