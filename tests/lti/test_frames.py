"""Within an LMS's frame: which cookies are set, who may frame what, and working without cookies."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.core.db import session, unit_of_work
from app.courses.models import Course
from app.lti.models import ResourceLink
from tests import factories

from .lms import ROLE

IN_FRAME = {"Sec-Fetch-Dest": "iframe"}
AT_TOP = {"Sec-Fetch-Dest": "document"}


@pytest.fixture
def linked(lee):
    """A link that opens a reading; its id."""
    lee.as_teacher()
    with unit_of_work():
        link = session.scalars(select(ResourceLink)).one()
        course = session.get_one(Course, link.course_id)
        assignment = factories.assignment(course, factories.document(course), title="Refraction")
        link.opens, link.assignment_id = "assignment", assignment.id
        found = assignment.id
    session.expunge_all()
    return found


def cookies(answer):
    return {one.partition("=")[0]: one for one in answer.headers.getlist("Set-Cookie")}


@pytest.mark.lti(row=19)
@pytest.mark.lti(row=20)
def test_a_framed_launch_gets_a_cookie_of_its_own_and_may_be_framed_by_its_lms(ana, lms, linked):
    answer = ana.launch(headers=IN_FRAME)
    cookie = cookies(answer)["__Host-foreword"]
    for part in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"):
        assert part in cookie
    page = ana.get(answer.headers["Location"])
    assert f"frame-ancestors {lms.address};" in page.headers["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in page.headers


@pytest.mark.lti(row=20)
def test_a_launch_at_top_level_may_not_be_framed(ana, linked):
    answer = ana.launch(headers=AT_TOP)
    assert "__Host-foreword" not in cookies(answer)
    assert "SameSite=Lax" in cookies(answer)["foreword"]
    page = ana.get(answer.headers["Location"])
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.lti(row=20)
def test_admin_pages_may_not_be_framed(cast, registration):
    for path in ("/admin", "/admin/lti", f"/admin/lti/{registration.id}"):
        assert "frame-ancestors 'none'" in cast.admin.get(path).headers["Content-Security-Policy"]


def without_cookies(ana, lms, **changes):
    """A launch in a browser that keeps no cookies; the LMS's storage gives back our half of the state."""
    login = ana.login(lti_storage_target="_parent")
    page = login.get_data(as_text=True)
    value = re.search(r'"value":\s*"([^"]+)"', page)[1]
    state, nonce = re.search(r"state=([^&\"\\]+)", page)[1], re.search(r"nonce=([^&\"\\]+)", page)[1]
    token = lms.token(lms.claims(nonce, **changes))
    ana.client = ana.client.application.test_client(use_cookies=False)
    asked = ana.post({"state": state, "id_token": token}, **IN_FRAME)
    assert 'id="lti-again"' in asked.get_data(as_text=True)
    return ana.post({"state": state, "id_token": token, "proof": value}, **IN_FRAME)


@pytest.mark.lti(row=17)
@pytest.mark.lti(row=18)
def test_without_any_cookie_a_token_in_the_page_carries_the_sign_in(ana, lms, linked):
    answer = without_cookies(ana, lms)
    assert answer.status_code == 303
    place = answer.headers["Location"]
    assert place.startswith(f"/assignments/{linked}?entry=")
    page = ana.get(place, headers=IN_FRAME)
    token = re.search(r'name="frame-token" content="([^"]+)"', page.get_data(as_text=True))[1]
    assert f"frame-ancestors {lms.address}" in page.headers["Content-Security-Policy"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert ana.get("/api/v1/me", headers=bearer).get_json()["name"] == "Ana Pires"
    assert ana.get("/api/v1/me").status_code == 401
    again = ana.get(place, headers=IN_FRAME)
    assert again.status_code == 404  # the code works once
    assert f"frame-ancestors {lms.address}" in again.headers["Content-Security-Policy"]


@pytest.mark.lti(row=17)
def test_from_page_to_page_by_one_time_codes(ana, lms, linked):
    page = ana.get(without_cookies(ana, lms).headers["Location"]).get_data(as_text=True)
    bearer = {"Authorization": "Bearer " + re.search(r'name="frame-token" content="([^"]+)"', page)[1]}
    made = ana.client.post("/api/v1/me/entries", json={"framed": True}, headers=bearer).get_json()
    following = ana.get(f"/account?entry={made['code']}")
    assert following.status_code == 200
    token = re.search(r'name="frame-token" content="([^"]+)"', following.get_data(as_text=True))[1]
    answer = ana.client.post("/account", data={"name": "Ana P", "frame_token": token})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert "entry=" in answer.headers["Location"]
    assert "Ana P" in ana.get(answer.headers["Location"]).get_data(as_text=True)
    assert ana.client.post("/account", data={"name": "Eve", "frame_token": "guess"}).status_code == 401


@pytest.mark.lti(row=19)
def test_a_window_of_its_own_asks_first_and_works_once(ana, lms, linked, cast):
    made = cast.ana.post("/v1/me/entries", json={}).get_json()
    path = f"/enter/{made['code']}"
    page = ana.get(path)
    assert "Ana Pires" in page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers or "foreword=" not in page.headers["Set-Cookie"]
    answer = ana.client.post(path, data={"next": f"/assignments/{cast.assignment.id}"})
    assert answer.headers["Location"] == f"/assignments/{cast.assignment.id}"
    assert ana.get(answer.headers["Location"]).status_code == 200
    assert ana.client.post(path).status_code == 404
    for evil in ("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil"):
        code = cast.ana.post("/v1/me/entries", json={}).get_json()["code"]
        assert ana.client.post(f"/enter/{code}", data={"next": evil}).headers["Location"] == "/"


@pytest.mark.lti(row=18)
def test_the_lms_storage_is_asked_only_where_the_lms_offers_it(ana, lms):
    assert ana.login().status_code == 302
    page = ana.login(lti_storage_target="post_message_forwarding").get_data(as_text=True)
    assert re.search(rf'"origin":\s*"{lms.address}"', page)
    assert ana.login(lti_storage_target="x" * 101).status_code == 302


@pytest.mark.lti(row=31)
def test_submission_review_opens_that_students_work(ana, lee, browser_of, linked, lms):
    ana.launch()
    pupil = session.scalars(
        select(Account).where(Account.name == "Ana Pires", Account.email.is_not(None))
    ).one()
    with unit_of_work():
        from app.assignments.models import Assignment
        from app.documents.models import DocumentVersion

        document = session.get_one(Assignment, linked).document_id
        version = session.scalars(
            select(DocumentVersion).where(DocumentVersion.document_id == document)
        ).one()
        course_id = session.get_one(Assignment, linked).course_id
        for words, anonymous in (("CANARY-OPEN", False), ("CANARY-SECRET", True)):
            session.add(
                Annotation(
                    assignment_id=linked,
                    version_id=version.id,
                    creator_id=pupil.id,
                    motivation="commenting",
                    body=words,
                    body_html=f"<p>{words}</p>",
                    selectors=[],
                    audience=f"course:{course_id}",
                    anonymous=anonymous,
                )
            )
    session.expunge_all()
    review = {"message_type": "LtiSubmissionReviewRequest", "for_user": {"user_id": "ana-7"}}
    place = lee.as_teacher(**review).headers["Location"]
    page = lee.get(place).get_data(as_text=True)
    assert "CANARY-OPEN" in page
    assert "CANARY-SECRET" not in page  # the list of one person's work would name its author
    own = ana.get(ana.launch(**review).headers["Location"]).get_data(as_text=True)
    assert "CANARY-SECRET" in own
    bob = browser_of()
    assert bob.launch(sub="bob-1", name="Bob", **review).status_code == 403
    assert bob.launch(sub="bob-1", name="Bob").status_code == 303
    assert bob.get(place).status_code == 404


@pytest.mark.lti(row=15)
def test_a_mentor_sees_the_own_child_and_nobody_else(ana, lee, browser_of, linked):
    ana.launch()
    mum = browser_of()
    who = {"sub": "mum-1", "name": "Mum", "roles": [f"{ROLE}Mentor"]}
    children = {"role_scope_mentor": ["ana-7", "never-seen"]}
    answer = mum.launch(**who, **children)
    assert answer.headers["Location"].startswith("/lti/children/")
    page = mum.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Ana Pires" in page
    assert mum.get(f"/assignments/{linked}").status_code == 404
    dad = browser_of()
    place = dad.launch(**who | {"sub": "dad-1"}, role_scope_mentor=[]).headers["Location"]
    assert dad.get(place).status_code == 404
    mum.launch(**who, role_scope_mentor=[])  # no longer said: no longer seen
    assert mum.get(answer.headers["Location"]).status_code == 404


def test_who_comes_without_a_session_is_told_where_to_open_it(ana, linked):
    page = ana.client.application.test_client().get("/sign-in").get_data(as_text=True)
    assert "School Moodle" in page
