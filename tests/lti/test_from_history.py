"""Somebody opens a link from the browser's history, is signed in no more, and knows only the way by the LMS."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.core.db import session, unit_of_work
from app.core.ids import now
from app.lti.models import Registration, ResourceLink
from app.lti.pages.remembering import COOKIE
from app.lti.protocol.returning import course_page
from tests import factories
from tests.accounts.browser import Browser
from tests.lti.test_launch import course

NOBODYS = "/assignments/01a20240-65ba-7076-b4e0-5e0d1a55f066"
OPEN_IT = re.compile(r'<a href="([^"]+)"[^>]*>.*?Open it from (Optics 7B in [^<]+)</a>', re.DOTALL)


@pytest.fixture
def linked(lee):
    """The teacher has set the link up: it opens an assignment of the course that the launch made."""
    lee.as_teacher()
    with unit_of_work():
        made = course()
        assignment = factories.assignment(made, factories.document(made), title="Refraction")
        link = session.scalars(select(ResourceLink)).one()
        link.opens, link.assignment_id = "assignment", assignment.id
        assignment_id = assignment.id
    session.expunge_all()
    return assignment_id


def without_session(browser):
    """Days later: what signed the browser in is over, the rest of its cookies is there."""
    for name in ("foreword", "__Host-foreword"):
        browser.client.delete_cookie(name)
        browser.client.delete_cookie(name, path="/", domain="localhost")
    return browser


def text_of(answer):
    """A page without what differs at each request anyway."""
    return re.sub(r'(csrf[_-]token" (?:content|value)=")[^"]*', r"\1", answer.get_data(as_text=True))


@pytest.mark.parametrize("framed", [False, True])
def test_the_way_back_is_named(ana, lms, linked, framed):
    headers = {"Sec-Fetch-Dest": "iframe" if framed else "document"}
    answer = ana.launch(headers)
    made = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    assert ("SameSite=None" in made, "Secure" in made, "HttpOnly" in made) == (framed, framed, True)
    page = without_session(ana).get(f"/assignments/{linked}", base_url="https://localhost")
    assert page.status_code == 401
    url, words = OPEN_IT.search(page.get_data(as_text=True)).groups()
    assert url == f"{lms.address}/course/view.php?id=7"
    assert words == f"Optics 7B in {session.query(Registration).one().name}"
    assert f"/sign-in?next=/assignments/{linked}" in page.get_data(as_text=True)
    assert 'href="/phone"' in page.get_data(as_text=True)


def test_it_is_the_same_whether_or_not_the_reading_exists(app, ana, linked):
    there, not_there = f"/assignments/{linked}", NOBODYS
    stranger = Browser(app)
    asked = [text_of(stranger.get(path)).replace(path, "PATH") for path in (there, not_there)]
    assert asked[0] == asked[1]
    assert "Optics" not in asked[0]
    ana.launch({"Sec-Fetch-Dest": "document"}, resource_link={"id": "another", "title": "Other"}, roles=[])
    known = without_session(ana)
    assert OPEN_IT.search(known.get(not_there).get_data(as_text=True)) is None  # that launch led nowhere
    ana.launch({"Sec-Fetch-Dest": "document"})
    known = without_session(ana)
    asked = [text_of(known.get(path)).replace(path, "PATH") for path in (there, not_there)]
    assert asked[0] == asked[1]
    assert OPEN_IT.search(asked[0])


def test_a_forged_note_says_nothing(app, linked):
    browser = Browser(app)
    browser.client.set_cookie(COOKIE, "WyIvIiwiRXZpbCIsIkxNUyIsImh0dHBzOi8vZXZpbC5leGFtcGxlIl0.a.b")
    page = browser.get(f"/assignments/{linked}")
    assert page.status_code == 401
    assert "evil" not in page.get_data(as_text=True)


def test_signing_out_makes_the_browser_forget(ana, linked):
    ana.launch({"Sec-Fetch-Dest": "document"})
    page = ana.get("/account").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = ana.client.post("/sign-out", data={"csrf_token": token})
    assert answer.status_code == 303
    assert ana.client.get_cookie(COOKIE) is None
    assert "Open it from" not in ana.get(f"/assignments/{linked}").get_data(as_text=True)


def test_a_way_back_on_a_foreign_host_is_not_followed(ana, lms, linked):
    ana.launch(
        {"Sec-Fetch-Dest": "document"}, launch_presentation={"return_url": "https://evil.example/course"}
    )
    page = without_session(ana).get(f"/assignments/{linked}").get_data(as_text=True)
    assert "evil" not in page
    assert OPEN_IT.search(page)[1] == lms.address


def test_no_more_than_four_launches_are_noted(app):
    from app.lti.pages import remembering

    with app.test_request_context():
        registration = SimpleNamespace(
            name="L" * 300, hosts=["lms.example"], auth_url="https://lms.example/a"
        )
        said = SimpleNamespace(
            return_url=f"https://lms.example/{'x' * 390}"[:400],
            context=SimpleNamespace(title="C" * 300, label=""),
        )
        cookies: dict[str, str] = {}
        for number in range(7):
            with app.test_request_context(headers={"Cookie": f"{COOKIE}={cookies.get(COOKIE, '')}"}):
                answer = app.make_response("")
                remembering.remember(answer, f"/assignments/{number}", registration, said, framed=False)
                sent = answer.headers["Set-Cookie"]
                cookies[COOKIE] = sent.partition(";")[0].partition("=")[2]
                assert len(sent) < 4000
        with app.test_request_context("/assignments/5", headers={"Cookie": f"{COOKIE}={cookies[COOKIE]}"}):
            assert [one.path for one in remembering.came_from()] == ["/assignments/5", "/assignments/6"]


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (
            "https://moodle.example/m/mod/lti/return.php?course=7&launch_container=4&sesskey=abc",
            "https://moodle.example/m/course/view.php?id=7",
        ),
        ("https://moodle.example/mod/lti/return.php?course=x%22", "https://moodle.example"),
        (
            "https://canvas.example/courses/12/external_content/success/external_tool_redirect",
            "https://canvas.example/courses/12",
        ),
        ("https://lms.example/d2l/home/6", "https://lms.example/d2l/home/6"),
        ("https://[", ""),
    ],
)
def test_the_courses_own_page_is_worked_out(url, page):
    assert course_page(url) == page


def test_a_locked_out_person_reads_the_same_page(ana, linked):
    ana.launch({"Sec-Fetch-Dest": "document"})
    with unit_of_work():
        from app.accounts.models import Account

        for account in session.query(Account).filter_by(name="Ana Pires"):
            account.suspended_at = now()
    assert ana.get(f"/assignments/{linked}").status_code == 401
