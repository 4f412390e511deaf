"""The socket matrix: every live event and everybody in the world; who hears it is written by hand beside it."""

import pytest

from app.accounts.models import Account, Token
from app.core.changes import DESCRIBERS
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.models import Enrollment, Group, GroupMember
from app.live.hub import CHECK_S, LOOK_S
from app.live.opening import opened
from app.live.sockets import LiveNamespace

from ..permissions.world import ACTORS, STRANGERS
from . import expected
from .deeds import Deeds
from .expected import EVENTS, EVERYBODY, MAY_JOIN, NOBODY, OWN_MARK, STAFF

LEARNERS = sorted(set(ACTORS) - set(STRANGERS))
NOT_FOR_ALL = ("people", "key", "feedback", "model_answer", "creator_id", "account_id", "reporter")


class Listener:
    """A connected person of the world."""

    def __init__(self, stage, who):
        self.who = who
        self.socket = stage.app.extensions["socketio"].test_client(
            stage.app, namespace="/live", auth={"token": stage.world.tokens.get(who)}
        )

    @property
    def connected(self):
        return self.socket.is_connected("/live")

    def join(self, assignment_id):
        ask = {"assignment_id": assignment_id, "since": None}
        return self.socket.emit("join", ask, namespace="/live", callback=True)

    def heard(self, event="changes"):
        """What has arrived since the last time, of one kind."""
        return [m["args"][0] for m in self.socket.get_received("/live") if m["name"] == event]

    def leave(self):
        if self.connected:
            self.socket.disconnect("/live")


@pytest.fixture
def world(stage):
    """The stage with its hub stepped by hand, and put back as it was."""
    opened(stage.app)._stopped = True
    with stage.app.app_context():
        yield stage
    stage.put_back()


@pytest.fixture
def listen(world):
    listeners = []

    def connect(who):
        listeners.append(Listener(world, who))
        return listeners[-1]

    yield connect
    for listener in listeners:
        listener.leave()


def settle(stage):
    """Deliver all that is due."""
    hub = opened(stage.app)
    for room in hub.rooms.values():
        room.sent_at = room.presence_at = 0.0
        for member in room.members.values():
            member.joined_at = 0.0
    with stage.app.app_context():
        hub.step()


def test_every_event_and_every_handler_is_in_the_tables(world):
    handlers = {name.removeprefix("on_") for name in dir(LiveNamespace) if name.startswith("on_")}
    assert handlers == expected.INCOMING
    told = {"annotation.created", "annotation.updated", "endorsement.changed", "question.changed"}
    told |= {"answer.created", "score.changed", "flag.changed", "mark.changed", "marks.changed"}
    told |= {"appeal.answered", "poll.changed", "poll.counted"}
    assert set(DESCRIBERS) == told, "a new kind of change needs deeds and expectations here"


@pytest.mark.parametrize("who", ACTORS)
def test_only_who_is_signed_in_connects_and_joins_what_they_may_read(world, listen, who):
    person = listen(who)
    assert person.connected is (who not in STRANGERS)
    if not person.connected:
        return
    for name, may in MAY_JOIN.items():
        answer = person.join(world.world.ids[f"{name} assignment"])
        if who in may:
            assert answer["items"] == [], name
        else:
            assert answer["error"]["code"] == "not_found", name
            assert set(answer) == {"error"}, name
    assert person.join("0" * 36)["error"]["code"] == "not_found"


@pytest.mark.parametrize("name", EVENTS)
def test_it_is_heard_by_exactly_those_who_may_read_it(world, listen, name):
    deed = Deeds(world).all()[name]
    where = next(deed)
    people = {who: listen(who) for who in LEARNERS}
    for who, person in people.items():
        answer = person.join(world.world.ids[f"{where} assignment"])
        assert ("error" not in answer) is (who in MAY_JOIN[where]), who
        person.heard()
    next(deed, None)
    settle(world)
    readers, lost = EVENTS[name]
    wrong = []
    for who, person in people.items():
        items = [item for envelope in person.heard() for item in envelope["items"]]
        heard = {"gone" if item["type"].endswith(".removed") else "it" for item in items}
        wanted = ({"it"} if who in readers else set()) | ({"gone"} if who in lost else set())
        if name == "a mark taken back" and who in OWN_MARK:
            wanted = {"it", "gone"}
        if heard != wanted:
            wrong.append(f"{who}: {heard or 'nothing'}, not {wanted or 'nothing'}")
        wrong += [f"{who} is told {key}" for item in items for key in NOT_FOR_ALL if key in item["object"]]
    assert not wrong, f"{name}: " + "; ".join(wrong)


def test_whose_mark_it_is_reaches_only_their_own_windows(world, listen):
    deed = Deeds(world).mark()
    where = next(deed)
    people = {who: listen(who) for who in sorted(EVERYBODY)}
    for person in people.values():
        person.join(world.world.ids[f"{where} assignment"])
    next(deed, None)
    settle(world)
    for who, person in people.items():
        items = [item for envelope in person.heard() for item in envelope["items"]]
        kinds = {item["type"] for item in items}
        assert kinds == {"marks.changed"} | ({"mark.changed"} if who in OWN_MARK else set()), who
        counts = next(item["object"] for item in items if item["type"] == "marks.changed")
        assert max(counts["bins"]) == 1
        assert world.world.accounts["ana"] not in str(items), who


def test_presence_is_a_number_with_names_for_staff_alone(world, listen):
    people = {who: listen(who) for who in LEARNERS}
    for person in people.values():
        person.join(world.world.ids["open assignment"])
        person.heard()
    settle(world)
    for who, person in people.items():
        told = person.heard("presence")
        assert bool(told) is (who in EVERYBODY), who
        for message in told:
            assert message["count"] == len(EVERYBODY), who
            assert ("people" in message) is (who in STAFF), who


def test_a_section_that_it_opens_for_later_hears_nothing_yet(world, listen):
    """Bob's section starts in three days: for him it is not there, live as elsewhere."""
    ids, accounts = world.world.ids, world.world.accounts
    later = {ids["section"]: {"opens_at": "2031-01-01T08:00:00Z", "due_at": None}}
    enrollments = world.ask("teacher", "GET", f"/api/v1/courses/{ids['course']}/enrollments").get_json()
    bob = next(one for one in enrollments["items"] if one["account_id"] == accounts["bob"])
    path = f"/api/v1/courses/{ids['course']}/enrollments/{bob['id']}"
    assert world.ask("teacher", "PATCH", path, json={"section_id": ids["section"]}).status_code == 200
    changed = world.ask(
        "teacher", "PATCH", f"/api/v1/assignments/{ids['open assignment']}", json={"dates": later}
    )
    assert changed.status_code == 200, changed.get_json()
    people = {who: listen(who) for who in ("ana", "bob")}
    for person in people.values():
        person.join(ids["open assignment"])
        person.heard()
    Deeds(world).post("teacher")
    settle(world)
    heard = {who: bool(person.heard()) for who, person in people.items()}
    assert heard == {"ana": True, "bob": False}


STANDING = {
    "taken off the course": ("bob", Enrollment, {"ended_at": now()}),
    "made an observer": ("assistant", Enrollment, {"role": "observer"}),
    "made a student": ("teacher", Enrollment, {"role": "student"}),
    "suspended": ("bob", Account, {"suspended_at": now()}),
    "erased": ("bob", Account, {"erased_at": now()}),
    "token revoked": ("bob", Token, {"revoked_at": now()}),
    "put into the other group": ("bob", GroupMember, {"group_id": "other"}),
}


@pytest.mark.parametrize("why", STANDING)
def test_whose_standing_changes_hears_only_what_they_may_from_then_on(world, listen, why):
    """Within a look of the hub (which looks more often than every two seconds) the old rights are gone."""
    assert CHECK_S + LOOK_S < 2
    who, table, change = STANDING[why]
    where = "grouped" if table is GroupMember else "open"
    person, deeds = listen(who), Deeds(world)
    person.join(world.world.ids[f"{where} assignment"])
    with unit_of_work():
        change_standing(world, who, table, dict(change))
    look_again(world)
    ended = not person.connected
    assert ended is (why in {"taken off the course", "suspended", "erased", "token revoked"})
    deeds.post("ana", where, audience="group" if where == "grouped" else "staff")
    settle(world)
    assert ended or not [item for told in person.heard() for item in told["items"]]


def change_standing(world, who, table, change):
    own = table.id if table is Account else table.account_id
    rows = session.query(table).filter(own == world.world.accounts[who])
    if table is GroupMember:
        second = session.query(Group).filter_by(group_set_id=world.world.ids["group_set"], name="Table 2")
        first = session.query(Group).filter_by(group_set_id=world.world.ids["group_set"], name="Table 1")
        rows = rows.filter(GroupMember.group_id == first.one().id)
        change["group_id"] = second.one().id
    assert rows.update(change) == 1


def look_again(world):
    """The hub's next look at everybody's standing."""
    opened(world.app)._checked_at = 0.0
    settle(world)


def test_the_expectations_name_only_people_of_the_course():
    for readers, lost in EVENTS.values():
        assert (readers | lost) <= EVERYBODY
    assert MAY_JOIN["removed"] == NOBODY
