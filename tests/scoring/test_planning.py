"""The draft of a lesson: it fills the time, suits the topic and the room, and says why."""

import pytest

from scoring.planning import KINDS, Topic, draft

TOPICS = [
    Topic("turns", students=14, right=0.45, sides=2, places=2),
    Topic("index", students=6, right=0.1),
    Topic("colours", students=4, places=3),
    Topic("fibre", students=2),
    Topic("sky", students=2),
]


@pytest.mark.parametrize("room", ["rows", "tables", "open"])
@pytest.mark.parametrize("minutes", [5, 9, 15, 20, 45, 90, 180])
@pytest.mark.parametrize("number", range(6))
def test_the_minutes_are_filled_exactly(minutes, number, room):
    steps = draft(TOPICS[:number], minutes, room)
    assert sum(step.minutes for step in steps) == minutes
    assert min(step.minutes for step in steps) > 0
    assert {step.kind for step in steps} <= set(KINDS)
    assert all(step.why["text"] and step.why["code"] for step in steps)


def test_half_right_is_voted_on_and_few_right_are_shown_how():
    steps = draft(TOPICS[:2], 45, "tables")
    assert [(step.kind, step.topics) for step in steps] == [
        ("vote", ("turns",)),
        ("debate", ("turns",)),
        ("worked_example", ("index",)),
        ("exit_ticket", ()),
    ]
    assert steps[0].why["params"] == {"percent": 45}
    assert steps[0].minutes + steps[1].minutes > steps[2].minutes


def test_no_activity_is_longer_than_people_bear():
    steps = draft(TOPICS[:1], 90, "tables")
    assert max(step.minutes for step in steps) <= 20
    assert len({step.kind for step in steps}) >= 4


def test_two_sides_without_a_right_answer_are_debated():
    assert draft([Topic("fair", sides=2)], 30, "rows")[0].kind == "debate"


def test_rows_have_no_group_tables():
    steps = draft(TOPICS, 90, "rows")
    assert {"stations", "whiteboard", "jigsaw", "concept_map"}.isdisjoint(step.kind for step in steps)


def test_small_topics_share_stations_where_one_can_walk():
    steps = draft(TOPICS, 45, "open")
    (stations,) = [step for step in steps if step.kind == "stations"]
    assert stations.topics[-1] == "sky"
    named = [key for step in steps for key in step.topics]
    assert named == [topic.key for topic in TOPICS]


def test_one_kind_does_not_fill_the_lesson():
    steps = draft([Topic(str(n), students=5) for n in range(4)], 60, "tables")
    assert len({step.kind for step in steps}) >= 3


def test_too_many_topics_for_the_time_are_cut_from_the_end():
    steps = draft(TOPICS, 20, "rows")
    assert [step.topics for step in steps] == [("turns",), ("index",), ()]


def test_without_topics_the_class_begins_with_its_own_questions():
    assert [step.kind for step in draft([], 30, "tables")] == ["pairs", "exit_ticket"]
