"""Levels given by hand on the page of a student's whole work: what moves, who may, what it must not tell."""

import re

import pytest
from sqlalchemy import select

from app.annotations.models import Annotation
from app.core.audit import AuditEntry
from app.core.db import session, unit_of_work
from app.engagement.models import EngagementScore
from app.scores.models import Score, TeacherScore
from app.scores.queries import body_hash


@pytest.fixture
def written(cast, klass):
    """Ana's only annotation, “not yet” by the model, in a course where quality counts, best one of one."""
    (one,) = klass.writes(cast.ana, -5, body="It bends.")
    more = klass.writes(cast.bob, *range(-40, -20))
    klass.calibrated(more)
    klass.scored_by(weights={"annotations": 100}, content="quality", best=1, level_one=50)
    with unit_of_work():
        session.add(
            Score(
                **{"annotation_id": one, "assignment_id": klass.assignment.id, "model_version": "test-model"},
                **{"body_hash": body_hash("It bends."), "quality": 0.2, "level": 0, "certainty": 0.8},
                **{"confusion": 0.0, "question": 0.0},
            )
        )
    klass.work_out()
    return one


def share(cast, klass):
    session.expunge_all()
    return session.get_one(EngagementScore, (klass.assignment.id, cast.ana.id)).share


def form_of(cast, annotation):
    """The form of one annotation on the teacher's page of Ana's work."""
    page = cast.teacher.get(f"/courses/{cast.course.id}/students/{cast.ana.id}")
    assert page.status_code == 200
    found = re.search(rf'id="w-{annotation}".*?</li>', page.text, re.DOTALL)
    assert found
    return found[0]


def test_a_level_by_hand_moves_the_score_at_once_and_is_taken_back(cast, klass, written):
    path = f"/annotations/{written}/score"
    assert share(cast, klass) == 0
    assert re.search(r'value="0" required checked', form_of(cast, written))
    assert "take_back" not in form_of(cast, written)
    answer = cast.teacher.post(path, data={"level": "1", "note": " Said why at the board. "})
    assert answer.status_code == 303
    assert answer.location == f"/courses/{cast.course.id}/students/{cast.ana.id}#w-{written}"
    assert share(cast, klass) == 0.5
    given = session.get_one(TeacherScore, written)
    assert (given.level, given.note, given.given_by) == (1, "Said why at the board.", cast.teacher.id)
    shown = form_of(cast, written)
    assert '<q dir="auto">Said why at the board.</q>' in shown
    assert "Ms Lee" in shown
    assert "The machine: not yet" in shown
    assert cast.assistant.post(path, data={"level": "2", "note": ""}).status_code == 303
    assert share(cast, klass) == 1
    assert cast.teacher.post(path, data={"do": "take_back", "level": "2"}).status_code == 303
    assert share(cast, klass) == 0
    assert session.get(TeacherScore, written) is None
    trail = session.scalars(
        select(AuditEntry).where(AuditEntry.object_id == written).order_by(AuditEntry.id)
    ).all()
    assert [(each.actor_id, each.details["level"], each.details["noted"]) for each in trail] == [
        (cast.teacher.id, 1, True),
        (cast.assistant.id, 2, False),
        (cast.teacher.id, None, False),
    ]


def test_what_is_worked_out_later_agrees_with_what_was_kept_at_once(cast, klass, written):
    cast.teacher.post(f"/annotations/{written}/score", data={"level": "1"})
    klass.work_out()
    assert share(cast, klass) == 0.5


@pytest.mark.parametrize(
    "data", [{}, {"level": ""}, {"level": "3"}, {"level": "-1"}, {"level": "1", "note": "x" * 501}]
)
def test_what_is_no_level_changes_nothing(cast, written, data):
    assert cast.teacher.post(f"/annotations/{written}/score", data=data).status_code == 422
    assert session.get(TeacherScore, written) is None


def test_a_student_gives_no_levels(cast, written):
    for who in (cast.ana, cast.bob):
        assert who.post(f"/annotations/{written}/score", data={"level": "2"}).status_code == 403
    assert cast.other_teacher.post(f"/annotations/{written}/score", data={"level": "2"}).status_code == 404
    assert session.get(TeacherScore, written) is None


def test_the_way_back_does_not_tell_who_wrote_anonymously(cast, klass, written):
    with unit_of_work():
        session.get_one(Annotation, written).anonymous = True
    answer = cast.teacher.post(f"/annotations/{written}/score", data={"level": "2"})
    assert answer.status_code == 303
    assert answer.location == f"/assignments/{klass.assignment.id}#annotation-{written}"
    assert written not in cast.teacher.get(f"/courses/{cast.course.id}/students/{cast.ana.id}").text


def test_where_levels_give_no_points_it_is_said_and_they_are_feedback(cast, klass, written):
    klass.scored_by(weights={"annotations": 100}, content="participation", best=1)
    klass.work_out()
    said = cast.teacher.get(f"/courses/{cast.course.id}/students/{cast.ana.id}").text
    assert "Levels are feedback here: they give no points." in said
    before = share(cast, klass)
    cast.teacher.post(f"/annotations/{written}/score", data={"level": "2"})
    assert share(cast, klass) == before


def test_changed_words_are_rated_anew_and_a_language_that_is_not_known_is_not_rated(cast, written):
    assert "not rated" not in form_of(cast, written)
    with unit_of_work():
        session.get_one(Annotation, written).body = "Other words."
    assert "not rated" in form_of(cast, written)
