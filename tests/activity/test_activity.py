"""What was read and watched, as far as the server's clock allows for it."""

from datetime import timedelta

import pytest

from app.activity.models import Opening
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.models import Course
from tests import factories


def url(cast, rest="activity"):
    return f"/v1/assignments/{cast.assignment.id}/{rest}"


def stretch(ago, seconds, start=0, end=10, kind="read"):
    began = (now() - timedelta(seconds=ago)).isoformat()
    return {"kind": kind, "start": start, "end": end, "seconds": seconds, "began_at": began}


def send(cast, *stretches):
    answer = cast.ana.post(url(cast), json={"intervals": list(stretches)})
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()["recorded"]


def mine(cast):
    return cast.ana.get(url(cast, "activity/mine")).get_json()


def test_what_goes_on_is_one_stretch(cast):
    assert send(cast, stretch(60, 20), stretch(40, 20), stretch(20, 10, start=10, end=30)) == 3
    assert [(one["seconds"], one["end"]) for one in mine(cast)["intervals"]] == [(40, 10), (10, 30)]
    assert mine(cast)["opened"]


def test_nobody_reads_longer_than_time_has_passed(cast):
    assert send(cast, stretch(60, 60), stretch(59, 60), stretch(58, 60, start=5)) == 1
    assert send(cast, stretch(60, 60)) == 0


def opened(cast, ago):
    """Ana opened the assignment so many seconds ago."""
    with unit_of_work():
        at = now() - timedelta(seconds=ago)
        row = Opening(assignment_id=cast.assignment.id, account_id=cast.ana.id, first_at=at, last_at=at)
        session.merge(row)


def test_a_late_batch_of_yesterday_is_taken(cast):
    opened(cast, 90_000)
    assert send(cast, stretch(86_400, 600)) == 1


def test_nothing_was_read_before_it_was_opened(cast):
    assert send(cast, stretch(3 * 86_400, 600), stretch(3600, 600)) == 0
    opened(cast, 4000)
    assert send(cast, stretch(3 * 86_400, 600), stretch(3600, 600)) == 1


def test_little_can_be_told_late(cast):
    """A script that claims an hour a day for a week is believed one hour."""
    opened(cast, 8 * 86_400)
    claims = [stretch(day * 86_400, 3500, start=day, end=day + 9) for day in range(7, 0, -1)]
    assert send(cast, *claims) == 1
    assert send(cast, stretch(40, 30)) == 1


def test_two_assignments_are_not_read_at_the_same_time(cast):
    with unit_of_work():
        other = factories.assignment(cast.course, factories.document(cast.course))
    assert send(cast, stretch(100, 90)) == 1
    at_once = cast.ana.post(
        f"/v1/assignments/{other.id}/activity", json={"intervals": [stretch(100, 90), stretch(9, 8)]}
    )
    assert at_once.get_json()["recorded"] == 1


def test_no_screen_shows_a_whole_book_at_once(cast):
    assert send(cast, stretch(60, 20, 0, 500_000)) == 0


@pytest.mark.parametrize(
    "odd",
    [stretch(-3600, 10), stretch(10, 500), stretch(40 * 86_400, 10), stretch(60, 10, 0, 500, kind="watch")],
)
def test_what_cannot_be_is_left_out(cast, odd):
    assert send(cast, odd) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seconds", -1),
        ("seconds", 10**9),
        ("kind", "sleep"),
        ("start", 99),
        ("began_at", "2026-01-01T00:00:00"),
    ],
)
def test_what_makes_no_sense_is_named(cast, field, value):
    answer = cast.ana.post(url(cast), json={"intervals": [stretch(60, 10) | {field: value}]})
    assert answer.status_code == 422


def test_a_course_can_switch_it_off(cast):
    with unit_of_work():
        session.get_one(Course, cast.course.id).analytics = False
    assert send(cast, stretch(60, 10)) == 0
    assert mine(cast) == {
        "analytics": False,
        "opened": None,
        "last_opened": None,
        "seconds": 0,
        "intervals": [],
    }


def test_staff_see_numbers(cast):
    send(cast, stretch(60, 10))
    counts = cast.teacher.get(url(cast)).get_json()
    assert counts == {"students": 2, "opened": 1, "started": 1, "not_yet": 1}
    assert cast.bob.get(url(cast)).status_code == 403
    assert cast.eve.get(url(cast)).status_code == 404
