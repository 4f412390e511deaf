"""The change log: what happened in an assignment, in order. Everything that tells others reads it.

Verbs write one row in the transaction that changes the thing. ``seq`` comes from one counter row per
assignment, locked until commit, so the order of ``seq`` is the order of commits. Others see only the
random ``cursor``: nobody can count what they may not read.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Index, String, bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, ask, session, table_of, upsert
from .ids import now


class ChangeHead(Model):
    """The newest ``seq`` of an assignment; the row that puts its writers in order."""

    __tablename__ = "change_head"

    assignment_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int]


class Change(Model):
    """One thing that happened: what kind, to which object, and who could read it before and after."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_cursor", "assignment_id", "cursor", unique=True),)

    assignment_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    cursor: Mapped[str] = mapped_column(String(16))
    type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(36))
    owner_id: Mapped[str | None] = mapped_column(String(36))
    audience_before: Mapped[str | None] = mapped_column(String(48))
    audience_after: Mapped[str | None] = mapped_column(String(48))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


_NOTED = insert(table_of(Change))
_HEADS = table_of(ChangeHead)
# Asked four times a second for the open pages, and after each post.
_NEWEST = select(_HEADS.c.assignment_id, _HEADS.c.seq).where(
    _HEADS.c.assignment_id.in_(bindparam("assignment_ids", expanding=True))
)


def log_change(
    assignment_id: str,
    type: str,
    object_id: str,
    *,
    owner_id: str | None = None,
    before: str | None = None,
    after: str | None = None,
) -> int:
    """Note that something happened; returns its ``seq``.

    ``before`` and ``after`` are audiences (None: nobody), ``owner_id`` is the person who reads it
    whatever its audience.
    """
    seq = _next_seq(assignment_id)
    row = {
        "assignment_id": assignment_id,
        "seq": seq,
        "cursor": secrets.token_urlsafe(9),
        "type": type,
        "object_id": object_id,
        "owner_id": owner_id,
        "audience_before": before,
        "audience_after": after,
    }
    ask(_NOTED, row)
    session.info[TOLD] = True
    return seq


def _next_seq(assignment_id: str) -> int:
    counted = _counted(session.get_bind().dialect.name)
    return int(ask(counted, {"assignment_id": assignment_id}).scalar_one())


@cache
def _counted(_dialect: str) -> Any:
    """The statement that counts on; built once for each kind of database, since every post asks for it."""
    return (
        upsert(_HEADS)
        .values(assignment_id=bindparam("assignment_id"), seq=1)
        .on_conflict_do_update(index_elements=["assignment_id"], set_={"seq": _HEADS.c.seq + 1})
        .returning(_HEADS.c.seq)
    )


def take_turn(assignment_id: str) -> None:
    """Wait until no other unit of work changes this assignment, then keep the others waiting until commit.

    Read what a decision depends on (an audience above all) after this, or the log may tell yesterday's.
    """
    session.execute(
        upsert(ChangeHead)
        .values(assignment_id=assignment_id, seq=0)
        .on_conflict_do_update(index_elements=["assignment_id"], set_={"seq": ChangeHead.seq})
    )


def heads(assignment_ids: Iterable[str]) -> dict[str, int]:
    """The newest ``seq`` of each assignment that has changed at all."""
    rows = ask(_NEWEST, {"assignment_ids": list(assignment_ids)})
    return {assignment_id: seq for assignment_id, seq in rows}


TOLD = "told"
"""Set in a session's ``info`` once the log has grown; whoever watches commits takes it out again."""

# What an envelope carries of a thing: ids in, JSON by id out; an id that is gone is left out.
Describer = Callable[[list[str]], dict[str, dict[str, Any]]]
DESCRIBERS: dict[str, Describer] = {}


def describes(*types: str) -> Callable[[Describer], Describer]:
    """Register the function that gives the JSON of the objects of these change types.

    One describer serves everybody: a thing has one payload, whoever reads it.
    """

    def register(function: Describer) -> Describer:
        DESCRIBERS.update(dict.fromkeys(types, function))
        return function

    return register
