"""The sockets themselves, on a real server: who is let in, how fast news come, who is let go."""

import threading
from http.client import HTTPConnection

import pytest
import socketio
from werkzeug.serving import make_server

from app.accounts.models import Account, Token
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.models import Enrollment
from app.live.opening import opened

from .conftest import until
from .test_agreement import post


@pytest.fixture
def port(app, cast):
    """The application on a real port, with its watching thread."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.port
    opened(app).stop()
    server.shutdown()


class Browser:
    """A real Socket.IO client that keeps what it hears."""

    def __init__(self, port, person, assignment_id):
        self.heard = []
        self.client = socketio.Client(reconnection=False)
        for event in ("changes", "presence", "ended"):
            self.client.on(event, lambda message, event=event: self.heard.append((event, message)), "/live")
        self.client.connect(
            f"http://127.0.0.1:{port}",
            auth={"token": person.token},
            namespaces=["/live"],
            transports=["websocket"],
        )
        self.answer = self.client.call(
            "join", {"assignment_id": assignment_id, "since": None}, namespace="/live"
        )

    def all(self, event):
        return [message for name, message in self.heard if name == event]

    def wait_for(self, annotation_id):
        """Has it been told of an annotation, or will it be soon?"""
        return until(lambda: annotation_id in str(self.all("changes")))


@pytest.fixture
def browse(port, cast):
    browsers = []

    def open_browser(who):
        browsers.append(Browser(port, cast.people[who], cast.assignment.id))
        return browsers[-1]

    yield open_browser
    for browser in browsers:
        browser.client.disconnect()


def test_news_arrive_by_themselves(cast, browse):
    bob = browse("bob")
    assert bob.answer["items"] == []
    made = post(cast, "ana")
    assert until(lambda: bob.all("changes"))
    envelope = bob.all("changes")[0]
    assert envelope["prev"] == bob.answer["head"]
    assert [item["object"]["id"] for item in envelope["items"]] == [made]


def test_presence_is_a_count_and_names_are_for_staff(cast, browse):
    bob, teacher = browse("bob"), browse("teacher")
    assert until(lambda: any(message["count"] == 2 for message in bob.all("presence")))
    assert all("people" not in message for message in bob.all("presence"))
    assert until(lambda: any(len(message.get("people", [])) == 2 for message in teacher.all("presence")))


def test_who_is_in_another_course_may_not_join(cast, browse):
    assert browse("eve").answer["error"]["code"] == "not_found"


def test_junk_is_answered_by_a_sentence(cast, browse):
    bob = browse("bob")
    for junk in (None, 7, "x", [], {"assignment_id": 7}, {"assignment_id": "\0", "since": []}):
        answer = bob.client.call("join", junk, namespace="/live")
        assert answer["error"]["message"]
        bob.client.emit("no such event", junk, namespace="/live")
    post(cast, "ana")
    assert until(lambda: bob.all("changes"))


@pytest.mark.parametrize(
    "why", ["removed from the course", "suspended", "token revoked", "assignment withdrawn"]
)
def test_who_may_no_longer_be_here_is_let_go(cast, browse, why):
    bob = browse("bob")
    with unit_of_work():
        if why == "removed from the course":
            row = session.query(Enrollment).filter_by(account_id=cast.bob.id).one()
            row.ended_at = now()
        elif why == "suspended":
            session.get_one(Account, cast.bob.id).suspended_at = now()
        elif why == "token revoked":
            session.query(Token).filter_by(account_id=cast.bob.id).one().revoked_at = now()
        else:
            cast.assignment.state = "draft"
            session.merge(cast.assignment)
    assert until(lambda: bob.all("ended"))
    assert bob.all("ended")[0]["message"]
    assert until(lambda: not bob.client.connected)


@pytest.mark.parametrize("auth", [None, {}, {"token": "nonsense"}, {"token": 7}, "x"])
def test_strangers_are_refused(cast, port, auth):
    client = socketio.Client(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(f"http://127.0.0.1:{port}", auth=auth, namespaces=["/live"], transports=["websocket"])


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_a_foreign_origin_is_refused(cast, port, origin):
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/socket.io/?EIO=4&transport=polling", headers={"Origin": origin})
    assert connection.getresponse().status == 400


def test_two_processes_tell_the_same(app, cast, browse, tmp_path):
    """Another application on the same database writes; this one's sockets hear of it."""
    from app import create_app

    bob = browse("bob")
    other = create_app(app.config["SETTINGS"], testing=True)
    path = f"/api/v1/assignments/{cast.assignment.id}/annotations"
    draft = {
        "body": "From elsewhere",
        "target": {"selector": {"type": "TextQuoteSelector", "exact": "glass"}},
    }
    answer = other.test_client().post(path, json=draft, headers=cast.ana.headers)
    assert answer.status_code == 201
    assert until(lambda: bob.all("changes"))
    assert bob.all("changes")[0]["items"][0]["object"]["id"] == answer.get_json()["id"]
    other.extensions["foreword.engine"].dispose()
