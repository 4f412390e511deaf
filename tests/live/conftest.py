"""Sockets for the cast."""

import time

import pytest

from app.live.opening import opened

from ..permissions.conftest import Stage, stage

__all__ = ["Stage", "stage"]


class Watcher:
    """One person's browser: a state fed by envelopes, as a reader's page keeps it."""

    def __init__(self, app, person, assignment_id):
        self.person, self.assignment_id = person, assignment_id
        self.socket = app.extensions["socketio"].test_client(
            app, namespace="/live", auth={"token": person.token}
        )
        self.state, self.head, self.ended = {}, None, None
        if self.socket.is_connected("/live"):
            self.load()
            self.take(self.join())

    def join(self):
        ask = {"assignment_id": self.assignment_id, "since": self.head}
        return self.socket.emit("join", ask, namespace="/live", callback=True)

    def load(self):
        answer = self.person.get(f"/v1/assignments/{self.assignment_id}/annotations").get_json()
        self.state = {item["id"]: item for item in answer["items"]}
        self.head = answer["head"]

    def catch_up(self):
        path = f"/v1/assignments/{self.assignment_id}/changes?since={self.head}"
        self.take(self.person.get(path).get_json(), known=True)

    def take(self, envelope, known=False):
        if envelope["prev"] != self.head and not known:
            return self.catch_up()
        if envelope.get("resync"):
            return self.load()
        for item in envelope["items"]:
            thing = item["object"]
            if item["type"].endswith(".removed"):
                self.state.pop(thing["id"], None)
            elif self.state.get(thing["id"], {"seq": 0})["seq"] <= thing["seq"]:
                self.state[thing["id"]] = thing
        self.head = envelope["head"]
        return None

    def messages(self, event="changes"):
        return [m["args"][0] for m in self.socket.get_received("/live") if m["name"] == event]

    def receive(self, order=lambda found: found):
        """Take what has arrived, after ``order`` has dropped or shuffled it."""
        for envelope in order(self.messages()):
            self.take(envelope)


@pytest.fixture
def hub(app):
    """The live hub, stepped by hand: its thread does not run."""
    found = opened(app)
    found._stopped = True
    return found


@pytest.fixture
def settle(hub, app):
    """Deliver everything that is due, as the thread would within a second."""

    def now_settled():
        for room in hub.rooms.values():
            room.sent_at = 0.0
            for member in room.members.values():
                member.joined_at = 0.0
        with app.app_context():
            hub.step()

    return now_settled


@pytest.fixture
def watch(app, cast, hub):
    return lambda who: Watcher(app, cast.people[who], cast.assignment.id)


def until(condition, seconds=5.0):
    """Wait for something that another thread does."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()
