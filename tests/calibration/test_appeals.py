"""A student asks for a second look, staff answer, and the answer helps to fit the ratings."""

import pytest

from app.calibration.models import CalibrationItem
from app.core.changes import Change
from app.core.db import session, unit_of_work
from app.notifications.operations import read_the_log

from .classroom import choose, rate, spread, state, write

SENTENCE = "I say what follows from it in the second half."


def release(cast):
    answer = cast.teacher.patch(f"/v1/assignments/{cast.assignment.id}", json={"scores_released": True})
    assert answer.status_code == 200


def appeal(cast, annotation, who="ana", sentence=SENTENCE):
    return cast.people[who].post(f"/v1/annotations/{annotation}/appeals", json={"sentence": sentence})


def answer(cast, appeal_id, level, sentence="You are right, I had missed it.", who="teacher"):
    return cast.people[who].put(f"/v1/appeals/{appeal_id}", json={"level": level, "sentence": sentence})


def own(cast, annotation, who="ana"):
    items = cast.people[who].get(f"/v1/assignments/{cast.assignment.id}/scores").get_json()["items"]
    return next(item for item in items if item["annotation_id"] == annotation)


@pytest.fixture
def one(cast):
    (annotation,) = write(cast, [1.0])
    release(cast)
    return annotation


def test_one_click_one_sentence_and_it_waits_on_the_teachers_page_without_a_name(cast, one):
    assert own(cast, one)["may_appeal"]
    assert appeal(cast, one).status_code == 204
    mine = own(cast, one)
    assert (mine["appeal"]["state"], mine["appeal"]["sentence"], mine["may_appeal"]) == (
        "open",
        SENTENCE,
        False,
    )
    (waiting,) = state(cast)["appeals"]
    assert (waiting["sentence"], waiting["level"]) == (SENTENCE, 1)
    assert "Ana" not in str(waiting["words"]).replace("of ana", "")
    assert ">1<" in cast.teacher.get(f"/courses/{cast.course.id}").get_data(as_text=True)


def test_a_changed_rating_goes_back_with_its_sentence_and_feeds_the_set(cast, one):
    appeal(cast, one)
    (waiting,) = state(cast)["appeals"]
    assert answer(cast, waiting["id"], 2).status_code == 204
    mine = own(cast, one)
    assert (mine["wording"], mine["source"], mine["appeal"]["state"]) == ("thoughtful", "teacher", "changed")
    assert mine["appeal"]["answer"] == "You are right, I had missed it."
    assert state(cast)["appeals"] == []
    item = session.query(CalibrationItem).one()
    assert (item.annotation_id, item.origin) == (one, "appeal")
    assert state(cast)["items"] == [], "nobody rates it blind any more"


def test_a_kept_rating_is_answered_too(cast, one):
    appeal(cast, one)
    answer(cast, state(cast)["appeals"][0]["id"], 1, "It says what happens, and not yet why.")
    mine = own(cast, one)
    assert (mine["wording"], mine["appeal"]["state"]) == ("shows_reading", "kept")
    assert mine["source"] == "model"


def test_the_author_and_nobody_else_is_told(cast, one):
    appeal(cast, one)
    answer(cast, state(cast)["appeals"][0]["id"], 2)
    with unit_of_work():
        read_the_log()
    (note,) = cast.ana.get("/v1/me/inbox").get_json()["items"]
    assert (note["kind"], note["annotation_id"]) == ("appeal", one)
    assert note["reason"] == "You are right, I had missed it."
    assert "Your teacher has looked at a rating again" in cast.ana.get("/").get_data(as_text=True)
    for who in ("bob", "teacher", "assistant"):
        assert cast.people[who].get("/v1/me/inbox").get_json()["items"] == []
    change = session.query(Change).filter_by(type="appeal.answered").one()
    assert (change.audience_after, change.owner_id) == (f"user:{cast.ana.id}", cast.ana.id)


def test_asking_twice_about_the_same_words_is_refused_and_about_others_not(cast, one):
    appeal(cast, one)
    again = appeal(cast, one)
    assert (again.status_code, again.get_json()["code"]) == (409, "asked_already")
    cast.ana.patch(f"/v1/annotations/{one}", json={"body": "It bends because one side is slower."})
    assert state(cast)["appeals"] == [], "other words are rated anew"
    assert appeal(cast, one).get_json()["code"] == "not_rated"


def test_an_answer_stands(cast, one):
    appeal(cast, one)
    (waiting,) = state(cast)["appeals"]
    answer(cast, waiting["id"], 2)
    second = answer(cast, waiting["id"], 0)
    assert (second.status_code, second.get_json()["code"]) == (409, "answered_already")


def test_what_is_not_released_or_already_thoughtful_is_not_appealed(cast):
    low, high = write(cast, [1.0, 2.0])
    assert appeal(cast, low).get_json()["code"] == "not_rated"
    release(cast)
    assert appeal(cast, high).get_json()["code"] == "nothing_to_raise"
    assert not own(cast, high)["may_appeal"]


def test_what_was_rated_blind_and_appealed_counts_as_known_from_then_on(cast):
    ids = write(cast, spread(24))
    release(cast)
    for item in choose(cast):
        rate(cast, item["id"], 1)
    appeal(cast, ids[0])
    answer(cast, state(cast)["appeals"][0]["id"], 1)
    assert len(state(cast)["items"]) == 23


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("teacher", 403), ("observer", 403), ("eve", 404)])
def test_nobody_appeals_for_somebody_else(cast, one, who, status):
    assert appeal(cast, one, who).status_code == status


@pytest.mark.parametrize("who", ["ana", "bob", "observer", "eve", "other_teacher"])
def test_only_staff_of_the_course_answer(cast, one, who):
    appeal(cast, one)
    (waiting,) = state(cast)["appeals"]
    assert answer(cast, waiting["id"], 2, who=who).status_code == 404


@pytest.mark.parametrize("sentence", ["", "   ", "x" * 501, None, 3])
def test_a_sentence_is_needed_and_one_is_enough(cast, one, sentence):
    assert appeal(cast, one, sentence=sentence).status_code == 422
