"""A teacher's changes by hand stay with their topics while the class goes on writing."""

import pytest

from app.core import jobs
from app.core.db import session, unit_of_work
from app.reports import operations
from app.reports.models import Topic, TopicPlacement
from app.reports.queries import topic_or_404
from app.reports.topics import rearranged

from .asking import ask, reported, topic


@pytest.fixture
def url(cast):
    return f"/v1/assignments/{cast.assignment.id}"


def edit(person, url, kind, **change):
    return person.post(f"{url}/confusion-report/topics", json={"kind": kind, **change})


@pytest.fixture
def three(cast, url):
    """Ana's three annotations, two of them in the first topic."""
    return [ask(cast.ana, url, exact=exact)["id"] for exact in ("its speed changes", "into glass", "The cat")]


@pytest.fixture
def two(cast, three):
    """The ids of two topics."""
    return reported(cast, topic("speed", *three[:2]), topic("index", three[2]))


def shown(answer):
    assert answer.status_code == 201, answer.get_json()
    return [(t["label"], [v["id"] for v in t["members"]], t["students"]) for t in answer.get_json()["topics"]]


def test_a_merged_topic_counts_each_student_once(cast, url, three, two):
    assert shown(edit(cast.teacher, url, "merge", topics=two, label="Both")) == [("Both", three, 1)]


def test_an_id_of_what_was_merged_leads_to_the_whole(cast, url, two):
    edit(cast.teacher, url, "merge", topics=two)
    assert topic_or_404(two[1]).id == two[0]


def test_some_are_split_off_under_a_name_of_their_own(cast, url, three, two):
    answer = edit(cast.teacher, url, "split", topics=two[:1], annotations=three[1:2], label="Glass")
    assert shown(answer) == [("speed", three[:1], 1), ("index", three[2:], 1), ("Glass", three[1:2], 1)]


def test_all_of_a_topic_cannot_be_split_off(cast, url, three, two):
    answer = edit(cast.teacher, url, "split", topics=two[:1], annotations=three[:2])
    assert (answer.status_code, answer.get_json()["code"]) == (422, "no_split")


def test_an_annotation_is_moved_to_another_topic_or_to_none(cast, url, three, two):
    answer = edit(cast.teacher, url, "move", topics=two[1:], annotations=three[:1])
    assert shown(answer) == [("speed", three[1:2], 1), ("index", [three[2], three[0]], 1)]
    alone = edit(cast.teacher, url, "move", annotations=three[:1])
    assert shown(alone) == [("speed", three[1:2], 1), ("index", three[2:], 1)]
    assert [v["id"] for v in alone.get_json()["unclustered"]] == three[:1]


def test_only_what_the_report_holds_is_moved(cast, url, two):
    answer = edit(cast.teacher, url, "move", topics=two[:1], annotations=["x", "y"])
    assert answer.status_code == 422
    assert session.query(TopicPlacement).count() == 0


def test_changes_by_hand_outlive_the_next_report(cast, url, three, two):
    edit(cast.teacher, url, "rename", topics=two[:1], label="Why it turns")
    edit(cast.teacher, url, "move", topics=two[:1], annotations=three[2:])
    ask(cast.bob, url)
    cast.teacher.get(f"{url}/confusion-report")
    jobs.run_pending()
    ready = cast.teacher.get(f"{url}/confusion-report").get_json()
    (kept,) = [found for found in ready["topics"] if found["key"] == two[0]]
    assert kept["label"] == "Why it turns"
    assert three[2] in {v["id"] for v in kept["members"]}


def test_topics_of_another_assignment_are_not_touched(cast, url, two):
    with unit_of_work():
        from tests import factories

        other = factories.assignment(cast.course, cast.document)
        strange = factories.add(Topic(assignment_id=other.id)).id
    answer = edit(cast.teacher, url, "merge", topics=[two[0], strange])
    assert (answer.status_code, answer.get_json()["code"]) == (409, "topics_moved")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "rename", "topics": []}, "not_one_topic"),
        ({"kind": "rename", "topics": ["first"]}, "no_name"),
        ({"kind": "merge", "topics": ["first"]}, "too_few_topics"),
        ({"kind": "move", "topics": ["first"]}, "nothing_to_move"),
    ],
)
def test_a_change_that_names_too_little_says_what_it_lacks(cast, url, two, change, code):
    change = change | {"topics": [two[0] for _ in change["topics"]]}
    answer = edit(cast.teacher, url, **change)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)


def test_an_observer_changes_nothing(cast, url, two):
    assert edit(cast.observer, url, "rename", topics=two[:1], label="New").status_code == 403


def test_what_became_of_a_topic_stands_in_the_report(cast, url, two):
    said = {"what_i_did": "Two demonstrations.", "what_i_would_change": "Only one."}
    assert cast.teacher.put(f"/v1/topics/{two[0]}/outcome", json=said).status_code == 200
    with unit_of_work():
        operations.record_before(topic_or_404(two[0]), 9, 24)
        operations.record_after(topic_or_404(two[0]), 20, 24)
    outcome = cast.teacher.get(f"{url}/confusion-report").get_json()["topics"][0]["outcome"]
    assert outcome["dealt_at"]
    assert {key: outcome[key] for key in said} == said
    assert (outcome["before"], outcome["after"]) == ({"right": 9, "of": 24}, {"right": 20, "of": 24})


def test_a_topic_that_was_not_dealt_with_after_all_keeps_what_was_written(cast, url, two):
    address = f"/v1/topics/{two[0]}/outcome"
    cast.teacher.put(address, json={"what_i_did": "A vote."})
    back = cast.teacher.put(address, json={"dealt": False}).get_json()
    assert (back["dealt_at"], back["what_i_did"]) == (None, "A vote.")


def test_the_found_topics_are_not_changed():
    found = {"topics": [topic("speed", "a", "b") | {"id": "t"}], "unclustered": []}
    rearranged(found, {"a": None})
    assert found["topics"][0]["members"] == ["a", "b"]


def test_what_is_solved_stays_solved_where_it_is_moved():
    first = topic("speed", "a", "b") | {"id": "t", "open": ["b"]}
    moved = rearranged({"topics": [first, topic("index", "x") | {"id": "u"}]}, {"a": "u", "b": "u"})
    assert [(t["id"], t["open"]) for t in moved["topics"]] == [("u", ["x", "b"])]


def test_the_assignment_is_marked_stale_by_a_change_by_hand(cast, url, three, two):
    assert cast.teacher.get(f"{url}/confusion-report").get_json()["stale"] is False
    edit(cast.teacher, url, "move", annotations=three[:1])
    assert cast.teacher.get(f"{url}/confusion-report").get_json()["stale"] is True
