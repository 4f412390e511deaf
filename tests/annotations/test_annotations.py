"""Posting, reading, changing and removing annotations."""

import pytest

from app.core.db import session, unit_of_work
from tests import factories

QUOTE = {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]}


def url(cast, rest="annotations"):
    return f"/v1/assignments/{cast.assignment.id}/{rest}"


def post(cast, who, **draft):
    draft = {"body": "Why?", "motivation": "questioning", "target": QUOTE} | draft
    if draft.get("parent_id"):
        draft.pop("target")
    answer = getattr(cast, who).post(url(cast), json=draft)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def listed(cast, who):
    answer = getattr(cast, who).get(url(cast))
    assert answer.status_code == 200, answer.get_json()
    return {item["id"]: item for item in answer.get_json()["items"]}


def test_a_quote_alone_is_anchored_by_the_server(cast):
    made = post(cast, "ana")
    assert factories.TEXT[int(made["span"]["start"]) : int(made["span"]["end"])] == "its speed changes"
    assert made["creator"] == cast.ana.id
    assert made["seq"] == 1
    assert listed(cast, "bob")[made["id"]] == made


def test_a_quote_that_is_not_there_is_an_orphan_and_kept(cast):
    gone = {"selector": {"type": "TextQuoteSelector", "exact": "no such words anywhere in it"}}
    made = post(cast, "ana", target=gone)
    assert made["span"] is None
    assert made["id"] in listed(cast, "bob")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("creator", "x"),
        ("seq", 9),
        ("score", 2),
        ("role", "teacher"),
        ("created_at", "2026-01-01T00:00:00Z"),
        ("body", "x" * 10_001),
        ("body", 7),
        ("body", " \u200b\n"),
        ("motivation", "shouting"),
        ("motivation", "replying"),
        ("audience", "everyone"),
        ("audience", "group"),
        ("composed_at", "2026-01-01T00:00:00"),
        ("composed_at", "9999-12-31T23:59:59-12:00"),
        ("parent_id", "nobody-knows"),
        ("target", None),
        ("target", {"selector": []}),
        ("target", {"selector": [{"type": "TextQuoteSelector", "exact": "x" * 5_001}]}),
        ("target", {"selector": [{"type": "TextPositionSelector", "start": 9, "end": 3}]}),
        ("mentions", ["nobody-knows"]),
        ("pasted", -1),
        ("typing_seconds", 10**12),
    ],
)
def test_what_cannot_be_taken_is_named(cast, field, value):
    draft = {"body": "Why?", "motivation": "questioning", "target": QUOTE, field: value}
    answer = cast.ana.post(url(cast), json=draft)
    assert answer.status_code == 422, answer.get_json()
    assert answer.get_json()["detail"]
    assert listed(cast, "ana") == {}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"nonsense", b'"x"', b"\xff", b"{" * 500, b'{"body": "\\ud800"}']
)
def test_junk_is_refused_cleanly(cast, body):
    answer = cast.ana.post(url(cast), data=body, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_a_highlight_needs_no_words(cast):
    assert post(cast, "ana", motivation="highlighting", body="")["body"] == ""


def test_a_reply_takes_its_threads_audience(cast):
    head = post(cast, "ana", audience="staff")
    reply = post(cast, "teacher", parent_id=head["id"], motivation="commenting", audience="class")
    assert (reply["audience"], reply["motivation"], reply["thread_id"]) == ("staff", "replying", head["id"])
    assert set(listed(cast, "bob")) == set()
    assert set(listed(cast, "ana")) == {head["id"], reply["id"]}, "who asked only the staff reads the answer"


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("class", {"ana", "bob", "teacher", "assistant", "observer"}),
        ("staff", {"ana", "teacher", "assistant"}),
        ("self", {"ana"}),
    ],
)
def test_each_audience_has_its_readers(cast, audience, readers):
    made = post(cast, "ana", audience=audience)
    inside = ["ana", "bob", "teacher", "assistant", "observer"]
    assert {name for name in inside if made["id"] in listed(cast, name)} == readers
    paths = f"/v1/annotations/{made['id']}"
    assert {name for name in cast.people if cast.people[name].get(paths).status_code == 200} == readers


def test_strangers_cannot_tell_that_it_exists(cast):
    made = post(cast, "ana")
    for method, path in [
        ("get", f"/v1/annotations/{made['id']}"),
        ("delete", f"/v1/annotations/{made['id']}"),
        ("put", f"/v1/annotations/{made['id']}/endorsements/helpful"),
        ("get", url(cast)),
        ("get", url(cast, "mine")),
        ("get", url(cast, "changes")),
        ("get", url(cast, "roster")),
        ("get", url(cast, "authors")),
    ]:
        assert getattr(cast.eve, method)(path).status_code == 404, path


def test_a_vote_of_another_group_is_refused_as_absent(cast):
    with unit_of_work():
        made = factories.groups(cast.course, [cast.ana.account], [cast.bob.account])
        cast.assignment.group_set_id = made.id
        session.merge(cast.assignment)
    annotation = post(cast, "ana")
    assert annotation["audience"] == "group"
    assert annotation["id"] not in listed(cast, "bob")
    assert annotation["id"] in listed(cast, "teacher")
    path = f"/v1/annotations/{annotation['id']}"
    assert cast.bob.put(f"{path}/endorsements/helpful").status_code == 404
    assert cast.bob.post(f"{path}/flags", json={}).status_code == 404
    reply = cast.bob.post(url(cast), json={"body": "Hi", "parent_id": annotation["id"]})
    assert reply.status_code == 422
    assert post(cast, "teacher")["audience"] == "class"


def test_votes_count_once_and_never_for_oneself(cast):
    made = post(cast, "ana")
    path = f"/v1/annotations/{made['id']}/endorsements"
    for _ in range(2):
        assert cast.bob.put(f"{path}/me_too").get_json()["endorsements"] == {"helpful": 0, "me_too": 1}
    assert cast.ana.put(f"{path}/me_too").status_code == 409
    assert cast.bob.put(f"{path}/great").status_code == 404
    assert cast.bob.get(url(cast, "mine")).get_json()["endorsements"] == {made["id"]: ["me_too"]}
    assert cast.bob.delete(f"{path}/me_too").get_json()["endorsements"]["me_too"] == 0


def test_only_the_author_changes_words_and_the_old_ones_are_kept(cast):
    made = post(cast, "ana")
    path = f"/v1/annotations/{made['id']}"
    changed = cast.ana.patch(path, json={"body": "Why *exactly*?"}).get_json()
    assert changed["seq"] > made["seq"]
    assert changed["edited"]
    assert "<em>exactly</em>" in changed["body_html"]
    assert cast.bob.patch(path, json={"body": "mine now"}).status_code == 403
    assert cast.teacher.patch(path, json={"body": "mine now"}).status_code == 403
    assert cast.teacher.patch(path, json={"resolved": True}).get_json()["resolved"] is True
    assert cast.ana.patch(path, json={"audience": "self"}).status_code == 422


def test_what_is_removed_stays_as_a_place_only_while_it_has_replies(cast):
    head = post(cast, "ana", body="secret")
    reply = post(cast, "bob", parent_id=head["id"])
    assert cast.ana.delete(f"/v1/annotations/{head['id']}").status_code == 204
    place = listed(cast, "bob")[head["id"]]
    assert (place["body"], place["deleted"], place["creator"]) == ("removed", True, None)
    assert cast.bob.delete(f"/v1/annotations/{reply['id']}").status_code == 204
    assert listed(cast, "bob") == listed(cast, "ana") == {}
    assert cast.ana.get(f"/v1/annotations/{head['id']}").status_code == 404


def test_a_list_goes_on_where_it_stopped(cast):
    made = [post(cast, "ana")["id"] for _ in range(5)]
    first = cast.bob.get(url(cast) + "?limit=2").get_json()
    second = cast.bob.get(url(cast) + f"?limit=9&cursor={first['next']}").get_json()
    assert [item["id"] for item in first["items"] + second["items"]] == made
    assert second["next"] is None
    assert cast.bob.get(url(cast) + "?cursor=nonsense").status_code == 400


def test_sending_twice_with_one_key_posts_once(cast):
    draft = {"body": "Why?", "motivation": "questioning", "target": QUOTE}
    key = {"Idempotency-Key": "k1"}
    first, second = (cast.ana.post(url(cast), json=draft, headers=key) for _ in range(2))
    assert first.get_json() == second.get_json()
    assert len(listed(cast, "ana")) == 1
    assert cast.ana.post(url(cast), json=draft | {"body": "Other"}, headers=key).status_code == 422


def test_a_closed_assignment_takes_no_more_but_stays_readable(cast):
    made = post(cast, "ana")
    with unit_of_work():
        cast.assignment.state = "closed"
        session.merge(cast.assignment)
    assert cast.ana.post(url(cast), json={"body": "x", "target": QUOTE}).status_code == 403
    assert cast.ana.patch(f"/v1/annotations/{made['id']}", json={"body": "x"}).status_code == 409
    assert made["id"] in listed(cast, "bob")


def test_a_source_may_not_name_another_document(cast):
    with unit_of_work():
        other = factories.document(cast.course).id
    draft = {"body": "Why?", "motivation": "questioning"}
    for source, status in ((other, 422), (f"https://f.example/documents/{other}", 422), ("urn:isbn:0", 201)):
        answer = cast.ana.post(url(cast), json=draft | {"target": QUOTE | {"source": source}})
        assert answer.status_code == status, source
