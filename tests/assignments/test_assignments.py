"""Assigning: who may, when it opens for whom, and what a copy takes along."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core.db import session, unit_of_work
from app.courses.models import Enrollment
from tests import factories

SOON = (datetime.now(UTC) + timedelta(days=2)).isoformat()
LATER = (datetime.now(UTC) + timedelta(days=9)).isoformat()


def assign(person, cast, **more):
    body = {"document_id": cast.document.id, "title": "Read this"} | more
    return person.post(f"/v1/courses/{cast.course.id}/assignments", json=body)


def test_without_more_it_is_assigned_and_open(cast):
    made = assign(cast.teacher, cast)
    assert made.status_code == 201
    assert made.get_json()["state"] == "assigned"
    assert cast.ana.get(f"/v1/assignments/{made.get_json()['id']}").status_code == 200


@pytest.mark.parametrize(
    ("name", "status"), [("ana", 403), ("observer", 403), ("eve", 404), ("other_teacher", 404)]
)
def test_only_staff_assign(cast, name, status):
    assert assign(cast.people[name], cast).status_code == status


@pytest.mark.parametrize("more", [{"state": "draft"}, {"opens_at": SOON}])
def test_what_is_not_open_is_not_there_for_students(cast, more):
    made = assign(cast.teacher, cast, **more).get_json()
    for person in (cast.ana, cast.observer):
        assert person.get(f"/v1/assignments/{made['id']}").status_code == 404
        listed = person.get(f"/v1/courses/{cast.course.id}/assignments").get_json()["items"]
        assert made["id"] not in {each["id"] for each in listed}
    assert cast.assistant.get(f"/v1/assignments/{made['id']}").status_code == 200


def test_a_section_has_dates_of_its_own(cast):
    with unit_of_work():
        section = factories.add(factories.Section(course_id=cast.course.id, name="B"))
        session.query(Enrollment).filter_by(account_id=cast.bob.id).one().section_id = section.id
        section_id = section.id
    made = assign(
        cast.teacher, cast, due_at=SOON, dates={section_id: {"opens_at": SOON, "due_at": LATER}}
    ).get_json()
    assert set(made["dates"]) == {section_id}
    assert cast.bob.get(f"/v1/assignments/{made['id']}").status_code == 404
    seen = cast.ana.get(f"/v1/assignments/{made['id']}").get_json()
    assert seen["dates"] == {}
    assert datetime.fromisoformat(seen["due_at"]) == datetime.fromisoformat(SOON)
    cast.teacher.patch(f"/v1/assignments/{made['id']}", json={"dates": {section_id: {"due_at": LATER}}})
    seen = cast.bob.get(f"/v1/assignments/{made['id']}").get_json()
    assert datetime.fromisoformat(seen["due_at"]) == datetime.fromisoformat(LATER)


@pytest.mark.parametrize(
    "more",
    [
        {"due_at": "2026-01-08T08:00:00"},
        {"due_at": "tomorrow"},
        {"opens_at": LATER, "due_at": SOON},
        {"dates": {"elsewhere": {"due_at": SOON}}},
        {"document_id": "elsewhere"},
        {"group_set_id": "elsewhere"},
        {"expected_annotations": -1},
        {"state": "open"},
        {"anonymity": "always"},
        {"due_at": "9999-12-31T23:59:59-12:00"},
        {"start": 5, "end": 2},
    ],
)
def test_what_makes_no_sense_is_refused_with_the_field(cast, more):
    answer = assign(cast.teacher, cast, **more)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_a_document_of_another_course_cannot_be_assigned(cast):
    with unit_of_work():
        foreign = factories.document(cast.other_course).id
    assert assign(cast.teacher, cast, document_id=foreign).status_code == 422


def test_a_change_keeps_what_was_not_sent(cast):
    made = assign(cast.teacher, cast, instructions="Look at page 3.", expected_annotations=3).get_json()
    changed = cast.teacher.patch(f"/v1/assignments/{made['id']}", json={"state": "closed"}).get_json()
    assert (changed["state"], changed["instructions"], changed["expected_annotations"]) == (
        "closed",
        "Look at page 3.",
        3,
    )


def test_a_copy_takes_the_material_and_leaves_the_class_behind(cast):
    with unit_of_work():
        factories.enroll(cast.other_course, cast.teacher.account, "teacher")
    made = assign(cast.teacher, cast, instructions="Mind the gap.", due_at=SOON).get_json()
    copy = cast.teacher.post(f"/v1/assignments/{made['id']}/copy", json={"course_id": cast.other_course.id})
    assert copy.status_code == 201
    copied = copy.get_json()
    assert (copied["state"], copied["due_at"], copied["instructions"]) == ("draft", None, "Mind the gap.")
    assert copied["document_id"] != made["document_id"]
    content = cast.teacher.get(f"/v1/documents/{copied['document_id']}/content").get_json()
    assert content["html"] == factories.HTML


def test_a_copy_goes_nowhere_one_does_not_teach(cast):
    path = f"/v1/assignments/{cast.assignment.id}/copy"
    assert cast.teacher.post(path, json={"course_id": cast.other_course.id}).status_code == 404


def test_removing_takes_it_from_everybody(cast):
    path = f"/v1/assignments/{cast.assignment.id}"
    assert cast.ana.delete(path).status_code == 403
    assert cast.teacher.delete(path).status_code == 204
    assert cast.teacher.get(path).status_code == 404
    assert cast.ana.get(f"/v1/documents/{cast.document.id}").status_code == 404
