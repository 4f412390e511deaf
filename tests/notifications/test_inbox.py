"""The inbox: answers, mentions, words from staff; and what it must never tell."""

import pytest

from app.core.db import unit_of_work
from app.notifications.operations import read_the_log
from tests.annotations.test_annotations import post


def inbox(cast, who):
    for _twice in range(2):
        with unit_of_work():
            read_the_log()
    return cast.people[who].get("/v1/me/inbox").get_json()["items"]


def test_a_reply_is_told_to_who_is_replied_to(cast):
    head = post(cast, "ana")
    reply = post(cast, "bob", parent_id=head["id"], body="Because it slows.")
    [note] = inbox(cast, "ana")
    assert (note["kind"], note["annotation_id"], note["creator"]) == ("reply", reply["id"], cast.bob.id)
    assert note["excerpt"] == "Because it slows."
    assert inbox(cast, "bob") == []


def test_a_mention_is_told_to_who_is_mentioned(cast):
    made = post(cast, "ana", body="Look, @Bob Oduya", mentions=[cast.bob.id])
    assert '<span class="mention">@Bob Oduya</span>' in made["body_html"]
    assert [note["kind"] for note in inbox(cast, "bob")] == ["mention"]


@pytest.mark.parametrize("audience", ["staff", "self"])
def test_who_cannot_read_it_cannot_be_mentioned(cast, audience):
    draft = {"body": "@Bob", "audience": audience, "mentions": [cast.bob.id]}
    draft["target"] = {"selector": {"type": "TextQuoteSelector", "exact": "glass"}}
    answer = cast.ana.post(f"/v1/assignments/{cast.assignment.id}/annotations", json=draft)
    assert answer.status_code == 422


def test_an_anonymous_reply_has_no_name_here_either(cast):
    head = post(cast, "ana")
    post(cast, "bob", parent_id=head["id"], anonymous=True)
    [note] = inbox(cast, "ana")
    assert note["creator"] is None
    assert cast.bob.id not in str(note)


def test_who_is_hidden_is_told_why(cast):
    made = post(cast, "ana")
    path = f"/v1/annotations/{made['id']}/hidden"
    cast.teacher.put(path, json={"hidden": True, "reason": "Be kind."})
    [note] = inbox(cast, "ana")
    assert (note["kind"], note["reason"]) == ("hidden", "Be kind.")


def test_what_is_no_longer_theirs_leaves_the_inbox(cast):
    head = post(cast, "ana")
    reply = post(cast, "bob", parent_id=head["id"])
    assert len(inbox(cast, "ana")) == 1
    cast.teacher.put(f"/v1/annotations/{reply['id']}/hidden", json={"hidden": True, "reason": ""})
    assert inbox(cast, "ana") == []


def test_read_is_read(cast):
    head = post(cast, "ana")
    post(cast, "bob", parent_id=head["id"])
    [note] = inbox(cast, "ana")
    assert cast.ana.post("/v1/me/inbox/read", json={"ids": [note["id"]]}).status_code == 204
    assert cast.ana.get("/v1/me/inbox?unread=true").get_json()["items"] == []


def test_those_who_have_not_opened_it_are_reminded_once(cast):
    cast.ana.post(f"/v1/assignments/{cast.assignment.id}/activity", json={"intervals": []})
    path = f"/v1/assignments/{cast.assignment.id}/remind"
    assert cast.teacher.post(path).get_json() == {"reminded": 1}
    assert cast.teacher.post(path).get_json() == {"reminded": 0}
    assert [note["kind"] for note in inbox(cast, "bob")] == ["reminder"]
    assert cast.bob.post(path).status_code == 403
