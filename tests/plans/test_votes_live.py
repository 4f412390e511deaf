"""Votes as they come in: counts for staff over the socket, for the class only that something is asked or over."""

import json

import pytest

from app.live.opening import opened
from app.reports.evidence import stamp

from ..live.conftest import hub, settle
from ..reports.asking import fresh

__all__ = ["hub", "settle"]


class Listener:
    """Somebody's window that follows the lesson's assignment."""

    def __init__(self, app, person, assignment_id):
        self.socket = app.extensions["socketio"].test_client(
            app, namespace="/live", auth={"token": person.token}
        )
        wanted = {"assignment_id": assignment_id, "since": None}
        assert self.socket.emit("join", wanted, namespace="/live", callback=True)["items"] == []

    def news(self):
        told = [m["args"][0] for m in self.socket.get_received("/live") if m["name"] == "changes"]
        return [(item["type"], item["object"]) for envelope in told for item in envelope["items"]]


@pytest.fixture
def windows(app, lesson, hub):
    assert opened(app) is hub
    people = {name: lesson.cast.people[name] for name in ("teacher", "ana", "bob", "observer")}
    return {name: Listener(app, person, lesson.cast.assignment.id) for name, person in people.items()}


@pytest.fixture
def plan(lesson):
    return lesson.plan()


def open_poll(lesson, plan, moment="before"):
    wanted = {"step_id": plan["steps"][0]["id"], "moment": moment}
    return lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/polls", json=wanted).get_json()


def vote(person, poll, place):
    option = poll["options"][place]["id"]
    assert person.put(f"/v1/polls/{poll['id']}/ballot", json={"option": option}).status_code == 200
    return option


def test_staff_hear_every_count_and_students_only_that_something_is_asked(lesson, plan, windows, settle):
    poll = open_poll(lesson, plan)
    settle()
    heard = {name: window.news() for name, window in windows.items()}
    assert heard["teacher"] == [("poll.counted", poll | {"plan_id": plan["id"]})]
    asked = [("poll.changed", {"id": poll["id"], "open": True})]
    assert heard["ana"] == heard["bob"] == asked
    right, wrong = vote(lesson.cast.ana, poll, 0), vote(lesson.cast.bob, poll, 1)
    settle()
    heard = {name: window.news() for name, window in windows.items()}
    ((kind, counted),) = heard["teacher"]
    assert (kind, counted["counts"], counted["voted"]) == ("poll.counted", {right: 1, wrong: 1}, 2)
    assert not any(pupil.id in json.dumps(counted) for pupil in lesson.pupils)
    assert heard["ana"] == heard["bob"] == []
    lesson.teacher.patch(f"/v1/polls/{poll['id']}", json={"closed": True})
    settle()
    assert windows["ana"].news() == [("poll.changed", {"id": poll["id"], "open": False})]
    assert [thing["open"] for _kind, thing in windows["teacher"].news()] == [False]
    assert windows["observer"].news() == []


def test_the_next_question_tells_that_the_one_before_is_over(lesson, plan, windows, settle):
    first, second = open_poll(lesson, plan), open_poll(lesson, plan, "after")
    settle()
    over = [{"id": first["id"], "open": False}, {"id": second["id"], "open": True}]
    assert [thing for _kind, thing in windows["bob"].news()] == over
    assert [(thing["id"], thing["open"]) for _kind, thing in windows["teacher"].news()] == [
        (each["id"], each["open"]) for each in over
    ]


def test_a_recheck_is_announced_without_its_key(lesson, plan, windows, settle):
    question = {"stem": "Which way?", "options": ["To", "Away"], "right": [0], "topic": lesson.topics[0]}
    sent = lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/recheck", json={"questions": [question]})
    assert sent.status_code == 201, sent.get_json()
    settle()
    ((_kind, told),) = windows["ana"].news()
    assert told == {"id": sent.get_json()["items"][0]["id"], "open": True}


def test_who_catches_up_reads_no_more_than_who_was_there(lesson, plan):
    url = f"{lesson.url}/changes"
    heads = {name: lesson.cast.people[name].get(url).get_json()["head"] for name in ("ana", "observer")}
    vote(lesson.cast.bob, open_poll(lesson, plan), 0)
    missed = {
        name: lesson.cast.people[name].get(f"{url}?since={head}").get_json() for name, head in heads.items()
    }
    assert [item["object"].keys() for item in missed["ana"]["items"]] == [{"id", "open"}]
    assert (missed["observer"]["items"], missed["observer"]["head"]) == ([], heads["observer"])


def test_votes_leave_the_report_as_it_is_and_questions_do_not(lesson, plan):
    before = stamp(fresh(lesson.cast))
    poll = open_poll(lesson, plan)
    vote(lesson.cast.ana, poll, 0)
    lesson.teacher.patch(f"/v1/polls/{poll['id']}", json={"closed": True, "hands": {}})
    assert stamp(fresh(lesson.cast)) == before
    assert lesson.cast.bob.put(f"/v1/annotations/{lesson.asked[0]}/endorsements/me_too").status_code == 200
    assert stamp(fresh(lesson.cast)) != before


def test_a_removed_plan_tells_nothing_more_of_its_vote(lesson, plan, windows, settle):
    open_poll(lesson, plan)
    assert lesson.teacher.delete(f"/v1/activity-plans/{plan['id']}").status_code in (200, 204)
    settle()
    for window in windows.values():
        assert {frozenset(thing) for _kind, thing in window.news()} <= {frozenset({"id"})}
