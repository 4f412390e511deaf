"""The confusion report through the front door: who may read it, what it is made from, what it never says."""

from datetime import timedelta

import pytest

from app.activity.models import Interval
from app.core import jobs
from app.core.db import unit_of_work
from app.core.ids import now
from app.reports.evidence import evidence, stamp

from .. import factories
from ..factories import TEXT
from .asking import WHY, ask, fresh, reported, said, topic


@pytest.fixture
def url(cast):
    return f"/v1/assignments/{cast.assignment.id}"


def test_evidence_names_the_place_and_nobody(cast, url):
    ask(cast.ana, url)
    (one,) = said(cast)
    assert TEXT[int(one.start) : int(one.end)] == "its speed changes"
    assert (one.author, one.quote, one.resolved) == (cast.ana.id, "its speed changes", None)
    assert "Ana" not in repr(evidence(fresh(cast)))


def test_somebody_who_is_called_by_name_is_not_in_the_evidence(cast, url):
    ask(cast.ana, url, body="@Bob Oduya why does it turn?")
    (one,) = said(cast)
    assert one.text.strip() == "why does it turn?"


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
    signals = evidence(fresh(cast)).signals
    assert {(signal.kind, signal.author) for signal in signals} == {("reread", cast.ana.id)}


def test_what_people_keep_to_themselves_is_not_evidence(cast, url):
    ask(cast.ana, url, audience="self")
    assert said(cast) == []


def test_hidden_and_removed_annotations_are_not_evidence(cast, url):
    hidden, removed = ask(cast.ana, url), ask(cast.bob, url)
    cast.teacher.put(f"/v1/annotations/{hidden['id']}/hidden", json={"hidden": True, "reason": "off topic"})
    cast.bob.delete(f"/v1/annotations/{removed['id']}")
    assert said(cast) == []


def test_me_too_counts_people(cast, url):
    asked = ask(cast.ana, url)
    cast.bob.put(f"/v1/annotations/{asked['id']}/endorsements/me_too")
    assert said(cast)[0].me_too == (cast.bob.id,)


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


def test_the_page_shows_topics_and_words(cast, url):
    reported(cast, topic("Why the speed turns it", ask(cast.ana, url)["id"]))
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
