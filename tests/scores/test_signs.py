"""Signs of how an annotation came about: off, for one student, for both to see, and never anywhere else."""

import json

import pytest

from app.core.audit import AuditEntry
from app.core.db import session

from .test_scores import post, rated, release, scores

LONG = "Light turns because one side of the beam is slowed before the other side reaches the glass at all."


def signs(cast, annotation, who="teacher"):
    answer = cast.people[who].get(f"/v1/annotations/{annotation}/signs")
    return answer.get_json() if answer.status_code == 200 else answer.status_code


def show(cast, annotation, shown=True, who="teacher"):
    return cast.people[who].put(f"/v1/annotations/{annotation}/signs", json={"shown": shown})


def codes(found):
    return [sign["code"] for sign in found["signs"]]


def test_they_are_off_until_staff_ask_and_the_student_sees_the_same(cast):
    one = post(cast, body=LONG, pasted=len(LONG), typing_seconds=2)
    assert signs(cast, one) == {"available": True, "shown": False, "signs": []}
    assert codes(show(cast, one).get_json()) == ["in_one_piece"]
    assert signs(cast, one, "ana") == signs(cast, one)
    assert scores(cast, "ana")["signs_shown"], "the student knows, whether ratings are released or not"
    assert codes(show(cast, one, False).get_json()) == []
    assert not scores(cast, "ana")["signs_shown"]
    assert session.query(AuditEntry).filter(AuditEntry.action.like("signs.%")).count() == 2


def test_they_are_asked_for_one_student_at_a_time(cast):
    of_ana = post(cast, body=LONG, pasted=len(LONG))
    of_bob = post(cast, "bob", body=LONG + " Yes.", pasted=len(LONG))
    show(cast, of_ana)
    assert signs(cast, of_bob)["shown"] is False
    assert codes(signs(cast, of_bob)) == []


def test_they_count_for_nothing_and_are_in_no_list(cast):
    one = post(cast, body=LONG, pasted=len(LONG))
    show(cast, one)
    rated(one, flags=["off_topic"])
    assert set(codes(signs(cast, one))) == {"in_one_piece", "off_topic"}
    release(cast)
    for who in ("teacher", "ana"):
        assert "one_piece" not in json.dumps(scores(cast, who))
        assert "flags" not in json.dumps(scores(cast, who))
    assert scores(cast, "teacher")["items"][0]["level"] == 2
    listed = cast.teacher.get(f"/v1/assignments/{cast.assignment.id}/annotations").get_data(as_text=True)
    assert "one_piece" not in listed


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"pasted": len(LONG), "typing_seconds": 60}, True),
        ({"pasted": 0, "typing_seconds": 3}, True),
        ({"pasted": 10, "typing_seconds": 40}, False),
        ({"pasted": 0, "typing_seconds": 30}, False),
        ({}, False),
    ],
)
def test_what_arrived_in_one_piece(cast, facts, expected):
    one = post(cast, body=LONG, **facts)
    assert ("in_one_piece" in codes(show(cast, one).get_json())) == expected


def test_a_short_or_an_edited_one_says_nothing(cast):
    short = post(cast, body="It is slower in glass.", pasted=22)
    edited = post(cast, body=LONG, pasted=len(LONG))
    cast.ana.patch(f"/v1/annotations/{edited}", json={"body": LONG + " So it turns."})
    assert codes(show(cast, short).get_json()) == []
    assert codes(signs(cast, edited)) == []


def test_a_nameless_annotation_has_none_since_they_would_name_its_author(cast):
    named, nameless = (
        post(cast, body=LONG, pasted=len(LONG)),
        post(cast, body=LONG, anonymous=True, pasted=99),
    )
    show(cast, named)
    assert signs(cast, nameless) == {"available": False, "shown": False, "signs": []}
    assert show(cast, nameless).status_code == 409
    own = post(cast, "teacher", body=LONG, pasted=len(LONG))
    assert show(cast, own).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("observer", 403), ("eve", 404)])
def test_nobody_else_sees_them(cast, who, status):
    one = post(cast, body=LONG, pasted=len(LONG))
    show(cast, one)
    assert signs(cast, one, who) == status
    assert show(cast, one, who=who).status_code == status


def test_a_student_cannot_switch_them(cast):
    one = post(cast, body=LONG)
    assert show(cast, one, who="ana").status_code == 403
