"""What others count: whose word an annotation's quality is, and that nobody's is not zero."""

from app.core.db import unit_of_work
from app.scores.models import CourseAdaptation
from app.scores.queries import qualities

from .test_scores import post, rated

LENIENT = {"cuts": [0.3, 1.0], "weights": [], "ratings": 24, "method": "shift"}


def found(cast):
    return {each.annotation_id: each for each in qualities(cast.assignment.id)}


def adapt(cast, model_version="test-model"):
    with unit_of_work():
        from app.core.db import session

        session.add(
            CourseAdaptation(course_id=cast.course.id, model_version=model_version, parameters=LENIENT)
        )


def test_the_models_word_then_the_courses_then_a_persons(cast):
    one = post(cast)
    rated(one, level=1)
    assert found(cast)[one][1:] == (cast.ana.id, 1.0, 1, "model", 0.9)
    adapt(cast)
    assert found(cast)[one].source == "course"
    assert found(cast)[one].level == 2
    cast.teacher.patch(f"/v1/annotations/{one}/score", json={"level": 0})
    assert found(cast)[one][2:] == (0.0, 0, "teacher", 1.0)


def test_what_nobody_rated_is_there_and_is_not_zero(cast):
    fresh, foreign = post(cast), post(cast, "bob")
    rated(foreign, level=0, certainty=0.02, flags=["unknown_language"])
    assert [each[2:] for each in found(cast).values()] == [(None, None, "none", 0.0)] * 2
    assert set(found(cast)) == {fresh, foreign}


def test_changed_words_wait_for_their_own_rating(cast):
    one = post(cast)
    rated(one)
    cast.ana.patch(f"/v1/annotations/{one}", json={"body": "Short."})
    assert found(cast)[one].quality is None


def test_what_is_for_oneself_or_removed_is_not_counted(cast):
    post(cast, audience="self")
    gone = post(cast)
    cast.ana.delete(f"/v1/annotations/{gone}")
    assert found(cast) == {}
    assert qualities("no-such-assignment") == []


def test_an_adaptation_to_another_model_changes_nothing(cast):
    one = post(cast)
    rated(one, level=1)
    adapt(cast, "another-model")
    assert found(cast)[one].source == "model"


def test_no_course_raises_words_that_are_not_the_authors_own(cast):
    one = post(cast)
    rated(one, level=1, flags=["copied_from_passage"])
    adapt(cast)
    assert (found(cast)[one].level, found(cast)[one].source) == (1, "course")
