"""Choosing what to rate, and rating it without knowing what others say."""

import json

import pytest

from app.calibration.queries import is_calibrated
from app.core.db import session, unit_of_work
from app.scores.queries import qualities

from .classroom import choose, rate, rate_all, spread, state, url, write


def test_two_dozen_are_chosen_over_the_whole_range(cast):
    ids = write(cast, spread(60))
    items = choose(cast)
    assert len(items) == 24
    assert {item["level"] for item in items} == {None}
    assert state(cast)["candidates"] == len(ids) - 24


def test_raters_see_words_and_passage_and_no_name_and_no_rating(cast):
    write(cast, spread(30))
    told = state(cast) | {"items": choose(cast)}
    words = told["items"][0]["words"]
    assert words["quote"] == "its speed changes"
    assert words["before"].endswith("into glass, because ")
    assert words["after"].startswith(". The cat")
    said = json.dumps(told["items"])
    for secret in ("Ana", cast.ana.id, "quality", "certainty", "creator"):
        assert secret not in said


def test_names_of_people_who_are_mentioned_are_taken_out(cast):
    write(cast, spread(20))
    with unit_of_work():
        from app.annotations.models import Annotation

        for row in session.query(Annotation):
            row.body_html = '<p><span class="mention">@Bob Oduya</span> look</p>'
    assert "Bob" not in json.dumps(choose(cast))


def test_too_few_annotations_are_said_so(cast):
    write(cast, spread(19))
    answer = cast.teacher.post(f"{url(cast)}/items")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "too_few")


@pytest.mark.parametrize(
    "more", [{"audience": "user:x"}, {"deleted_at": "now"}, {"hidden_at": "now"}, {"body": ""}]
)
def test_what_is_private_hidden_or_gone_is_not_chosen(cast, more):
    from app.core.ids import now

    write(cast, spread(20))
    (odd,) = write(cast, [1.0], "bob")
    with unit_of_work():
        from app.annotations.models import Annotation

        row = session.get_one(Annotation, odd)
        for key, value in more.items():
            setattr(row, key, now() if value == "now" else value)
    assert len(choose(cast)) == 20


def test_a_rating_is_kept_at_once_and_can_be_taken_back_and_is_ones_own(cast):
    write(cast, spread(24))
    first, second, *_rest = choose(cast)
    rate(cast, first["id"], 2)
    rate(cast, second["id"], 0)
    rate(cast, first["id"], 1)
    rate(cast, second["id"], None)
    mine = {item["id"]: item["level"] for item in state(cast)["items"]}
    assert (mine[first["id"]], mine[second["id"]]) == (1, None)
    assert {item["level"] for item in state(cast, "assistant")["items"]} == {None}
    raters = {(rater["name"], rater["rated"], rater["me"]) for rater in state(cast, "assistant")["raters"]}
    assert raters == {("Ms Lee", 1, False), ("Tom Hall", 0, True)}


def test_rating_blind_changes_no_rating_of_the_class(cast):
    write(cast, spread(24))
    before = qualities(cast.assignment.id)
    rate_all(cast, lambda _quality: 2)
    assert qualities(cast.assignment.id) == before


@pytest.mark.parametrize("level", [3, -1, "1", 1.5, True])
def test_a_level_that_is_none_is_refused(cast, level):
    write(cast, spread(24))
    (item, *_rest) = choose(cast)
    path = f"{url(cast)}/items/{item['id']}/rating"
    assert cast.teacher.put(path, json={"level": level}).status_code == 422


def test_words_that_were_changed_since_are_not_rated_any_more(cast):
    ids = write(cast, spread(24))
    choose(cast)
    cast.ana.patch(f"/v1/annotations/{ids[0]}", json={"body": "Something else."})
    assert len(state(cast)["items"]) == 23


def test_a_course_is_calibrated_from_twenty_ratings_on(cast):
    write(cast, spread(24))
    items = choose(cast)
    for item in items[:19]:
        rate(cast, item["id"], 1)
    assert not is_calibrated(cast.course.id)
    rate(cast, items[18]["id"], 2)
    rate(cast, items[0]["id"], 2, "assistant")
    assert not is_calibrated(cast.course.id), "two people on one annotation count once"
    rate(cast, items[19]["id"], 1)
    assert is_calibrated(cast.course.id)
    assert not is_calibrated(cast.other_course.id)


def test_more_are_added_later_and_not_for_ever(cast):
    write(cast, spread(100))
    choose(cast)
    assert len(choose(cast)) == 32
    for _ in range(4):
        choose(cast)
    answer = cast.teacher.post(f"{url(cast)}/items")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "enough_items")


@pytest.mark.parametrize(("who", "status"), [("ana", 403), ("observer", 403), ("eve", 404)])
def test_only_staff_know_of_it(cast, who, status):
    assert cast.people[who].get(url(cast)).status_code == status
    assert cast.people[who].get(f"/courses/{cast.course.id}/calibration").status_code == status
