"""Setting the rules: seen before they are kept, and what they refuse."""

import pytest

from app.core.db import session
from app.core.jobs import run_pending
from app.engagement.models import CourseScoring, EngagementScore


def test_the_preview_names_who_gains_and_loses_and_changes_nothing(cast, klass):
    klass.scored_by(weights={"annotations": 100})
    klass.writes(cast.ana, -5, -4)
    klass.reads(cast.bob, 0, 99)
    wanted = {"policy": {"weights": {"completion": 100}}}
    found = cast.teacher.post(klass.course_url("scoring/preview"), json=wanted).get_json()
    assert (found["assignment_id"], found["students"]) == (klass.assignment.id, 2)
    assert [(move["name"], move["before"], move["after"]) for move in found["gain"]] == [("Bob Oduya", 0, 10)]
    assert [(move["name"], move["before"], move["after"]) for move in found["lose"]] == [("Ana Pires", 5, 0)]
    assert session.get_one(CourseScoring, cast.course.id).settings["weights"] == {"annotations": 100}
    assert session.query(EngagementScore).count() == 0


def test_another_number_of_points_moves_nobody(cast, klass):
    klass.scored_by(weights={"annotations": 100}, points=10)
    klass.writes(cast.ana, -5, -4)
    wanted = {"policy": {"weights": {"annotations": 100}, "points": 20}}
    found = cast.teacher.post(klass.course_url("scoring/preview"), json=wanted).get_json()
    assert (found["gain"], found["lose"]) == ([], [])


def test_a_course_without_work_previews_nothing(cast):
    found = cast.other_teacher.post(
        f"/v1/courses/{cast.other_course.id}/scoring/preview", json={"policy": {}}
    ).get_json()
    assert found == {"assignment_id": None, "title": "", "students": 0, "gain": [], "lose": []}


def test_rules_that_are_kept_are_worked_out_by_the_worker(cast, klass):
    klass.writes(cast.ana, -5)
    klass.scored_by(weights={"annotations": 100})
    assert run_pending() >= 1
    session.expunge_all()
    assert session.get_one(EngagementScore, (klass.assignment.id, cast.ana.id)).share == 0.25
    klass.scored_by(weights={"annotations": 100}, best=1)
    run_pending()
    session.expunge_all()
    assert session.get_one(EngagementScore, (klass.assignment.id, cast.ana.id)).share == 1


@pytest.mark.parametrize(
    "policy",
    [
        {"weights": {}},
        {"weights": {"annotations": 0}},
        {"weights": {"annotations": 101}},
        {"weights": {"charm": 10}},
        {"spread_penalty": 11},
        {"step": 0.3},
        {"best": 0},
        {"points": 0},
        {"late_hours": -1},
        {"release": "never"},
        {"unknown": 1},
    ],
)
def test_rules_that_make_no_sense_are_refused(cast, policy):
    answer = cast.teacher.put(f"/v1/courses/{cast.course.id}/scoring", json={"policy": policy})
    assert answer.status_code == 422
    assert session.query(CourseScoring).count() == 0


def test_the_gradebook_has_everybody_in_everything(cast, klass):
    klass.scored_by(weights={"annotations": 100}, missing_is_zero=True)
    klass.writes(cast.ana, -5, -4)
    klass.work_out()
    book = cast.teacher.get(klass.course_url("gradebook")).get_json()
    assert [column["title"] for column in book["columns"]] == ["Read this"]
    assert [(row["name"], row["total"], row["cells"]) for row in book["rows"]] == [
        ("Ana Pires", 5, [[5, "s"]]),
        ("Bob Oduya", 0, [[None, "m"]]),
    ]
    assert book["fresh"] is True
    cast.teacher.patch(klass.url(f"scores/{cast.bob.id}"), json={"excused": True})
    book = cast.teacher.get(klass.course_url("gradebook")).get_json()
    assert (book["rows"][1]["total"], book["rows"][1]["cells"]) == (None, [[None, "e"]])
