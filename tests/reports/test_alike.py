"""Beside a topic stand topics of earlier assignments of the course that are about the same."""

import pytest

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.core.jobs import run_pending
from app.reports import jobs
from app.reports.models import Report
from app.upkeep.operations.personal_data import erase_person

from .. import factories
from ..doubts import LEAF
from .asking import ask

LEAF_AGAIN = [
    "Why must a leaf split water before it can use the light?",
    "I still don't understand how light splits the water in a leaf.",
    "Where does the oxygen go when the leaf has split the water?",
    "I'm lost: is it the water or the light that the leaf splits?",
    "How does the oxygen leave the leaf after water is split by light?",
    "I don't get what the light does to the water in the leaf.",
    "Can a leaf split water when there is no light at all?",
]
VETO = [
    "How many votes does the senate need to end a veto?",
    "I don't understand who can veto the senate.",
    "Why can the senate end a veto if the president wins the vote?",
    "I'm confused, is a veto final or can the senate vote again?",
    "what is a veto and why does the senate vote on it",
    "I don't get how the vote on the veto works.",
    "Who counts the votes of the senate after a veto? I'm lost.",
]
METRE = [
    "Why is a line of five feet called a pentameter?",
    "I don't understand which syllable of the verse is stressed.",
    "How do I know where the stress falls in an iamb?",
    "I'm confused about the iamb and the trochee in this verse.",
    "I don't get why the poet breaks the metre in the last line.",
    "what is the difference between metre and rhythm in a poem",
    "I can't hear the stressed syllables of the poem. I'm lost.",
]


def reported(assignment, *askers, texts):
    """Have these asked by turns, and the report made."""
    for number, body in enumerate(texts):
        ask(askers[number % len(askers)], f"/v1/assignments/{assignment.id}", body=body)
    made(assignment)


def made(assignment):
    session.expunge_all()
    with unit_of_work():
        jobs.make_report.function(assignment.id)


def seen(person, assignment):
    """The report's topics by whether they are about leaves."""
    answer = person.get(f"/v1/assignments/{assignment.id}/confusion-report").get_json()
    leafy = {
        True: [t for t in answer["topics"] if "water" in repr(t["members"])],
        False: [t for t in answer["topics"] if "water" not in repr(t["members"])],
    }
    assert leafy[True], answer
    assert leafy[False], answer
    return leafy


@pytest.fixture
def later(cast):
    """An assignment of the same course after the first one, which Ana and Bob asked in."""
    reported(cast.assignment, cast.ana, cast.bob, texts=LEAF + VETO)
    with unit_of_work():
        return factories.assignment(cast.course, factories.document(cast.course), title="Leaves again")


def test_a_topic_shows_what_was_done_about_the_same_in_an_earlier_assignment(cast, later):
    before = seen(cast.teacher, cast.assignment)[True]
    said = {"what_i_did": "Waterweed under a lamp.", "what_i_would_change": "A brighter lamp."}
    for topic in before:
        cast.teacher.put(f"/v1/topics/{topic['key']}/outcome", json=said)
    reported(later, cast.bob, texts=LEAF_AGAIN + METRE)
    topics = seen(cast.teacher, later)
    found = [e for t in topics[True] for e in t["earlier"]]
    assert found
    assert {(e["same"], e["assignment_id"], e["title"]) for e in found} == {
        ("subject", cast.assignment.id, cast.assignment.title)
    }
    assert all({key: e["outcome"][key] for key in said} == said for e in found)
    assert {(e["key"], e["students"]) for e in found} <= {(t["key"], t["students"]) for t in before}
    assert all(t["earlier"] == [] for t in topics[False])
    page = cast.teacher.get(f"/assignments/{later.id}/report").get_data(as_text=True)
    assert "Earlier in this course:" in page
    assert page.count("also earlier in this course") == sum(bool(t["earlier"]) for t in topics[True])
    assert "Waterweed under a lamp." in page


def test_the_first_assignment_has_nothing_earlier(cast, later):
    reported(later, cast.bob, texts=LEAF_AGAIN + METRE)
    ask(cast.ana, f"/v1/assignments/{cast.assignment.id}", body="Why is water split in the leaf by light?")
    made(cast.assignment)
    topics = cast.teacher.get(f"/v1/assignments/{cast.assignment.id}/confusion-report").get_json()["topics"]
    assert all(t["earlier"] == [] for t in topics)


def test_a_report_keeps_ids_of_earlier_topics_and_an_erased_persons_are_gone(cast, later):
    reported(later, cast.bob, texts=LEAF_AGAIN + METRE)
    kept = session.get_one(Report, later.id).result["topics"]
    alike = session.get_one(Report, later.id).alike
    assert alike
    assert alike.keys() <= {topic["id"] for topic in kept}
    assert all(1 <= len(keys) <= 2 for keys in alike.values())
    with unit_of_work():
        erase_person(session.get_one(Account, cast.ana.id))  # who wrote in the earlier one alone
    session.expunge_all()
    assert session.get(Report, cast.assignment.id) is None
    topics = seen(cast.teacher, later)
    assert [e for t in topics[True] + topics[False] for e in t["earlier"]] == []


def test_another_course_is_no_earlier_assignment(cast, later):
    reported(later, cast.bob, texts=LEAF_AGAIN + METRE)
    with unit_of_work():
        session.merge(cast.assignment).course_id = cast.other_course.id
    session.expunge_all()
    assert all(t["earlier"] == [] for t in seen(cast.teacher, later)[True])


def test_an_earlier_report_that_comes_late_or_changes_is_found_without_making_the_later_one_anew(cast):
    with unit_of_work():
        later = factories.assignment(cast.course, factories.document(cast.course), title="Leaves again")
    reported(later, cast.bob, texts=LEAF_AGAIN + METRE)
    assert all(t["earlier"] == [] for t in seen(cast.teacher, later)[True])
    made_at = session.get_one(Report, later.id).made_at
    reported(cast.assignment, cast.ana, texts=VETO + METRE)
    run_pending()
    verses = {e["assignment_id"] for t in seen(cast.teacher, later)[False] for e in t["earlier"]}
    assert verses == {cast.assignment.id}
    assert all(t["earlier"] == [] for t in seen(cast.teacher, later)[True])
    reported(cast.assignment, cast.ana, cast.bob, texts=LEAF)
    run_pending()
    session.expunge_all()
    assert [e for t in seen(cast.teacher, later)[True] for e in t["earlier"]]
    assert session.get_one(Report, later.id).made_at == made_at


def test_other_reports_are_not_compared_anew_while_what_they_see_stays(cast, later):
    reported(later, cast.bob, texts=LEAF_AGAIN + METRE)
    run_pending()
    key = session.get_one(Report, cast.assignment.id).result["topics"][0]["members"][0]
    path = f"/v1/annotations/{key}/endorsements/helpful"
    cast.teacher.put(path)
    made(cast.assignment)  # those that stood by themselves have found a topic now
    run_pending()
    cast.teacher.delete(path)
    run_pending()
    made(cast.assignment)
    assert run_pending() == 0


def test_the_middles_of_topics_stay_in_the_worker(cast, later):
    answer = cast.teacher.get(f"/v1/assignments/{cast.assignment.id}/confusion-report").get_data(as_text=True)
    page = cast.teacher.get(f"/assignments/{cast.assignment.id}/report").get_data(as_text=True)
    middles = [topic["middle"] for topic in session.get_one(Report, cast.assignment.id).result["topics"]]
    assert middles
    assert not any(middle in answer + page for middle in middles if middle)
