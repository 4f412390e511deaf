"""The confusion report through the front door: who may read it, what it is made from, what it never says."""

from datetime import timedelta

import pytest

from app.activity.models import Interval
from app.assignments.models import Assignment
from app.core import jobs
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.reports.evidence import evidence, stamp
from app.reports.models import Report

from .. import factories
from ..factories import TEXT

WHY = "I do not understand why a change of speed should turn the light at all."


@pytest.fixture
def url(cast):
    return f"/v1/assignments/{cast.assignment.id}"


def ask(person, url, body=WHY, exact="its speed changes", **more):
    target = {"selector": [{"type": "TextQuoteSelector", "exact": exact}]}
    answer = person.post(
        f"{url}/annotations", json={"body": body, "motivation": "questioning", "target": target, **more}
    )
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def fresh(cast):
    """The assignment as the database knows it now."""
    session.expunge_all()
    return session.get_one(Assignment, cast.assignment.id)


def lines(cast, kind):
    return [line for line in evidence(fresh(cast)) if line["kind"] == kind]


def test_evidence_names_the_place_and_nobody(cast, url):
    ask(cast.ana, url)
    (line,) = lines(cast, "annotation")
    assert TEXT[int(line["start"]) : int(line["end"])] == "its speed changes"
    assert (line["author"], line["quote"], line["resolved"]) == (cast.ana.id, "its speed changes", False)
    assert "Ana" not in repr(evidence(fresh(cast)))


def test_somebody_who_is_called_by_name_is_not_in_the_evidence(cast, url):
    ask(cast.ana, url, body="@Bob Oduya why does it turn?")
    (line,) = lines(cast, "annotation")
    assert line["text"].strip() == "why does it turn?"


def test_what_the_teacher_reads_again_is_not_a_students_rereading(cast, url):
    with unit_of_work():
        for person in (cast.teacher, cast.ana):
            for hours in (5, 3):
                began = now() - timedelta(hours=hours)
                factories.add(
                    Interval(
                        assignment_id=cast.assignment.id, account_id=person.id, kind="read",
                        start=0, end=5, seconds=9, began_at=began,
                    )
                )  # fmt: skip
    assert {line["author"] for line in lines(cast, "activity")} == {cast.ana.id}


def test_what_people_keep_to_themselves_is_not_evidence(cast, url):
    ask(cast.ana, url, audience="self")
    assert lines(cast, "annotation") == []


def test_hidden_and_removed_annotations_are_not_evidence(cast, url):
    hidden, removed = ask(cast.ana, url), ask(cast.bob, url)
    cast.teacher.put(f"/v1/annotations/{hidden['id']}/hidden", json={"hidden": True, "reason": "off topic"})
    cast.bob.delete(f"/v1/annotations/{removed['id']}")
    assert lines(cast, "annotation") == []


def test_me_too_counts_people(cast, url):
    asked = ask(cast.ana, url)
    cast.bob.put(f"/v1/annotations/{asked['id']}/endorsements/me_too")
    assert lines(cast, "annotation")[0]["me_too"] == [cast.bob.id]


def test_the_stamp_moves_with_the_evidence_only(cast, url):
    before = stamp(fresh(cast))
    assert stamp(fresh(cast)) == before
    ask(cast.ana, url)
    assert stamp(fresh(cast)) != before


def test_asking_has_the_report_made_in_the_background(cast, url):
    ask(cast.ana, url)
    first = cast.teacher.get(f"{url}/confusion-report").get_json()
    assert (first["state"], first["topics"]) == ("making", [])
    assert jobs.run_pending() >= 1
    ready = cast.teacher.get(f"{url}/confusion-report").get_json()
    assert (ready["state"], ready["stale"]) == ("ready", False)
    assert [voice["text"] for voice in ready["unclustered"]] == [WHY]
    assert len(ready["heat"]) == 40
    ask(cast.bob, url)
    assert cast.teacher.get(f"{url}/confusion-report").get_json()["stale"] is True


def test_an_observer_reads_no_words_meant_for_staff(cast, url):
    ask(cast.ana, url, audience="staff")
    cast.teacher.get(f"{url}/confusion-report")
    jobs.run_pending()
    assert [v["text"] for v in cast.teacher.get(f"{url}/confusion-report").get_json()["unclustered"]] == [WHY]
    assert WHY not in cast.observer.get(f"{url}/confusion-report").get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "status"), [("teacher", 200), ("assistant", 200), ("observer", 200), ("ana", 403), ("eve", 404)]
)
def test_only_staff_and_observers_read_it(cast, url, who, status):
    assert cast.people[who].get(f"{url}/confusion-report").status_code == status


def topics_of(cast, *topics):
    with unit_of_work():
        session.merge(
            Report(
                assignment_id=cast.assignment.id,
                evidence_hash=stamp(fresh(cast)),
                made_at=cast.assignment.created_at,
                result={
                    "topics": list(topics),
                    "heat": [0] * 40,
                    "method": {"confusions": 12, "certainty": 0.5},
                },
            )
        )


def topic(label, *members):
    return {
        "label": label,
        "summary": "",
        "members": list(members),
        "students": 1,
        "share": 0.5,
        "open_share": 1.0,
        "passages": [[0, 5]],
        "representatives": list(members[:1]),
        "signals": {
            "questions": len(members),
            "me_too": 0,
            "marks": 0,
            "wrong_answers": 0,
            "sure_but_wrong": 0,
            "rereads": 0,
        },
    }


def test_a_merged_topic_counts_each_student_once(cast, url):
    one, two = ask(cast.ana, url)["id"], ask(cast.ana, url, exact="The cat")["id"]
    topics_of(cast, topic("speed", one), topic("index", two))
    merged = cast.teacher.post(
        f"{url}/confusion-report/topics", json={"kind": "merge", "topics": [one, two], "label": "Both"}
    )
    assert merged.status_code == 201
    (shown,) = merged.get_json()["topics"]
    assert (shown["label"], shown["students"], len(shown["members"])) == ("Both", 1, 2)


def test_a_topic_that_is_gone_cannot_be_renamed(cast, url):
    topics_of(cast, topic("speed", ask(cast.ana, url)["id"]))
    answer = cast.teacher.post(
        f"{url}/confusion-report/topics", json={"kind": "rename", "topics": ["x"], "label": "New"}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (409, "topics_moved")


def test_an_observer_changes_nothing(cast, url):
    answer = cast.observer.post(
        f"{url}/confusion-report/topics", json={"kind": "rename", "topics": ["x"], "label": "New"}
    )
    assert answer.status_code == 403


def test_the_page_shows_topics_and_words(cast, url):
    topics_of(cast, topic("Why the speed turns it", ask(cast.ana, url)["id"]))
    page = cast.teacher.get(f"/assignments/{cast.assignment.id}/report").get_data(as_text=True)
    assert "Why the speed turns it" in page
    assert WHY in page
    assert "Ana Pires" not in page


def test_the_page_lists_unanswered_questions(cast, url):
    asked = ask(cast.ana, url)
    page = f"/assignments/{cast.assignment.id}/report/unanswered"
    assert WHY in cast.teacher.get(page).get_data(as_text=True)
    cast.bob.post(
        f"{url}/annotations", json={"body": "Because one side slows first.", "parent_id": asked["id"]}
    )
    assert WHY not in cast.teacher.get(page).get_data(as_text=True)


def test_an_edit_on_the_page_needs_ticked_topics(cast, url):
    answer = cast.teacher.post(f"/assignments/{cast.assignment.id}/report/topics", data={"kind": "merge"})
    assert answer.status_code == 422
