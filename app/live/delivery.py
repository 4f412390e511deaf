"""From the change log to the sockets: one envelope for all who see the same, sent to each once."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from app.core.envelopes import MOST, Entry, Envelope, Objects, entries_after, envelope

from .rooms import Member, Room

JUST_JOINED_S = 0.1
"""A browser that has just asked to join gets its answer before its first news."""

Send = Callable[[Envelope, list[str]], None]


def deliver(room: Room, head: int, send: Send) -> None:
    """Tell each member what is new to them, up to ``head`` and whatever has come since."""
    waiting = [
        member
        for member in list(room.members.values())
        if member.seq < head and time.monotonic() - member.joined_at > JUST_JOINED_S
    ]
    if not waiting:
        return
    seq = min(member.seq for member in waiting)
    while entries := entries_after(room.assignment_id, seq, MOST):
        _tell(waiting, entries, Objects(room.assignment_id, entries), send)
        seq = entries[-1].seq


def _tell(waiting: list[Member], entries: Sequence[Entry], objects: Objects, send: Send) -> None:
    owners = {entry.owner_id for entry in entries}
    same: dict[tuple[str, str, str, int], list[Member]] = defaultdict(list)
    for member in waiting:
        # Whose own things are among the news reads them differently; all others like their peers.
        person = member.reader.account_id if member.reader.account_id in owners else ""
        same[person, member.reader.stamp, member.head, member.seq].append(member)
    for (_person, _stamp, prev, seq), members in same.items():
        new = [entry for entry in entries if entry.seq > seq]
        told = envelope(members[0].reader, prev, new, objects)
        for member in members:
            member.seq, member.head = max(member.seq, entries[-1].seq), told["head"]
        if told["head"] != prev:
            send(told, [member.seat.sid for member in members])
