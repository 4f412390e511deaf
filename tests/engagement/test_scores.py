"""Scores over HTTP: worked out from what was done, released, set by hand."""

from datetime import timedelta

import pytest

from app.annotations.models import Annotation, AnnotationEdit
from app.assignments.models import Assignment
from app.core.audit import AuditEntry
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.models import Course
from app.engagement.models import EngagementScore, ScoreOverride, ScoringRun
from app.scores.models import Score, TeacherScore
from app.scores.queries.finding import body_hash

WRITING = {"weights": {"annotations": 100}}


def test_a_new_course_counts_taking_part(cast, klass):
    klass.writes(cast.ana, -5, -4, -3)
    klass.reads(cast.ana, 0, 99)
    klass.work_out()
    found = klass.scores()
    assert (
        found[cast.ana.id]["percent"] == 96
    )  # 3 of 4 of 96, and all of 24, without questions; capped at 100
    assert found[cast.ana.id]["points"] == 9.5
    assert found[cast.bob.id]["points"] is None


def test_what_is_private_hidden_or_deleted_does_not_count(cast, klass):
    klass.scored_by(**WRITING)
    klass.writes(cast.ana, -1, audience=f"user:{cast.ana.id}")
    hidden, deleted, kept = klass.writes(cast.ana, -3, -2, -1)
    with unit_of_work():
        session.get_one(Annotation, hidden).hidden_at = now()
        session.get_one(Annotation, deleted).deleted_at = now()
    klass.work_out()
    row = session.get_one(EngagementScore, (klass.assignment.id, cast.ana.id))
    assert (row.share, row.parts["annotations"]["counted"]) == (0.25, [kept])


def test_what_was_written_offline_before_the_deadline_is_on_time(cast, klass):
    klass.scored_by(**WRITING, late_hours=0)
    klass.writes(cast.ana, 0.6, 0.7, composed_at=klass.at(-1))
    klass.writes(cast.bob, 0.6, 0.7)
    klass.work_out()
    found = klass.scores()
    assert (found[cast.ana.id]["percent"], found[cast.bob.id]["percent"]) == (50, 0)


def test_people_who_reply_and_endorse_are_counted_once(cast, klass):
    klass.scored_by(
        weights={"replies": 50, "endorsed": 25, "endorsing": 25},
        replies=1,
        endorsed=1,
        endorsing=1,
        grace_minutes=90,
    )
    (first,) = klass.writes(cast.ana, -5)
    klass.writes(cast.bob, -4, -3, parent=first)
    assert cast.bob.put(f"/v1/annotations/{first}/endorsements/helpful").status_code < 300
    assert cast.bob.put(f"/v1/annotations/{first}/endorsements/me_too").status_code < 300
    klass.work_out()
    facts = {part["component"]: part["facts"] for part in klass.scores()[cast.ana.id]["parts"]}
    assert (facts["replies"]["people"], facts["endorsed"]["people"]) == (1, 1)
    assert klass.scores()[cast.ana.id]["percent"] == 75
    assert klass.scores()[cast.bob.id]["percent"] == 25


def test_a_student_sees_the_own_score_once_it_is_released(cast, klass):
    klass.writes(cast.ana, -5)
    klass.writes(cast.bob, -5)
    klass.work_out()
    assert klass.scores(cast.ana) == {}
    assert cast.teacher.patch(klass.url("").rstrip("/"), json={"scores_released": True}).status_code == 200
    assert set(klass.scores(cast.ana)) == {cast.ana.id}
    assert cast.observer.get(klass.url()).status_code == 403


@pytest.mark.parametrize(
    ("release", "hours", "seen"),
    [("by_hand", 100, False), ("after_deadline", 1, False), ("after_deadline", 4, True), ("live", -50, True)],
)
def test_scores_are_released_as_the_rules_say(cast, klass, release, hours, seen):
    klass.scored_by(release=release)
    klass.writes(cast.ana, -60)
    with unit_of_work():
        session.get_one(Assignment, klass.assignment.id).due_at = now() - timedelta(hours=hours)
    assert bool(klass.scores(cast.ana)) is seen


def test_an_own_score_is_worked_out_as_it_is_asked_for(cast, klass):
    klass.scored_by(**WRITING, release="live")
    klass.writes(cast.ana, -5)
    assert klass.scores(cast.ana)[cast.ana.id]["percent"] == 25
    klass.writes(cast.ana, -4)
    assert klass.scores(cast.ana)[cast.ana.id]["percent"] == 50


def mark(klass, person, **given):
    answer = klass.cast.teacher.patch(klass.url(f"scores/{person.id}"), json=given)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def test_staff_set_a_score_a_part_or_take_it_back(cast, klass):
    klass.scored_by(weights={"annotations": 50, "completion": 50})
    klass.writes(cast.ana, -5)
    assert mark(klass, cast.ana, component="completion", percent=80)["percent"] == 52.5
    given = mark(klass, cast.ana, points=9, note="She explained it at the board.")
    assert (given["points"], given["by_hand"]) == (9, True)
    klass.work_out()
    assert klass.scores()[cast.ana.id]["points"] == 9
    assert mark(klass, cast.ana, percent=None)["percent"] == 52.5
    assert mark(klass, cast.ana, component="completion", percent=None)["percent"] == 12.5


def test_what_was_set_by_hand_leaves_a_trace(cast, klass):
    mark(klass, cast.ana, points=9, note="She explained it at the board.")
    mark(klass, cast.ana, points=7, note="Too much.")
    rows = session.query(ScoreOverride).order_by(ScoreOverride.id).all()
    assert [(row.percent, row.note) for row in rows] == [
        (90, "She explained it at the board."),
        (70, "Too much."),
    ]
    entries = session.query(AuditEntry).filter_by(action="score.overridden").order_by(AuditEntry.id).all()
    assert [entry.details["percent"] for entry in entries] == ["90", "70"]
    assert {entry.actor_id for entry in entries} == {cast.teacher.id}
    assert all("board" not in str(entry.details) for entry in entries)


def test_an_excuse_and_an_extension(cast, klass):
    klass.scored_by(**WRITING, late_hours=0)
    klass.writes(cast.ana, 0.5, 0.6)
    assert mark(klass, cast.ana, due_at=klass.at(0.9).isoformat())["percent"] == 50
    excused = mark(klass, cast.ana, excused=True)
    assert (excused["percent"], excused["excused"], excused["due_at"] is not None) == (None, True, True)
    back = mark(klass, cast.ana, excused=False, due_at=None)
    assert (back["percent"], back["excused"]) == (0, False)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 422),
        ({"note": "only"}, 422),
        ({"percent": 101}, 422),
        ({"points": 11}, 422),
        ({"points": 5, "component": "annotations"}, 422),
        ({"component": "charm", "percent": 5}, 422),
        ({"due_at": "2026-01-01T00:00:00"}, 422),
        ({"percent": "NaN"}, 422),
    ],
)
def test_what_cannot_be_set_is_refused(cast, klass, given, status):
    answer = cast.teacher.patch(klass.url(f"scores/{cast.ana.id}"), json=given)
    assert answer.status_code == status
    assert session.query(ScoreOverride).count() == 0


def test_quality_is_feedback_until_the_course_is_calibrated(cast, klass):
    klass.scored_by(**WRITING, content="quality")
    ids = klass.writes(cast.ana, -4, -3, -2, -1)
    with unit_of_work():
        for each in ids:
            session.add(_rating(klass.assignment.id, each, 0))
    klass.work_out()
    assert klass.scores()[cast.ana.id]["percent"] == 100
    rated = klass.writes(cast.bob, *[-2 - number / 100 for number in range(20)])
    with unit_of_work():
        for each in rated:
            session.add(TeacherScore(annotation_id=each, level=2, given_by=cast.teacher.id))
    klass.calibrated(rated)
    klass.work_out()
    assert cast.teacher.get(klass.course_url("scoring")).get_json()["calibrated"] is True
    assert (klass.scores()[cast.ana.id]["percent"], klass.scores()[cast.bob.id]["percent"]) == (0, 100)


def test_what_the_model_cannot_rate_is_never_nothing(cast, klass):
    klass.scored_by(**WRITING, content="quality")
    rated = klass.writes(cast.bob, *[-2 - number / 100 for number in range(20)])
    (strange,) = klass.writes(cast.ana, -1)
    with unit_of_work():
        for each in rated:
            session.add(TeacherScore(annotation_id=each, level=2))
        session.add(_rating(klass.assignment.id, strange, 0, certainty=0.05))
    klass.calibrated(rated)
    klass.work_out()
    assert klass.scores()[cast.ana.id]["percent"] == 25


@pytest.mark.parametrize(
    ("hours", "before", "after", "percent"),
    [
        (-2, 1, 2, 100),  # changed in time: the new words count
        (0.9, 1, 2, 75),  # an hour late and later: as it stood, where late work counts nothing
        (0.9, 2, 0, 100),  # made worse afterwards: as it stood
        (0.9, None, 0, 0),  # nobody rated what stood there: as what stands there now
    ],
)
def test_an_annotation_changed_after_the_deadline_counts_as_it_stood(
    cast, klass, hours, before, after, percent
):
    klass.scored_by(**WRITING, content="quality", best=1, late_hours=0)
    (one,) = klass.writes(cast.ana, -5, body="At first.")
    _rate(klass, one, before)
    assert cast.ana.patch(f"/v1/annotations/{one}", json={"body": "Later on."}).status_code == 200
    with unit_of_work():
        session.query(AnnotationEdit).filter_by(annotation_id=one).one().edited_at = klass.at(hours)
    _rate(klass, one, after)
    klass.calibrated(_rated_by_the_teacher(klass, cast.bob))
    klass.work_out()
    found = klass.scores()[cast.ana.id]
    assert found["percent"] == percent
    assert found["parts"][0]["facts"]["as_it_was"] == int(hours > 0 and before is not None and percent > 0)


def test_a_level_given_by_hand_stands_whenever_the_words_were_changed(cast, klass):
    klass.scored_by(**WRITING, content="quality", best=1, late_hours=0)
    (one,) = klass.writes(cast.ana, -5, body="At first.")
    _rate(klass, one, 0)
    assert cast.ana.patch(f"/v1/annotations/{one}", json={"body": "Later on."}).status_code == 200
    with unit_of_work():
        session.add(TeacherScore(annotation_id=one, level=2, given_by=cast.teacher.id))
    klass.calibrated(_rated_by_the_teacher(klass, cast.bob))
    klass.work_out()
    assert klass.scores()[cast.ana.id]["percent"] == 100


def _rated_by_the_teacher(klass, person):
    """Twenty annotations of somebody with a level by hand: enough for quality to count."""
    rated = klass.writes(person, *[-2 - number / 100 for number in range(20)])
    with unit_of_work():
        for each in rated:
            session.add(TeacherScore(annotation_id=each, level=2))
    return rated


def _rate(klass, annotation_id, level):
    """The model's rating of the words as they are, if any."""
    if level is not None:
        with unit_of_work():
            session.add(_rating(klass.assignment.id, annotation_id, level))


def _rating(assignment_id, annotation_id, level, certainty=0.9):
    return Score(
        annotation_id=annotation_id,
        assignment_id=assignment_id,
        body_hash=body_hash(session.get_one(Annotation, annotation_id).body),
        model_version="test",
        quality=float(level),
        level=level,
        confusion=0.0,
        question=0.0,
        certainty=certainty,
    )


def test_by_hand_only_what_the_teacher_gives_is_a_score(cast, klass):
    klass.scored_by(mode="manual")
    klass.writes(cast.ana, -5, -4, -3, -2)
    klass.work_out()
    assert klass.scores()[cast.ana.id]["points"] is None
    assert klass.scores()[cast.ana.id]["parts"]
    assert mark(klass, cast.ana, points=6)["points"] == 6


def test_without_grades_there_are_figures_and_no_points(cast, klass):
    klass.scored_by(mode="ungraded", release="live")
    klass.writes(cast.ana, -5)
    klass.work_out()
    found = klass.scores()[cast.ana.id]
    assert (found["points"], found["percent"]) == (None, None)
    assert found["parts"][0]["facts"]["counted"] == 1
    assert klass.scores(cast.ana) == {}


def test_with_nothing_recorded_there_is_nothing(cast, klass):
    klass.writes(cast.ana, -5)
    klass.scored_by(mode="none")
    assert session.get_one(Course, cast.course.id).analytics is False
    klass.work_out()
    assert session.query(EngagementScore).count() == 0
    assert klass.scores() == {}


def test_working_out_twice_changes_nothing_and_a_change_is_noticed(cast, klass):
    klass.writes(cast.ana, -5)
    klass.work_out()
    before = session.get_one(EngagementScore, (klass.assignment.id, cast.ana.id)).changed_at
    klass.work_out()
    session.get_one(ScoringRun, klass.assignment.id).stamp = ""
    session.commit()
    klass.work_out()
    row = session.get_one(EngagementScore, (klass.assignment.id, cast.ana.id))
    assert row.changed_at == before
    klass.reads(cast.ana, 0, 99)
    klass.work_out()
    row = session.get_one(EngagementScore, (klass.assignment.id, cast.ana.id))
    assert row.changed_at > before
