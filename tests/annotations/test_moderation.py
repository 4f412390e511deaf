"""Safe among pupils: hiding, flags, pauses; and anonymity that holds."""

import pytest
from sqlalchemy import select

from app.annotations.models import Annotation
from app.core.audit import AuditEntry
from app.core.db import session, unit_of_work

from .test_annotations import listed, post, url


def hide(cast, annotation_id, hidden=True, reason="Be kind."):
    path = f"/v1/annotations/{annotation_id}/hidden"
    return cast.teacher.put(path, json={"hidden": hidden, "reason": reason})


def test_a_hidden_thread_leaves_the_class_and_comes_back(cast):
    head = post(cast, "ana")
    reply = post(cast, "bob", parent_id=head["id"])
    before = listed(cast, "bob")
    assert hide(cast, head["id"]).get_json()["hidden"] is True
    assert set(listed(cast, "bob")) == {reply["id"]}, "one's own stays readable"
    assert listed(cast, "ana")[head["id"]]["hidden_reason"] == "Be kind."
    assert set(listed(cast, "assistant")) == {head["id"], reply["id"]}
    assert listed(cast, "observer") == {}
    hide(cast, head["id"], hidden=False)
    after = listed(cast, "bob")
    assert {k: v["body"] for k, v in after.items()} == {k: v["body"] for k, v in before.items()}
    assert after[head["id"]]["hidden_reason"] is None


def test_a_reply_to_a_hidden_thread_is_hidden_with_it(cast):
    head = post(cast, "ana")
    hide(cast, head["id"])
    reply = post(cast, "teacher", parent_id=head["id"])
    assert reply["id"] not in listed(cast, "bob")
    hide(cast, head["id"], hidden=False)
    assert reply["id"] in listed(cast, "bob")


def test_pupils_hide_nothing(cast):
    made = post(cast, "ana")
    path = f"/v1/annotations/{made['id']}"
    assert cast.bob.put(f"{path}/hidden", json={"hidden": True}).status_code == 403
    assert cast.bob.put(f"{path}/paused", json={"paused": True}).status_code == 403
    assert cast.bob.get(url(cast, "flags")).status_code == 403
    assert cast.eve.put(f"{path}/hidden", json={"hidden": True}).status_code == 404


def test_a_flag_names_nobody(cast):
    made = post(cast, "ana")
    path = f"/v1/annotations/{made['id']}/flags"
    for _twice in range(2):
        assert cast.bob.post(path, json={"reason": "Rude"}).status_code == 201
    assert cast.ana.post(path, json={}).status_code == 409
    flags = cast.teacher.get(url(cast, "flags")).get_json()
    assert [flag["reason"] for flag in flags["items"]] == ["Rude"]
    assert cast.bob.id not in str(flags)
    assert cast.bob.get(url(cast, "mine")).get_json()["reported"] == [made["id"]]
    assert listed(cast, "ana")[made["id"]] == made, "the author sees nothing of it"
    assert cast.teacher.delete(path).status_code == 204
    assert cast.teacher.get(url(cast, "flags")).get_json()["items"] == []


def test_a_paused_thread_takes_no_replies_of_pupils(cast):
    head = post(cast, "ana")
    path = f"/v1/annotations/{head['id']}/paused"
    assert cast.teacher.put(path, json={"paused": True}).get_json()["paused"] is True
    reply = {"body": "But", "parent_id": head["id"]}
    assert cast.bob.post(url(cast), json=reply).status_code == 409
    assert cast.teacher.post(url(cast), json=reply).status_code == 201
    cast.teacher.put(path, json={"paused": False})
    assert cast.bob.post(url(cast), json=reply).status_code == 201


def test_nothing_tells_who_is_anonymous(cast):
    made = post(cast, "ana", anonymous=True, body="I do not get it")
    cast.bob.put(f"/v1/annotations/{made['id']}/endorsements/me_too")
    cast.ana.patch(f"/v1/annotations/{made['id']}", json={"body": "I still do not get it"})
    for who in ("bob", "teacher", "observer"):
        person = cast.people[who]
        for path in (url(cast), f"/v1/annotations/{made['id']}", url(cast, "mine"), "/v1/me/inbox"):
            assert cast.ana.id not in person.get(path).get_data(as_text=True), path
        since = person.get(url(cast, "changes")).get_json()["head"]
        cast.ana.patch(f"/v1/annotations/{made['id']}", json={"body": f"For {who}"})
        told = person.get(url(cast, "changes") + f"?since={since}")
        assert f"For {who}" in told.get_data(as_text=True)
        assert cast.ana.id not in told.get_data(as_text=True)
    assert cast.ana.get(url(cast, "mine")).get_json()["annotations"] == [made["id"]]


def test_staff_look_up_authors_and_it_is_recorded(cast):
    made = post(cast, "ana", anonymous=True)
    assert cast.bob.get(url(cast, "authors")).status_code == 403
    assert cast.observer.get(url(cast, "authors")).status_code == 403
    found = cast.teacher.get(url(cast, "authors")).get_json()["items"]
    assert found == [{"annotation_id": made["id"], "id": cast.ana.id, "name": "Ana Pires"}]
    looks = session.scalars(select(AuditEntry).where(AuditEntry.action == "authors.read")).all()
    assert [look.actor_id for look in looks] == [cast.teacher.id]


def test_an_assignment_may_show_all_names(cast):
    with unit_of_work():
        cast.assignment.anonymity = "never"
        session.merge(cast.assignment)
    draft = {
        "body": "x",
        "anonymous": True,
        "target": {"selector": {"type": "TextQuoteSelector", "exact": "glass"}},
    }
    assert cast.ana.post(url(cast), json=draft).status_code == 422


def test_a_paused_pupil_reads_on(cast):
    made = post(cast, "teacher")
    with unit_of_work():
        from app.core.ids import now
        from app.courses.models import Enrollment

        row = session.scalars(select(Enrollment).where(Enrollment.account_id == cast.bob.id)).one()
        row.paused_at = now()
    assert made["id"] in listed(cast, "bob")
    assert cast.bob.post(url(cast), json={"body": "x", "parent_id": made["id"]}).status_code == 403


@pytest.mark.parametrize("who", ["ana", "teacher"])
def test_what_was_removed_keeps_its_words_from_everybody(cast, who):
    made = post(cast, "ana", body="secret words")
    post(cast, "bob", parent_id=made["id"])
    cast.people[who].delete(f"/v1/annotations/{made['id']}")
    assert "secret words" not in cast.bob.get(url(cast)).get_data(as_text=True)
    assert session.get_one(Annotation, made["id"]).body == "removed"
    assert cast.ana.patch(f"/v1/annotations/{made['id']}", json={"body": "again"}).status_code == 409


def test_each_author_in_a_hidden_thread_reads_their_own_words_and_why(cast):
    head = post(cast, "ana")
    first = post(cast, "bob", parent_id=head["id"])
    post(cast, "teacher", parent_id=first["id"])
    hide(cast, head["id"])
    seen = listed(cast, "bob")
    assert set(seen) == {first["id"]}, "neither the head nor the others' replies"
    assert seen[first["id"]]["hidden_reason"] == "Be kind."
    assert cast.bob.get(f"/v1/annotations/{head['id']}").status_code == 404
    hide(cast, head["id"], hidden=False)
    assert listed(cast, "bob")[first["id"]]["hidden_reason"] is None


def test_a_reply_that_was_hidden_by_itself_keeps_its_own_reason(cast):
    head = post(cast, "ana")
    reply = post(cast, "bob", parent_id=head["id"])
    hide(cast, reply["id"], reason="Not so.")
    hide(cast, head["id"], reason="Be kind.")
    assert listed(cast, "bob")[reply["id"]]["hidden_reason"] == "Not so."
    hide(cast, head["id"], hidden=False)
    mine = listed(cast, "bob")[reply["id"]]
    assert (mine["hidden"], mine["hidden_reason"]) == (True, "Not so.")
