"""Comparing people and machine, who would move, and what accepting does."""

import pytest

from app.calibration.jobs import make_missed_comparisons
from app.calibration.models import Comparison, Move
from app.core.audit import AuditEntry
from app.core.changes import Change
from app.core.db import session, unit_of_work
from app.core.jobs import run_pending
from app.scores.queries import qualities

from .classroom import choose, compare, decide, lenient, rate_all, spread, state, url, write


def levels(cast):
    return {each.annotation_id: (each.level, each.source) for each in qualities(cast.assignment.id)}


@pytest.fixture
def rated(cast):
    """Ana wrote sixty annotations, Bob three without his name; the teacher is lenient."""
    write(cast, spread(60))
    write(cast, [0.3, 1.0, 1.2], "bob", anonymous=True)
    rate_all(cast, lenient)
    return cast


def test_a_comparison_shows_how_adapting_helps_and_changes_nothing(rated):
    before = levels(rated)
    comparison = compare(rated)
    figures = comparison["figures"]
    assert comparison["state"] == "ready"
    assert figures["after"]["kappa"] > figures["before"]["kappa"] + 0.1
    assert figures["before"]["low"] <= figures["before"]["kappa"] <= figures["before"]["high"]
    assert sum(map(sum, figures["before"]["table"])) == figures["before"]["pairs"] == 24
    assert figures["people"] is None
    assert comparison["differences"]
    assert levels(rated) == before


def test_who_moves_is_shown_before_anything_does_and_the_nameless_stay_so(rated):
    before = levels(rated)
    moves = compare(rated)["moves"]
    (ana,) = moves["students"]
    assert (ana["name"], ana["down"]) == ("Ana Pires", 0)
    assert moves["nameless_up"] > 0
    assert moves["up"] == ana["up"] + moves["nameless_up"]
    assert all(one["after"] > one["before"] for one in moves["examples"])
    assert decide(rated, state(rated)["comparison"]).status_code == 204
    after = levels(rated)
    moved = [key for key in after if after[key][0] != before[key][0]]
    assert len(moved) == moves["up"] + moves["down"]


def test_accepting_is_followed_by_new_annotations_and_told_to_open_pages(rated):
    compare(rated)
    told = session.query(Change).filter_by(type="score.changed").count()
    decide(rated, state(rated)["comparison"])
    run_pending()
    moved = session.query(Move).count()
    assert session.query(Change).filter_by(type="score.changed").count() == told + moved
    (fresh,) = write(rated, [1.1])
    assert levels(rated)[fresh] == (2, "course")
    assert state(rated)["in_force"]["accepted_by"] == "Ms Lee"
    assert session.query(AuditEntry).filter_by(action="calibration.accepted").count() == 1


def test_what_people_rated_keeps_their_level(cast):
    write(cast, spread(24))
    items = choose(cast)
    rate_all(cast, lambda _quality: 2)
    compare(cast)
    decide(cast, state(cast)["comparison"])
    assert set(levels(cast).values()) == {(2, "teacher")}
    assert len(items) == 24


def test_refusing_changes_nothing(rated):
    before = levels(rated)
    assert decide(rated, compare(rated), accepted=False).status_code == 204
    assert levels(rated) == before
    assert state(rated)["comparison"] is None
    assert session.query(Move).count() == 0


def test_going_back_is_shown_first_too_and_undoes_all_of_it(rated):
    before = levels(rated)
    forth = compare(rated)["moves"]
    decide(rated, state(rated)["comparison"])
    comparison = compare(rated, goes_back=True)
    assert comparison["goes_back"]
    assert (comparison["moves"]["up"], comparison["moves"]["down"]) == (forth["down"], forth["up"])
    assert state(rated)["in_force"] is not None, "still in force until decided"
    decide(rated, comparison)
    assert levels(rated) == before
    assert state(rated)["in_force"] is None


def test_there_is_nothing_to_go_back_from_at_first(rated):
    answer = rated.teacher.post(f"{url(rated)}/comparisons", json={"goes_back": True})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "nothing_to_undo")


def test_a_level_given_by_hand_stays_whatever_is_accepted(rated):
    (one,) = write(rated, [1.2])
    rated.teacher.patch(f"/v1/annotations/{one}/score", json={"level": 0})
    compare(rated)
    decide(rated, state(rated)["comparison"])
    assert levels(rated)[one] == (0, "teacher")


def test_twenty_ratings_are_needed(cast):
    write(cast, spread(24))
    choose(cast)
    answer = cast.teacher.post(f"{url(cast)}/comparisons", json={})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "too_few_ratings")


def test_what_was_shown_is_what_is_accepted(rated):
    comparison = compare(rated)
    item = state(rated)["items"][0]
    rated.assistant.put(f"{url(rated)}/items/{item['id']}/rating", json={"level": 0})
    answer = decide(rated, comparison)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "ratings_moved")
    assert state(rated)["in_force"] is None
    assert state(rated)["comparison"]["state"] == "ready"


def test_a_comparison_is_decided_once_and_by_a_teacher(rated):
    comparison = compare(rated)
    assert decide(rated, comparison, who="assistant").status_code == 403
    assert decide(rated, comparison).status_code == 204
    assert decide(rated, comparison, accepted=False).status_code == 409


def test_assistants_rate_too_and_people_are_shown_beside_the_machine(rated):
    rate_all(rated, lambda quality: int(quality >= 0.3) + int(quality >= 1.0), "assistant")
    people = compare(rated)["figures"]["people"]
    assert people["pairs"] == 24
    assert people["kappa"] > 0.7


def test_differences_are_shown_of_what_one_has_rated_only(rated):
    compare(rated)
    assert state(rated, "assistant")["comparison"]["differences"] == []
    assert state(rated)["comparison"]["differences"]


def test_a_comparison_that_no_nudge_reached_is_made_by_the_sweep(rated):
    from datetime import timedelta

    from app.core.ids import now

    with unit_of_work():
        session.add(Comparison(course_id=rated.course.id, asked_at=now() - timedelta(minutes=2)))
    with unit_of_work():
        make_missed_comparisons()
    assert state(rated)["comparison"]["state"] == "ready"
