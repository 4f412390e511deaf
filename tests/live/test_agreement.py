"""What sockets told and what a reload brings must be the same, whatever happens on the way."""

import random

import pytest

from app.core.db import session, unit_of_work
from app.courses.models import GroupMember
from tests import factories

QUOTE = {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]}
WATCHERS = ["ana", "bob", "teacher", "observer"]


def url(cast):
    return f"/v1/assignments/{cast.assignment.id}/annotations"


def post(cast, who, **more):
    draft = {"body": "Why?", "motivation": "questioning", "target": QUOTE} | more
    answer = cast.people[who].post(url(cast), json=draft)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["id"]


def create(cast, audience):
    return [post(cast, "ana", audience=audience)]


def edit(cast, audience):
    made = post(cast, "ana", audience=audience)
    yield made
    assert cast.ana.patch(f"/v1/annotations/{made}", json={"body": "Why so?"}).status_code == 200


def delete(cast, audience):
    made = post(cast, "ana", audience=audience)
    yield made
    assert cast.ana.delete(f"/v1/annotations/{made}").status_code == 204


def delete_with_reply(cast, audience):
    made = post(cast, "ana", audience=audience)
    reply = post(cast, "ana", parent_id=made)
    yield made
    cast.ana.delete(f"/v1/annotations/{made}")
    yield made
    cast.ana.delete(f"/v1/annotations/{reply}")


def endorse(cast, audience):
    made = post(cast, "ana", audience=audience)
    yield made
    for who in ("bob", "teacher"):
        cast.people[who].put(f"/v1/annotations/{made}/endorsements/me_too")
    yield made
    cast.teacher.delete(f"/v1/annotations/{made}/endorsements/me_too")


def hide(cast, audience):
    made = post(cast, "ana", audience=audience)
    post(cast, "ana", parent_id=made)
    yield made
    cast.teacher.put(f"/v1/annotations/{made}/hidden", json={"hidden": True, "reason": "Be kind."})


def unhide(cast, audience):
    yield from hide(cast, audience)
    yield None
    for item in cast.teacher.get(url(cast)).get_json()["items"]:
        cast.teacher.put(f"/v1/annotations/{item['id']}/hidden", json={"hidden": False})


def move(cast, audience):
    """Bob goes to another group, and so to other readers' threads."""
    post(cast, "ana", audience=audience)
    yield None
    with unit_of_work():
        member = session.get(GroupMember, (cast.groups[1], cast.bob.id))
        session.delete(member)
        session.add(GroupMember(group_id=cast.groups[0], account_id=cast.bob.id))
    yield None
    post(cast, "ana", audience=audience)


@pytest.mark.parametrize("change", [create, edit, delete, delete_with_reply, endorse, hide, unhide, move])
@pytest.mark.parametrize("audience", ["class", "group", "staff", "self"])
@pytest.mark.parametrize("loss", ["none", "drops and reorders"])
def test_live_and_reload_agree(cast, watch, settle, hub, audience, change, loss):  # noqa: PLR0917  # pytest fills them in by name
    if audience == "group" or change is move:
        with unit_of_work():
            made = factories.groups(cast.course, [cast.ana.account], [cast.bob.account])
            cast.assignment.group_set_id = made.id
            session.merge(cast.assignment)
            cast.groups = [group.id for group in made.groups]
    luck = random.Random(f"{audience}{loss}")
    watchers = {who: watch(who) for who in WATCHERS}

    def arrive(envelopes):
        if loss == "none":
            return envelopes
        kept = [envelope for envelope in envelopes if luck.random() < 0.6]
        return luck.sample(kept, len(kept))

    for _step in change(cast, audience):
        hub._checked_at = 0.0
        settle()
        for watcher in watchers.values():
            watcher.receive(arrive)
    post(cast, "teacher", audience="class")
    hub._checked_at = 0.0
    settle()
    for who, watcher in watchers.items():
        watcher.receive()
        live = watcher.state
        watcher.load()
        assert live == watcher.state, who


def test_what_one_may_not_read_leaves_no_trace(cast, watch, settle):
    bob = watch("bob")
    settle()
    bob.receive()
    before = bob.head
    made = post(cast, "ana", audience="staff")
    cast.ana.patch(f"/v1/annotations/{made}", json={"body": "Secret"})
    settle()
    assert bob.messages() == []
    bob.catch_up()
    assert bob.head == before


def test_a_cursor_of_another_place_means_starting_anew(cast):
    path = f"/v1/assignments/{cast.assignment.id}/changes"
    for since in ("nonsense", "0", "0.000000000000", "x.y.z"):
        assert cast.bob.get(f"{path}?since={since}").get_json()["resync"] is True


def test_who_missed_more_than_five_hundred_loads_anew(cast):
    from app.core.changes import log_change

    path = f"/v1/assignments/{cast.assignment.id}/changes"
    head = cast.bob.get(path).get_json()["head"]
    with unit_of_work():
        for _ in range(501):
            log_change(cast.assignment.id, "annotation.updated", "x", after=f"course:{cast.course.id}")
    answer = cast.bob.get(f"{path}?since={head}").get_json()
    assert answer["resync"] is True
    assert answer["items"] == []


def test_a_rating_that_follows_at_once_does_not_swallow_the_annotation(cast):
    """The log grows while a stretch of it is being told; what staff alone hear later is no later telling."""
    from app.core.changes import log_change
    from app.core.envelopes import Objects, Reader, entries_after, envelope

    made = post(cast, "ana")
    entries = entries_after(cast.assignment.id, 0, 100)
    with unit_of_work():
        staff = f"staff:{cast.course.id}"
        log_change(cast.assignment.id, "score.changed", made, before=staff, after=staff)
    bob = Reader(cast.bob.id, frozenset({f"course:{cast.course.id}"}))
    told = envelope(bob, "0", entries, Objects(cast.assignment.id, entries))
    assert [item["object"]["id"] for item in told["items"]] == [made]
