"""Choosing in the LMS's own window: what is offered, and the signed answer."""

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.models import Course
from app.lti.models import Context, ResourceLink
from tests import factories

from .lms import CLAIM

DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"


def settings(lms, **changes):
    return {
        "deep_link_return_url": f"{lms.address}/return",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe", "window"],
        "accept_multiple": True,
        "data": "opaque & odd",
        **changes,
    }


def opens_picker(lee, lms, **changes):
    """Ms Lee opens the picker; returns the answer to her launch."""
    return lee.as_teacher(
        message_type="LtiDeepLinkingRequest",
        resource_link=None,
        target_link_uri="http://localhost/lti/deep-link",
        **{f"{DL}deep_linking_settings": settings(lms, **changes)},
    )


@pytest.fixture
def readings(lee):
    """Two assignments and a document that is not assigned yet, in the course of the LMS."""
    lee.as_teacher()
    with unit_of_work():
        course = session.get_one(Course, session.scalars(select(Context.course_id)).one())
        first = factories.assignment(course, factories.document(course), title="Refraction", due_at=now())
        second = factories.assignment(course, factories.document(course), title="Reflection")
        document = factories.document(course)
        ids = first.id, second.id, document.id
    session.expunge_all()
    return ids


def token_of(csrf_page: str) -> str:
    return csrf_page.split('name="csrf_token" value="')[1].split('"', maxsplit=1)[0]


def pick(lee, path: str, **form):
    page = lee.get(path).get_data(as_text=True)
    return lee.client.post(path, data={"csrf_token": token_of(page), **form})


def answer_of(lms, page: str):
    """The claims that the LMS is sent, checked with our published keys."""
    token = page.split('name="JWT" value="')[1].split('"', maxsplit=1)[0]
    return jwt.decode(token, KeySet.import_key_set(lms.tool_keys())).claims


@pytest.mark.lti(row=23)
@pytest.mark.lti(row=24)
def test_several_readings_are_put_into_the_course(lee, lms, readings):
    first, second, document = readings
    path = opens_picker(lee, lms).headers["Location"]
    form = {"assignment": [first, second], "document": [document], "graded": "1", "new_tab": "1"}
    answer = pick(lee, path, **form)
    assert f"form-action 'self' {lms.address}" in answer.headers["Content-Security-Policy"]
    said = answer_of(lms, answer.get_data(as_text=True))
    assert said[f"{CLAIM}message_type"] == "LtiDeepLinkingResponse"
    assert (said["iss"], said["aud"]) == (lms.client_id, [lms.address])
    assert (said[f"{CLAIM}deployment_id"], said[f"{DL}data"]) == (lms.deployment_id, "opaque & odd")
    items = said[f"{DL}content_items"]
    assert sorted(item["title"] for item in items) == ["Reflection", "Refraction", "Refraction"]
    refraction = next(item for item in items if item["custom"]["foreword_assignment"] == first)
    assert refraction["url"] == f"http://localhost/lti/launch?assignment={first}"
    assert refraction["lineItem"]["resourceId"] == first
    assert refraction["lineItem"]["scoreMaximum"] == 100
    assert refraction["lineItem"]["submissionReview"]["url"] == "http://localhost/lti/launch"
    assert refraction["window"] == {"targetName": "_blank"}
    assert "endDateTime" in refraction["submission"]
    assert len(session.scalars(select(Assignment).where(Assignment.document_id == document)).all()) == 1


@pytest.mark.lti(row=23)
def test_only_what_the_lms_takes_is_sent(lee, lms, readings):
    takes = {
        "accept_multiple": "false",
        "accept_lineitem": False,
        "accept_presentation_document_targets": ["iframe"],
        "data": None,
    }
    path = opens_picker(lee, lms, **takes).headers["Location"]
    page = lee.get(path).get_data(as_text=True)
    assert 'type="radio" name="assignment"' in page
    assert 'name="graded"' not in page
    many = {"assignment": list(readings[:2]), "graded": "1", "new_tab": "1"}
    assert pick(lee, path, **many).status_code == 400
    said = answer_of(lms, pick(lee, path, assignment=readings[0], graded="1").get_data(as_text=True))
    (item,) = said[f"{DL}content_items"]
    assert ("lineItem" in item, "window" in item, f"{DL}data" in said) == (False, False, False)


@pytest.mark.lti(row=23)
def test_cancelling_answers_with_nothing_and_a_sentence(lee, lms, readings):
    path = opens_picker(lee, lms).headers["Location"]
    said = answer_of(lms, pick(lee, path, cancel="1").get_data(as_text=True))
    assert said[f"{DL}content_items"] == []
    assert said[f"{DL}msg"]


@pytest.mark.lti(row=23)
def test_the_link_that_was_made_opens_the_reading(ana, lee, lms, readings):
    custom = {"foreword_assignment": readings[0], "context_history": "$Context.id.history"}
    answer = ana.launch(resource_link={"id": "made"}, custom=custom)
    assert answer.headers["Location"] == f"/assignments/{readings[0]}"
    by_address = ana.launch(
        resource_link={"id": "made-2"},
        target_link_uri=f"http://localhost/lti/launch?assignment={readings[1]}",
    )
    assert by_address.headers["Location"] == f"/assignments/{readings[1]}"


def test_a_link_cannot_open_what_belongs_to_another_course(ana, lee, cast, readings):
    answer = ana.launch(resource_link={"id": "odd"}, custom={"foreword_assignment": cast.assignment.id})
    assert answer.status_code == 404
    teacher = lee.as_teacher(resource_link={"id": "odd"}, custom={"foreword_assignment": cast.assignment.id})
    assert teacher.headers["Location"].startswith("/lti/links/")
    assert session.scalars(select(ResourceLink).where(ResourceLink.link_id == "odd")).one().copy_of is None


@pytest.mark.lti(row=23)
def test_students_do_not_choose_and_pickers_answer_only_their_own_lms(ana, lee, lms):
    said = {f"{DL}deep_linking_settings": settings(lms)}
    assert ana.launch(message_type="LtiDeepLinkingRequest", **said).status_code == 403
    assert opens_picker(lee, lms, deep_link_return_url="https://evil.example/r").status_code == 400
    assert opens_picker(lee, lms, deep_link_return_url=None).status_code == 400
    assert opens_picker(lee, lms, accept_types=["html"]).status_code == 400


@pytest.mark.lti(row=36)
def test_a_copied_course_takes_its_readings_along_once_asked(lee, ana, lms, readings):
    """Next year's course: another context, the same custom parameters."""
    next_year = {"id": "8", "title": "Optics 7B next year"}
    link = {"resource_link": {"id": "copied"}, "custom": {"foreword_assignment": readings[0]}}
    place = lee.as_teacher(context=next_year, **link).headers["Location"]
    page = lee.get(place).get_data(as_text=True)
    assert "This course was copied" in page
    assert ana.launch(context=next_year, **link).status_code == 404
    answer = lee.client.post(f"{place}/take-along", data={"csrf_token": token_of(page)})
    made = answer.headers["Location"].split("/")[2]
    assert made != readings[0]
    copy = session.get_one(Assignment, made)
    assert (copy.title, copy.state) == ("Refraction", "draft")
    other = {"resource_link": {"id": "copied-2"}, "custom": {"foreword_assignment": readings[1]}}
    second = lee.as_teacher(context=next_year, **other).headers["Location"]
    assert second.startswith("/assignments/")
    assert second != f"/assignments/{readings[1]}"
    again = lee.as_teacher(context=next_year, resource_link={"id": "copied-3"}, custom=link["custom"])
    assert again.headers["Location"] == f"/assignments/{made}"


@pytest.mark.lti(row=36)
def test_a_stranger_takes_nothing_along(browser_of, lee, readings):
    """Who neither teaches the old course nor has a course that was made from it gets nothing of it."""
    other = browser_of()
    link = {"resource_link": {"id": "x"}, "custom": {"foreword_assignment": readings[0]}}
    who = {"sub": "other-1", "name": "Mr Other", "context": {"id": "99", "title": "Elsewhere"}}
    place = other.as_teacher(**who, **link).headers["Location"]
    assert "This course was copied" not in other.get(place).get_data(as_text=True)
    history = link | {"custom": link["custom"] | {"context_history": "5,7"}, "resource_link": {"id": "y"}}
    place = other.as_teacher(**who, **history).headers["Location"]
    assert "This course was copied" in other.get(place).get_data(as_text=True)
