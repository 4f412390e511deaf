"""The confusion report on small assignments whose right answer one can see."""

import pytest

from scoring.evidence import Annotation, Document, Evidence, Signal, add_line
from scoring.jsonlines import BadLine
from scoring.places import touching
from scoring.report import report
from tests.doubts import LEAF

TEXT = "Light hits the leaf and splits water. " * 20 + "A vote of the senate can end a veto. " * 20

VETO = [
    "How many votes does the senate need to end a veto?",
    "I don't understand who can veto the senate.",
    "Why can the senate end a veto if the president wins the vote?",
    "I'm confused, is a veto final or can the senate vote again?",
    "what is a veto and why does the senate vote on it",
    "I don't get how the vote on the veto works.",
    "Who counts the votes of the senate after a veto? I'm lost.",
    "It is unclear to me when the senate may end a veto.",
]


def evidence(leaf=LEAF, veto=VETO, **changes):
    middle = len(TEXT) / 2 + 10
    spans = [(10.0 + 5 * n, 40.0 + 5 * n) for n in range(len(leaf))]
    spans += [(middle + 10 + 5 * n, middle + 40 + 5 * n) for n in range(len(veto))]
    made = Evidence(Document("Leaves and vetoes", TEXT, "text", 30))
    for number, (text, (start, end)) in enumerate(zip([*leaf, *veto], spans, strict=True)):
        made.annotations.append(
            Annotation(f"a{number:02}", f"s{number % 11}", text, start=start, end=end, **changes)
        )
    return made


def test_two_ideas_become_topics_that_do_not_mix():
    topics = report(evidence())["topics"]
    leaf = {f"a{n:02}" for n in range(len(LEAF))}
    assert len(topics) >= 2
    assert all(set(topic["members"]) <= leaf or not set(topic["members"]) & leaf for topic in topics)
    assert all(topic["passages"] and topic["label"] and topic["summary"] for topic in topics)
    assert any("water" in topic["label"].lower() for topic in topics)


NOTES = [
    "the splitting of water by light",
    "water being split in the leaf",
    "how light splits water",
    "oxygen that comes out of the water in a leaf",
    "light and water in the leaf",
    "why water is split",
    "the veto of the senate",
    "senate votes about a veto",
    "ending a veto by a vote",
    "the president and the veto",
    "number of votes against a veto",
    "who may veto",
    "nothing, it was all clear",
]


def noted(text=""):
    return Evidence(
        Document("A lesson", text), [Annotation(f"n{n:02}", f"s{n}", note) for n, note in enumerate(NOTES)]
    )


def test_notes_on_a_lesson_need_not_be_worded_as_questions():
    found = report(noted())
    grouped = {member for topic in found["topics"] for member in topic["members"]}
    assert len(found["topics"]) >= 2
    assert len(grouped) >= 8
    assert "n12" not in grouped | set(found["unclustered"])


def test_where_there_is_something_to_point_at_a_bare_remark_is_no_confusion():
    assert report(noted(TEXT))["topics"] == []


def test_one_loud_student_counts_once():
    made = evidence()
    loud = [Annotation(a.id, "loud", a.text, start=a.start, end=a.end) for a in made.annotations]
    assert {topic["students"] for topic in report(Evidence(made.document, loud))["topics"]} == {1}


def test_me_too_adds_students_and_staff_never_count():
    made = evidence(me_too=("x1", "x2", "t1"))
    made.annotations.append(
        Annotation("t", "t1", "What do you all think about the veto?", role="teacher", start=1, end=9)
    )
    found = report(made)
    assert all(topic["signals"]["me_too"] == 3 for topic in found["topics"])
    assert "t" not in {member for topic in found["topics"] for member in topic["members"]} | set(
        found["unclustered"]
    )
    assert all(topic["share"] == pytest.approx(topic["students"] / 30, abs=1e-4) for topic in found["topics"])


def test_under_twelve_confusions_there_is_a_list_and_no_topic():
    found = report(evidence(LEAF[:5], VETO[:5]))
    assert found["topics"] == []
    assert found["method"]["name"] == "list"
    assert len(found["unclustered"]) == 10


def test_answered_questions_are_not_open():
    made = evidence()
    assert all(topic["open_share"] == 1 for topic in report(made)["topics"])
    for number, asked in enumerate(list(made.annotations)):
        answer = "The senate decides that with two thirds of all of its members."
        made.annotations.append(Annotation(f"r{number}", "helper", answer, parent=asked.id))
    assert all(topic["open_share"] == 0 for topic in report(made)["topics"])
    assert all(topic["open_share"] == 1 for topic in report(evidence(resolved=False))["topics"])


def test_places_with_marks_and_no_words_are_named_apart():
    made = evidence()
    made.signals += [Signal("mark", f"m{n}", 900, 910) for n in range(3)]
    made.signals += [Signal("sure_but_wrong", "m9", 12, 30)]
    found = report(made)
    assert [(place["start"], place["students"]) for place in found["silent"]] == [(900, 3)]
    assert sum(topic["signals"]["sure_but_wrong"] for topic in found["topics"]) == 1
    assert len(found["heat"]) == 40
    assert max(found["heat"]) > 0


def test_questions_in_other_languages_stay_with_their_passage():
    made = evidence()
    made.annotations.append(
        Annotation("es", "s99", "¿Por qué la luz divide el agua de la hoja?", start=20, end=40)
    )
    found = report(made)
    home = [topic for topic in found["topics"] if "es" in topic["members"]]
    assert len(home) == 1
    assert "a00" in home[0]["members"] or "a01" in home[0]["members"] or "a02" in home[0]["members"]


def test_the_same_evidence_gives_the_same_report_in_any_order():
    made = evidence()
    assert report(made) == report(Evidence(made.document, made.annotations[::-1], made.signals[::-1]))


def test_one_more_comment_leaves_most_together():
    before = {frozenset(topic["members"]) for topic in report(evidence())["topics"]}
    after = [
        set(topic["members"])
        for topic in report(evidence([*LEAF, "Where does the light split the water?"]))["topics"]
    ]
    assert before
    assert after
    assert len(after) <= len(before) + 1


@pytest.mark.parametrize("made", [Evidence(), Evidence(Document("Empty", ""))])
def test_an_empty_assignment_has_an_empty_report(made):
    found = report(made)
    assert (found["topics"], found["silent"], found["unclustered"], found["heat"]) == ([], [], [], [0] * 40)


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "annotation", "id": "1", "author": "2"},
        {"kind": "mark", "author": "2"},
        {"kind": "mark", "author": "2", "start": 1e300, "end": 2},
        {"kind": "mark", "author": "2", "start": True, "end": 2},
        {"kind": "answer", "author": "2", "question": "q", "correct": "no"},
        {"kind": "activity", "author": [], "start": 1, "end": 2, "times": 3},
        {"kind": "document", "cues": [1]},
        {"kind": []},
        {},
    ],
)
def test_lines_that_say_nothing_readable_are_refused(line):
    with pytest.raises(BadLine):
        add_line(Evidence(), line)


def test_the_axis_of_a_video_without_captions_is_as_long_as_it_is_said_to_be():
    made = Evidence()
    add_line(made, {"kind": "document", "medium": "video", "length": 400})
    add_line(made, {"kind": "mark", "author": "a", "start": 200, "end": 201})
    heat = report(made)["heat"]
    assert heat[20] == 1
    assert sum(heat) == 1


@pytest.mark.parametrize(
    ("span", "inside"),
    [
        ((0, 5), False),
        ((0, 11), True),
        ((15, 15), True),
        ((20, 25), False),
        ((24, 30), False),
        ((30, 30), True),
    ],
)
def test_a_span_touches_the_places_that_it_shares_something_with(span, inside):
    assert touching([span], [(30, 30), (10, 15), (12, 20)]) == [inside]


@pytest.mark.parametrize("moment", [0.0, len(TEXT) / 40 * 5, float(len(TEXT)), len(TEXT) + 500.0])
def test_marks_on_an_edge_or_past_the_end_are_somewhere(moment):
    made = Evidence(Document("Leaves and vetoes", TEXT, "text", 30))
    made.signals += [Signal("mark", f"m{n}", moment, moment) for n in range(6)]
    (place,) = report(made)["silent"]
    assert 0 <= place["start"] <= place["end"] <= max(moment, len(TEXT))
    assert place["students"] == 6


def test_what_staff_ask_stands_beside_the_topics_and_moves_none():
    plain = report(evidence())
    made = evidence()
    asked = {
        "t1": "Why does light split the water in a leaf?",
        "t2": "How do votes end a veto in the senate?",
    }
    for key, text in asked.items():
        made.annotations.append(Annotation(key, key, text, role="teacher", confusion=0.9, question=0.9))
    made.annotations.append(Annotation("t3", "t3", "All of this is on page 3.", role="teacher"))
    reply = Annotation("t4", "t4", "Why water?", role="teacher", confusion=0.9, question=0.9, parent="t1")
    made.annotations.append(reply)
    found = report(made)
    assert "t4" not in str(found)
    beside = {one: next(t for t in found["topics"] if one in t["of_staff"]["members"]) for one in asked}
    assert "water" in beside["t1"]["label"] + beside["t1"]["summary"]
    assert beside["t1"]["id"] != beside["t2"]["id"]
    without = [{k: v for k, v in topic.items() if k != "of_staff"} for topic in found["topics"]]
    assert without == [{k: v for k, v in topic.items() if k != "of_staff"} for topic in plain["topics"]]
    assert found["unclustered_of_staff"] == []
    assert all(topic["of_staff"]["members"] == [] for topic in plain["topics"])


def test_with_too_few_questions_those_of_staff_are_listed_apart():
    made = evidence(LEAF[:3], VETO[:2])
    made.annotations.append(Annotation("t1", "t1", "Why?", role="observer", confusion=0.9, question=0.9))
    found = report(made)
    assert (found["topics"], found["unclustered_of_staff"]) == ([], ["t1"])
    assert "t1" not in found["unclustered"]
