"""The same by forms: three clicks to an assigned reading, and times on the course's clock."""

import re

import pytest

from app.core.db import session, unit_of_work
from app.courses.models import Course


def form_of(page: str, action: str) -> dict[str, str]:
    """What a browser would send of a form if nothing were touched."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL).group(0)
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        unticked = 'type="radio"' in tag or 'type="checkbox"' in tag
        if name and (not unticked or " checked" in tag):
            found[name.group(1)] = value.group(1) if value else ""
    return found


@pytest.fixture
def new(cast):
    return f"/courses/{cast.course.id}/assignments/new"


def test_three_clicks_lead_from_the_course_to_an_assigned_reading(cast, new):
    course = cast.teacher.get(f"/courses/{cast.course.id}").text
    assert f'href="{new}"' in course
    page = cast.teacher.get(new).text
    typed = form_of(page, new)
    assert typed["document_id"] == cast.document.id
    answer = cast.teacher.post(new, data=typed | {"state": "assigned"})
    assert answer.status_code == 303
    items = cast.ana.get(f"/v1/courses/{cast.course.id}/assignments").get_json()["items"]
    assert "Refraction" in {each["title"] for each in items}


def test_a_time_is_that_of_the_course(cast, new):
    with unit_of_work():
        session.get_one(Course, cast.course.id).timezone = "America/New_York"
    data = {
        "document_id": cast.document.id,
        "title": "East",
        "due_at": "2027-01-08T08:00",
        "state": "assigned",
    }
    cast.teacher.post(new, data=data)
    items = cast.teacher.get(f"/v1/courses/{cast.course.id}/assignments").get_json()["items"]
    made = next(each for each in items if each["title"] == "East")
    assert made["due_at"] == "2027-01-08T13:00:00Z"
    assert 'value="2027-01-08T08:00"' in cast.teacher.get(f"/assignments/{made['id']}/edit").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_at": "soon"},
        {"expected_annotations": "many"},
        {"title": "x" * 400},
        {"state": "odd"},
        {"document_id": ""},
    ],
)
def test_a_form_that_needs_another_look_comes_back_with_what_was_typed(cast, new, wrong):
    data = {"document_id": cast.document.id, "instructions": "Mind the gap", "state": "assigned"} | wrong
    answer = cast.teacher.post(new, data=data)
    assert answer.status_code == 422
    assert "Mind the gap" in answer.text
    assert "error-summary" in answer.text


def test_an_assignment_is_changed_copied_removed_and_brought_back(cast):
    edit = f"/assignments/{cast.assignment.id}/edit"
    page = cast.teacher.get(edit).text
    typed = form_of(page, edit) | {"title": "Chapter 3", "expected_annotations": "4", "scores_released": "1"}
    assert cast.teacher.post(edit, data=typed).status_code == 303
    read = cast.teacher.get(f"/v1/assignments/{cast.assignment.id}").get_json()
    assert (read["title"], read["expected_annotations"], read["scores_released"]) == ("Chapter 3", 4, True)
    copied = cast.teacher.post(f"/assignments/{cast.assignment.id}/copy", data={"course_id": cast.course.id})
    assert copied.status_code == 303
    removed = cast.teacher.post(f"/assignments/{cast.assignment.id}/remove")
    assert "Bring it back" in cast.teacher.get(removed.headers["Location"]).text
    cast.teacher.post(f"/assignments/{cast.assignment.id}/restore")
    assert cast.ana.get(f"/v1/assignments/{cast.assignment.id}").status_code == 200


@pytest.mark.parametrize("name", ["ana", "observer", "eve"])
def test_the_forms_are_for_staff(cast, new, name):
    person = cast.people[name]
    for path in (new, f"/assignments/{cast.assignment.id}/edit"):
        assert person.get(path).status_code in {403, 404}
        assert person.post(path, data={"document_id": cast.document.id}).status_code in {403, 404}
