"""What is one's own: seen annotations, drafts, marks, names."""

import threading

import pytest

from app.annotations.operations.own import forget_old_drafts
from app.core.db import unit_of_work
from tests import factories

from .test_annotations import QUOTE, listed, post, url


def test_seen_is_kept_in_batches_and_only_for_what_one_can_see(cast):
    made = [post(cast, "ana")["id"] for _ in range(3)]
    secret = post(cast, "ana", audience="self")["id"]
    for ids in (made[:2], made[1:], [secret, "nonsense"]):
        assert cast.bob.put(url(cast, "seen"), json={"ids": ids, "position": 42.5}).status_code == 204
    mine = cast.bob.get(url(cast, "mine")).get_json()
    assert sorted(mine["seen"]) == sorted(made)
    assert mine["position"] == 42.5
    assert cast.ana.get(url(cast, "mine")).get_json()["seen"] == []


@pytest.mark.parametrize(
    "bad", [{"ids": "x"}, {"ids": ["x"] * 501}, {"position": -1}, {"position": "NaN"}, {"x": 1}]
)
def test_seen_refuses_what_makes_no_sense(cast, bad):
    assert cast.bob.put(url(cast, "seen"), json=bad).status_code == 422


def test_a_draft_comes_back_and_is_forgotten(cast):
    editors = {"new:12": {"body": "Half a thou", "motivation": "questioning", "target": QUOTE}}
    assert cast.bob.put(url(cast, "draft"), json={"editors": editors}).status_code == 200
    kept = cast.bob.get(url(cast, "draft")).get_json()
    assert kept["editors"]["new:12"]["body"] == "Half a thou"
    assert kept["modified"]
    assert cast.ana.get(url(cast, "draft")).get_json()["editors"] == {}
    assert cast.bob.delete(url(cast, "draft")).status_code == 204
    assert cast.bob.get(url(cast, "draft")).get_json()["editors"] == {}


def test_drafts_have_a_size(cast):
    many = {f"e{n}": {"body": "x" * 10_000} for n in range(8)}
    assert cast.bob.put(url(cast, "draft"), json={"editors": many}).status_code == 413
    assert cast.bob.put(url(cast, "draft"), json={"editors": {"": {"body": "x"}}}).status_code == 422
    assert cast.observer.put(url(cast, "draft"), json={"editors": {}}).status_code == 403


def test_a_fresh_draft_survives_the_sweep(cast):
    cast.bob.put(url(cast, "draft"), json={"editors": {"a": {"body": "x"}}})
    with unit_of_work():
        forget_old_drafts()
    assert cast.bob.get(url(cast, "draft")).get_json()["editors"]


def test_marks_are_counts_and_can_be_taken_back(cast):
    path = url(cast, "marks/0190aaaa-mark")
    for _twice in range(2):
        assert cast.ana.put(path, json={"target": QUOTE}).get_json()["span"]["start"] > 0
    counts = cast.bob.get(url(cast, "marks")).get_json()
    assert max(counts["bins"]) == 1
    assert cast.ana.id not in str(counts)
    assert [mark["id"] for mark in cast.ana.get(url(cast, "mine")).get_json()["marks"]] == ["0190aaaa-mark"]
    assert cast.bob.put(path, json={"target": QUOTE}).status_code == 409
    assert cast.bob.delete(path).status_code == 204
    assert max(cast.bob.get(url(cast, "marks")).get_json()["bins"]) == 1
    assert cast.ana.delete(path).status_code == 204
    assert max(cast.bob.get(url(cast, "marks")).get_json()["bins"]) == 0
    assert cast.ana.put(url(cast, "marks/x"), json={"target": QUOTE}).status_code == 404


def test_names_without_addresses(cast):
    people = cast.bob.get(url(cast, "roster")).get_json()["items"]
    assert {person["name"] for person in people} == {
        "Ana Pires",
        "Bob Oduya",
        "Ms Lee",
        "Tom Hall",
        "Mr Park",
    }
    assert all(set(person) == {"id", "name", "role"} for person in people)


def test_names_of_another_group_are_not_told(cast):
    from app.core.db import session

    with unit_of_work():
        made = factories.groups(cast.course, [cast.ana.account], [cast.bob.account])
        cast.assignment.group_set_id = made.id
        session.merge(cast.assignment)
    names = {person["name"] for person in cast.bob.get(url(cast, "roster")).get_json()["items"]}
    assert names == {"Bob Oduya", "Ms Lee", "Tom Hall", "Mr Park"}
    assert "Ana Pires" in {p["name"] for p in cast.teacher.get(url(cast, "roster")).get_json()["items"]}


def test_twenty_at_once_with_one_key_post_once(app, cast):
    draft = {"body": "Why?", "motivation": "questioning", "target": QUOTE}
    headers = cast.ana.headers | {"Idempotency-Key": "one"}
    answers = []

    def send():
        path = f"/api/v1/assignments/{cast.assignment.id}/annotations"
        answers.append(app.test_client().post(path, json=draft, headers=headers))

    threads = [threading.Thread(target=send) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.get_json()["id"] for answer in answers}) == 1
    assert len(listed(cast, "ana")) == 1


def test_answers_are_compressed_for_who_asks(cast):
    for _ in range(3):
        post(cast, "ana", body="Light bends because one side of it is slowed first. " * 10)
    plain = cast.ana.get(url(cast))
    for name in ("zstd", "gzip"):
        answer = cast.ana.get(url(cast), headers={"Accept-Encoding": name})
        assert answer.headers["Content-Encoding"] == name
        assert len(answer.get_data()) < len(plain.get_data()) / 2
    assert "Content-Encoding" not in plain.headers
