"""Notices of copied courses: asked for once, and read when the copied link is opened for the first time."""

import time
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.jobs import run_pending
from app.courses.models import Course
from app.courses.queries import viewer_of
from app.lti import jobs
from app.lti.models import Context, CopiedContext, Deployment, Registration
from app.lti.operations import inviting
from app.lti.protocol.names import NOTICE_HANDLERS
from tests import factories

from .lms import reply
from .notifying import HANDLER, copied, kept, offer, sends
from .test_deep_linking import token_of


@pytest.fixture
def told(lms):
    """What an LMS that takes addresses for its notices was told, newest last."""
    taken = []

    def serve(call):
        if call.path != "/notice-handlers":
            return None
        if call.headers.get("authorization") != f"Bearer t-{lms.client_id}":
            return reply({}, 401)
        taken.append((call.method, call.json()))
        return reply(call.json())

    lms.behave = serve
    return taken


def work():
    """The worker's turn."""
    session.expunge_all()
    with unit_of_work():
        jobs.ask_for_wanted_notices()
    run_pending()
    session.expunge_all()


def deployment():
    session.expunge_all()
    return session.scalars(select(Deployment)).one()


@pytest.mark.lti(row=36)
def test_notices_are_asked_for_once(lee, lms, told, cast, registration):
    path = lee.as_teacher(**offer(lms)).headers["Location"]
    assert (path.startswith("/lti/links/"), told) == (True, [])  # the launch itself asks nothing
    work()
    assert told == [("PUT", {"notice_type": "LtiContextCopyNotice", "handler": HANDLER})]
    assert lms.asked_for == [NOTICE_HANDLERS]
    lee.as_teacher(**offer(lms))
    work()
    with time_machine.travel(time.time() + 86_400):
        lee.as_teacher(**offer(lms))
        work()
    assert len(told) == 1
    page = cast.admin.get(f"/admin/lti/{registration.id}").get_data(as_text=True)
    assert "tells of copied courses" in page


@pytest.mark.lti(row=36)
def test_an_lms_that_refuses_is_asked_again_at_a_later_launch(lee, lms, told, cast, registration):
    takes = lms.behave
    for answer, code in (((500, {}, b""), "bad_status"), ((403, {}, b""), "bad_status")):
        lms.behave = lambda call, answer=answer: answer if call.path == "/notice-handlers" else None
        with unit_of_work():
            deployment().notices_at = None
        assert lee.as_teacher(**offer(lms)).status_code == 303
        work()
        assert deployment().notices_problem == code
    page = cast.admin.get(f"/admin/lti/{registration.id}").get_data(as_text=True)
    assert "cannot tell of copied courses (bad_status)" in page
    lms.behave = takes
    lee.as_teacher(**offer(lms))
    work()
    assert told == []  # not a moment later
    with time_machine.travel(time.time() + 3700):
        lee.as_teacher(**offer(lms))
        work()
    assert (len(told), deployment().notices_problem) == (1, "")


@pytest.mark.lti(row=36)
def test_an_address_that_moved_is_told_ours_anew(lee, lms, told):
    lee.as_teacher(**offer(lms))
    work()
    with unit_of_work():
        deployment().notices_handler = "https://before.example/lti/notices"
    with time_machine.travel(time.time() + 3700):
        lee.as_teacher(**offer(lms))
        work()
    assert [each["handler"] for _method, each in told] == [HANDLER, HANDLER]


@pytest.mark.lti(row=10)
@pytest.mark.lti(row=36)
@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"notice_types_supported": ["LtiHelloWorldNotice"]}, ""),
        ({"notice_types_supported": None}, ""),
        ({"scope": []}, ""),
        ({"platform_notification_service_url": None}, ""),
        ({"platform_notification_service_url": 7}, ""),
        ({"platform_notification_service_url": "https://evil.example/handlers"}, "foreign_host"),
        ({"platform_notification_service_url": "http://127.0.0.1:1/handlers"}, "foreign_host"),
    ],
)
def test_only_an_lms_that_offers_them_at_home_is_asked(lee, lms, told, changes, problem):
    assert lee.as_teacher(**offer(lms, **changes)).status_code == 303
    work()
    assert (told, lms.asked_for, deployment().notices_problem) == ([], [], problem)


def test_a_connection_that_was_switched_off_is_not_asked(lee, lms, told, registration):
    lee.as_teacher(**offer(lms))
    with unit_of_work():
        session.get_one(Registration, registration.id).state = "disabled"
    work()
    assert told == []


@pytest.mark.lti(row=33)
@pytest.mark.lti(row=36)
@pytest.mark.parametrize("offers", [True, False])
def test_the_right_is_asked_for_where_it_is_offered(app, cast, lms, offers):
    known = {
        "issuer": lms.address,
        "authorization_endpoint": f"{lms.address}/auth",
        "token_endpoint": f"{lms.address}/token",
        "jwks_uri": f"{lms.address}/jwks",
        "registration_endpoint": f"{lms.address}/register",
        "scopes_supported": [NOTICE_HANDLERS] if offers else "all",
    }
    lms.behave = lambda call: reply(known) if call.path == "/openid" else None
    with unit_of_work():
        token = inviting.invite(viewer_of(cast.admin.account))
    app.test_client().get(f"/lti/register/{token}?openid_configuration={lms.address}/openid")
    assert (NOTICE_HANDLERS in lms.registered["scope"].split()) is offers
    assert NOTICE_HANDLERS in app.test_client().get("/lti/config/canvas.json").get_json()["scopes"]


@pytest.fixture
def readings(lee):
    """Two readings of Ms Lee's course, which the LMS knows as 7."""
    lee.as_teacher()
    with unit_of_work():
        course = session.get_one(Course, session.scalars(select(Context.course_id)).one())
        made = [
            factories.assignment(course, factories.document(course), title=f"Reading {n}") for n in range(2)
        ]
        ids = [each.id for each in made]
    session.expunge_all()
    return ids


@pytest.fixture
def opens(browser_of, readings):
    """Mr Other, who does not teach Ms Lee's course, opens a link in a course of his that names her reading."""
    browser = browser_of()
    other = {"sub": "other-1", "name": "Mr Other", "email": "other@school.example"}

    def open_(context, number=0, link="copied"):
        return browser.as_teacher(
            **other,
            context={"id": context, "title": f"Optics {context}"},
            resource_link={"id": f"{link}-{number}"},
            custom={"foreword_assignment": readings[number]},
        ).headers["Location"]

    open_.browser = browser
    return open_


def is_asked(opens, context):
    page = opens.browser.get(opens(context)).get_data(as_text=True)
    return "This course was copied" in page


@pytest.mark.lti(row=36)
def test_the_first_launch_of_a_course_that_was_told_of_is_asked_once(app, lms, opens, readings):
    both = {"aud": ["other", lms.client_id], "azp": lms.client_id}
    answer = sends(app, lms.token(copied(lms, "99", "7", **both)))
    assert (answer.status_code, answer.get_json()) == (200, {})
    assert kept() == {("99", "7")}
    place = opens("99")
    page = opens.browser.get(place).get_data(as_text=True)
    assert "This course was copied" in page
    form = {"csrf_token": token_of(page)}
    made = opens.browser.client.post(f"{place}/take-along", data=form).headers["Location"].split("/")[2]
    second = opens("99", 1).split("/")  # by itself
    assert second[1] == "assignments"
    assert not {made, second[2]} & set(readings)


@pytest.mark.lti(row=36)
def test_a_course_that_was_not_told_of_is_not_asked(app, lms, opens):
    sends(app, lms.token(copied(lms, "99", "7")), lms.token(copied(lms, "98", "6")))
    assert not is_asked(opens, "97")
    assert not is_asked(opens, "98")
    assert is_asked(opens, "99")


@pytest.mark.lti(row=36)
def test_a_copy_of_a_copy_is_one_of_the_first_course(app, lms, opens):
    """The one in between was never opened, and courses copied in a circle end."""
    pairs = (("8", "7"), ("9", "8"), ("8", "9"), ("10", "9"))
    sends(app, *(lms.token(copied(lms, context, origin)) for context, origin in pairs))
    assert is_asked(opens, "10")


@pytest.mark.lti(row=36)
def test_several_notices_come_at_once_and_twice(app, lms, registration):
    tokens = [lms.token(copied(lms, str(number), "7", "6", str(number))) for number in range(20, 30)]
    for _time in range(2):
        assert sends(app, *tokens).status_code == 200
    assert kept() == {(str(number), origin) for number in range(20, 30) for origin in ("7", "6")}


def test_other_notices_are_taken_and_mean_nothing(app, lms, registration):
    hello = {"id": "1", "timestamp": "2026-09-01T06:00:00Z", "type": "LtiHelloWorldNotice"}
    assert sends(app, lms.token(copied(lms, notice=hello))).status_code == 200
    assert sends(app).status_code == 200
    assert kept() == set()


def test_what_was_told_two_years_ago_is_forgotten(app, lms, registration):
    sends(app, lms.token(copied(lms, "8")), lms.token(copied(lms, "9")))
    with unit_of_work():
        row = session.scalars(select(CopiedContext).where(CopiedContext.context_id == "8")).one()
        row.said_at = now() - timedelta(days=731)
    with unit_of_work():
        jobs.keep_house()
    assert kept() == {("9", "7")}
