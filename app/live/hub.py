"""The thread that watches the log for the sockets of this process."""

import logging
import threading
import time
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_socketio import SocketIO

from app.assignments.models import Assignment
from app.core.changes import heads
from app.core.db import session
from app.core.envelopes import Envelope, Reader, newest, start_anew
from app.core.policy import Action, Viewer, allows

from .delivery import deliver
from .rooms import Member, Room, Seat
from .standing import signed_in, viewers

log = logging.getLogger(__name__)

NAMESPACE = "/live"
LOOK_S = 0.25
"""How often the log is looked at, for what other processes wrote; own commits are told at once."""

QUIET_S = 0.25
"""A room that was quiet for so long hears at once; a busy one in batches this far apart."""

CHECK_S = 1.0
"""How often everybody's right to be here is checked."""

PRESENCE_S = 1.0
MOST_WAITING = 200
"""Packets that may wait for one slow client before it is let go; it catches up when it comes back."""


class Hub:
    """All seats and rooms of this process. The lock guards them; the database is read outside of it."""

    def __init__(self, app: Flask, socketio: SocketIO) -> None:
        self.app, self.socketio = app, socketio
        self.lock = threading.RLock()
        self.wake = threading.Event()
        self.seats: dict[str, Seat] = {}
        self.rooms: dict[str, Room] = {}
        self._thread: threading.Thread | None = None
        self._checked_at = 0.0
        self._stopped = False

    def sit(self, seat: Seat) -> None:
        """Somebody has connected; the first one starts the watching thread."""
        with self.lock:
            self.seats[seat.sid] = seat
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._watch, name="live", daemon=True)
                self._thread.start()

    def seats_of(self, account_id: str) -> int:
        """How many connections a person has."""
        with self.lock:
            return sum(seat.account_id == account_id for seat in self.seats.values())

    def join(self, assignment: Assignment, member: Member) -> None:
        """Let a seat follow an assignment."""
        with self.lock:
            room = self.rooms.setdefault(assignment.id, Room(assignment.id, assignment.course_id))
            room.members[member.seat.sid] = member
        self.wake.set()

    def leave(self, sid: str, assignment_id: str | None = None) -> None:
        """Stop following one assignment, or on disconnecting everything."""
        with self.lock:
            wanted = [assignment_id] if assignment_id else list(self.rooms)
            for room in filter(None, map(self.rooms.get, wanted)):
                room.members.pop(sid, None)
                if not room.members:
                    del self.rooms[room.assignment_id]
            if assignment_id is None:
                self.seats.pop(sid, None)

    def stop(self) -> None:
        """End the thread (tests, and a process that goes)."""
        self._stopped = True
        self.wake.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _watch(self) -> None:
        pause = LOOK_S
        while not self._stopped:
            woken = self.wake.wait(pause)
            self.wake.clear()
            try:
                with self.app.app_context():
                    pause = self.step(woken=woken)
            except Exception:  # whatever failed, everybody's chain goes on from where it is
                log.exception("live updates")
                pause = LOOK_S
                time.sleep(LOOK_S)

    def step(self, *, woken: bool = True) -> float:
        """Deliver what is due; returns for how long there is nothing to do (seconds).

        Rights are checked before anything is told. A step that nobody has ``woken`` does it one look early, so
        that news seldom have to wait for it.
        """
        if time.monotonic() - self._checked_at > (CHECK_S if woken else CHECK_S - LOOK_S):
            self._checked_at = time.monotonic()
            self._check()
        rooms = self._open_rooms()
        pause = LOOK_S
        for assignment_id, head in (heads(rooms) if rooms else {}).items():
            pause = min(pause, self._serve(rooms[assignment_id], head))
        for room in rooms.values():
            self._tell_presence(room)
        return pause

    def _open_rooms(self) -> dict[str, Room]:
        with self.lock:
            return dict(self.rooms)

    def _serve(self, room: Room, head: int) -> float:
        if all(member.seq >= head for member in list(room.members.values())):
            return LOOK_S
        due = room.sent_at + QUIET_S - time.monotonic()
        if due > 0:
            return due
        room.sent_at = time.monotonic()
        deliver(room, head, self._send)
        return LOOK_S

    def _send(self, told: Envelope, sids: list[str]) -> None:
        kept = self._without_the_slow(sids)
        if kept:
            self.socketio.emit("changes", told, to=kept, namespace=NAMESPACE)

    def _without_the_slow(self, sids: list[str]) -> list[str]:
        server = self.socketio.server
        kept = []
        for sid in sids:
            socket = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, NAMESPACE) or "")
            if socket is not None and socket.queue.qsize() > MOST_WAITING:
                self.leave(sid)
                server.disconnect(sid, namespace=NAMESPACE)
            else:
                kept.append(sid)
        return kept

    def _tell_presence(self, room: Room) -> None:
        """A count for everybody, names for staff only; at most once a second."""
        present = room.present()
        told = tuple(sorted(room.members))
        if told == room.presence_told or time.monotonic() - room.presence_at < PRESENCE_S:
            return
        room.presence_told, room.presence_at = told, time.monotonic()
        count: dict[str, Any] = {"assignment_id": room.assignment_id, "count": len(present)}
        names = [{"id": key, "name": name} for key, name in sorted(present.items(), key=lambda one: one[1])]
        for staff, message in ((True, count | {"people": names}), (False, count)):
            sids = [sid for sid, member in list(room.members.items()) if member.is_staff is staff]
            if sids:
                self.socketio.emit("presence", message, to=sids, namespace=NAMESPACE)

    def _check(self) -> None:
        """Let go whoever may not be here any more; start anew with whoever reads differently now."""
        with self.lock:
            seats = list(self.seats.values())
        if not seats:
            return
        allowed = signed_in(seats)
        for seat in seats:
            if seat.sid not in allowed:
                self.end(seat.sid, "signed_out", _("You were signed out. Sign in to go on."))
        # Taken once: who joins while the database is asked was let in just now, and is checked next time.
        present = [(room, list(room.members.values())) for room in self._open_rooms().values()]
        people = {member.seat.account_id for _room, members in present for member in members}
        known = viewers(people, {room.course_id for room, _members in present})
        for room, members in present:
            self._check_room(room, members, known)

    def _check_room(self, room: Room, members: list[Member], known: dict[str, Viewer]) -> None:
        assignment = session.get(Assignment, room.assignment_id)
        for member in members:
            viewer = known.get(member.seat.account_id)
            if viewer is None or assignment is None or not allows(viewer, Action.READ_ASSIGNMENT, assignment):
                self.end(member.seat.sid, "ended", _("Your access to this assignment has ended."))
                continue
            member.role = viewer.role_in(room.course_id) or ""
            reader = Reader.of(viewer, room.course_id)
            if reader != member.reader:
                self._start_anew(room, member, reader)

    def _start_anew(self, room: Room, member: Member, reader: Reader) -> None:
        told = start_anew(reader, room.assignment_id, member.head)
        member.reader, member.head = reader, told["head"]
        member.seq = newest(reader, room.assignment_id)[1]
        self.socketio.emit("changes", told, to=member.seat.sid, namespace=NAMESPACE)

    def end(self, sid: str, code: str, message: str) -> None:
        """Say why, and close."""
        self.leave(sid)
        self.socketio.emit("ended", {"code": code, "message": message}, to=sid, namespace=NAMESPACE)
        self.socketio.server.disconnect(sid, namespace=NAMESPACE)
