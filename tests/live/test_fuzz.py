"""Whatever a browser emits: an answer or silence, never a traceback, and never at the others' cost."""

import logging
from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websocket import WebSocketException, WebSocketTimeoutException, create_connection

from app.live.serving import LONGEST_MESSAGE

from .test_agreement import post
from .test_sockets import browse, port

__all__ = ["browse", "port"]

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WANTED = st.fixed_dictionaries({"assignment_id": st.text() | JUNK}, optional={"since": st.text() | JUNK})
# An event called as Socket.IO's own ones ends at most its sender's connection: it is among the frames below.
EVENTS = st.sampled_from(["join", "leave", "changes", "ended"]) | st.text().filter(
    lambda name: name not in {"connect", "disconnect"}
)

FRAMES = (
    *(
        "",
        "4",
        "42",
        "42/live",
        "42/live,",
        "42/live,[]",
        '42/live,["join"',
        '42/live,{"a":1}',
        "42/live,[1]",
    ),
    *("40/nowhere,", "41/live,", "43/live,9[]", "451-/live,[]", "5", "6", "1", "99", "\x00", "4\x00", "😀"),
    *(
        "42/live,7" + "[" * 9_000,
        '42/live,["join",{"assignment_id":"' + "a" * 12_000 + '"}]',
        "4" + "9" * 15_000,
    ),
    *('42/live,["disconnect"]', '42/live,["connect"]', '42/live,["connect",{"token":7}]', "42/live,[null]"),
    *(b"", b"\x00", b"\xff" * 100, b"4" * 1_000),
)


def tracebacks(caplog):
    """What the server has logged as an error; the test's own client and server are not meant."""
    theirs = ("websocket", "werkzeug")
    records = [one for one in caplog.records if one.levelno >= logging.ERROR or one.exc_info]
    return [one for one in records if not one.name.startswith(theirs)]


def test_any_payload_to_any_event_is_harmless(cast, watch, caplog):
    bob, ana = watch("bob"), watch("ana")

    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(event=EVENTS, payload=st.lists(JUNK | WANTED, max_size=3))
    def send(event, payload):
        answer = bob.socket.emit(event, *payload, namespace="/live", callback=True)
        assert answer is None or isinstance(answer, dict | list)
        assert not tracebacks(caplog)
        assert ana.socket.is_connected("/live")
        assert bob.join()["items"] == []

    send()


def raw(port, person):
    """A bare WebSocket that has gone through the handshake."""
    opened = create_connection(f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", timeout=5)
    opened.recv()
    opened.send(f'40/live,{{"token":"{person.token}"}}')
    opened.recv()
    return opened


def test_malformed_frames_harm_only_who_sent_them(cast, browse, port, caplog):
    ana = browse("ana")
    for frame in FRAMES:
        with closing(raw(port, cast.bob)) as bob:
            bob.send(frame) if isinstance(frame, str) else bob.send_binary(frame)
            bob.send('42/live,["leave",{}]')
        assert not tracebacks(caplog), frame
    assert ana.wait_for(post(cast, "bob"))


def is_closed(opened):
    """Does the server end the connection (and not only stay silent)?"""
    try:
        while opened.recv():
            pass
    except WebSocketTimeoutException:
        return False
    except (WebSocketException, OSError):
        pass
    return True


def test_a_message_longer_than_any_browsers_ends_its_own_connection(cast, browse, port):
    ana, bob = browse("ana"), raw(port, cast.bob)
    bob.send("4" * (LONGEST_MESSAGE + 1))
    assert is_closed(bob)
    assert ana.wait_for(post(cast, "bob"))
