"""A teacher's changes by hand stay with their topics while the class goes on writing."""

from app.reports.models import TopicEdit
from app.reports.topics import edited


def topic(label, *members, students=3, open_share=1.0):
    return {
        "label": label,
        "members": list(members),
        "students": students,
        "open_share": open_share,
        "passages": [[0, 5]],
        "representatives": list(members[:1]),
        "signals": {"questions": len(members)},
    }


def edit(kind, *members, label=""):
    return TopicEdit(kind=kind, members=list(members), label=label)


def test_a_name_stays_with_a_topic_that_grows():
    grown = [topic("speed", "a", "b", "c", "d"), topic("index", "x", "y")]
    shown = edited(grown, [edit("rename", "a", "b", "c", label="Why it turns")])
    assert [(t["label"], t["renamed"]) for t in shown] == [("Why it turns", True), ("index", False)]


def test_a_name_does_not_move_to_another_topic():
    assert (
        edited([topic("index", "x", "y")], [edit("rename", "a", "b", label="Why it turns")])[0]["label"]
        == "index"
    )


def test_merged_topics_are_one_and_count_their_students_anew():
    topics = [
        topic("speed", "a", "b", open_share=1.0),
        topic("index", "x", "y", open_share=0.0),
        topic("other", "q"),
    ]
    shown = edited(topics, [edit("merge", "a", "b", "x", "y", label="Speed and index")])
    assert [t["label"] for t in shown] == ["Speed and index", "other"]
    assert shown[0]["members"] == ["a", "b", "x", "y"]
    assert shown[0]["students"] == 0  # filled in from the people behind the members
    assert shown[0]["open_share"] == 0.5
    assert shown[0]["signals"] == {"questions": 4}


def test_what_was_merged_is_still_one_after_a_new_annotation():
    topics = [topic("speed", "a", "b", "new"), topic("index", "x", "y")]
    assert len(edited(topics, [edit("merge", "a", "b", "x", "y")])) == 1


def test_a_topic_is_called_by_its_oldest_member():
    assert edited([topic("speed", "b", "a")], [])[0]["key"] == "a"


def test_the_found_topics_are_not_changed():
    found = [topic("speed", "a", "b"), topic("index", "x", "y")]
    edited(found, [edit("merge", "a", "b", "x", "y")])
    assert [len(t["members"]) for t in found] == [2, 2]
