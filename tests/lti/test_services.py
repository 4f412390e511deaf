"""Class lists and grades: what is asked of the LMS, and what becomes of the answers."""

import json
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.courses.models import Course, Enrollment
from app.lti import jobs as lti_jobs
from app.lti import ports
from app.lti.models import Context, Passback, ResourceLink
from app.lti.operations import grading
from app.lti.operations.sending import send_due
from app.lti.protocol import grades, paging
from app.lti.protocol.quirks import of_platform
from tests import factories

from .lms import AGS, reply


def member(subject: str, role: str = "Learner", **more):
    return {"user_id": subject, "name": subject.title(), "roles": [role], "status": "Active", **more}


def roster():
    session.expunge_all()
    context = session.scalars(select(Context)).one()
    lti_jobs.fetch_roster.now(context.id)
    session.expunge_all()
    rows = session.execute(
        select(Account.name, Enrollment.role, Enrollment.ended_at)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .where(Enrollment.course_id == context.course_id)
    )
    return {name: role for name, role, ended in rows if ended is None}


@pytest.mark.lti(row=25)
@pytest.mark.lti(row=26)
def test_a_class_list_comes_in_pages_and_leavers_are_taken_off(lee, ana, lms):
    lee.as_teacher()
    lms.members = [member("lee-1", "Instructor"), *(member(f"pupil-{n}") for n in range(5))]
    lms.page_size = 2
    assert len(roster()) == 6
    lms.members = [*lms.members[:3], member("pupil-3", status="Inactive"), member("pupil-9")]
    found = roster()
    assert sorted(found) == ["Ms Lee", "Pupil-0", "Pupil-1", "Pupil-9"] or "Lee-1" in found
    assert "Pupil-3" not in found
    lms.members.append(member("pupil-4"))
    assert "Pupil-4" in roster()  # who comes back, is back


@pytest.mark.lti(row=25)
def test_a_roster_does_not_make_assistants_learners(lee, lms):
    lee.as_teacher()
    lms.members = [member("lee-1", "Learner"), member("pupil-1")]
    assert "teacher" in roster().values()


@pytest.mark.lti(row=26)
def test_a_roster_that_cannot_be_fetched_whole_changes_nothing(lee, lms):
    lee.as_teacher()
    lms.members = [member("lee-1", "Instructor"), *(member(f"pupil-{n}") for n in range(4))]
    lms.page_size = 2
    before = roster()
    odd = [
        (500, {}, b""),
        (200, {}, b"<html>"),
        (200, {}, b'{"members": []}'),
        (302, {"Location": "http://x/"}, b""),
    ]
    for answer in odd:
        lms.behave = lambda call, answer=answer: answer if call.query.get("from") == ["2"] else None
        if answer[2].startswith(b'{"members'):
            lms.behave = lambda call, answer=answer: answer if call.path == "/members" else None
        assert roster() == before
        assert session.scalars(select(Context)).one().roster_problem


@pytest.mark.lti(row=38)
def test_a_registration_may_keep_names_out(lee, lms, registration):
    from app.lti.models import Registration

    with unit_of_work():
        session.get_one(Registration, registration.id).hides_names = True
    lee.as_teacher()
    lms.members = [member("lee-1", "Instructor"), member("pupil-1", email="p@school.example")]
    assert set(roster()) == {""}
    assert session.scalars(select(Account.email).where(Account.email == "p@school.example")).all() == []


@pytest.mark.lti(row=22)
def test_a_token_is_kept_for_its_registration_and_asked_for_anew_when_refused(lee, lms):
    lee.as_teacher()
    lms.members = [member("lee-1", "Instructor"), member("pupil-1")]
    roster(), roster()
    assert len(lms.asked_for) == 1
    refusals = iter([reply({}, 401)])
    lms.behave = lambda call: next(refusals, None) if call.path == "/members" else None
    assert "Pupil-1" in roster()
    assert len(lms.asked_for) == 2


@pytest.mark.lti(row=25)
@pytest.mark.parametrize(
    ("header", "page"),
    [
        ('<https://l.example/m?p=2>; rel="next"', "https://l.example/m?p=2"),
        ("<https://l.example/m?p=2&amp;x=1>; rel=“next”", "https://l.example/m?p=2&x=1"),
        ('<https://l.example/a>; rel="differences", </m?p=3>; rel=next', "https://l.example/m?p=3"),
        ('<https://l.example/m>; rel="nextish"', ""),
        ("", ""),
        ("garbage <", ""),
    ],
)
def test_the_next_page_is_found_however_it_is_written(header, page):
    assert paging.next_page({"link": header}, "https://l.example/m") == page


@pytest.fixture
def graded(lee, lms, monkeypatch):
    """A class of three with a link that opens an assignment; grades come from the test."""
    lms.members = [member("lee-1", "Instructor"), *(member(f"pupil-{n}") for n in range(3))]
    lee.as_teacher()
    roster()
    wanted: dict[str, float] = {}
    with unit_of_work():
        link = session.scalars(select(ResourceLink)).one()
        course = session.get_one(Course, link.course_id)
        link.opens = "assignment"
        link.assignment_id = factories.assignment(course, factories.document(course)).id
        link_id, registration_id = link.id, link.context.registration_id
    people = {name.lower(): one for one, name in session.execute(select(Account.id, Account.name))}
    monkeypatch.setattr(
        grading, "grades_of", lambda _a: {people[n]: ports.Grade(p, 10.0) for n, p in wanted.items()}
    )

    def queue(**points):
        wanted.update({name.replace("_", "-"): value for name, value in points.items()})
        with unit_of_work():
            grading.queue_scores(session.get_one(ResourceLink, link_id))
        session.expunge_all()

    def sent():
        send_due(registration_id)
        session.expunge_all()
        return states()

    def states():
        rows = session.execute(
            select(Account.name, Passback.state, Passback.problem).join(
                Passback, Passback.account_id == Account.id
            )
        )
        return {name.lower(): (state, problem) for name, state, problem in rows}

    return SimpleNamespace(
        queue=queue, send=sent, states=states, link_id=link_id, registration_id=registration_id
    )


def held(lms):
    return next(iter(lms.results.values()), {})


@pytest.mark.lti(row=27)
@pytest.mark.lti(row=29)
def test_grades_arrive_in_a_column_that_is_made_once(graded, lms):
    graded.queue(pupil_0=7.456, pupil_1=0.0)
    assert graded.send() == {"pupil-0": ("sent", ""), "pupil-1": ("sent", "")}
    assert held(lms) == {"pupil-0": pytest.approx(74.6), "pupil-1": 0}
    (item,) = lms.line_items.values()
    assert (item["tag"], item["resourceLinkId"]) == ("foreword", "link-1")
    scores = [call.json() for call in lms.calls if call.path.endswith("/scores")]
    assert all(score["gradingProgress"] == "FullyGraded" for score in scores)
    assert all(
        "type_id=1" in f"{call.query}" or call.query.get("type_id")
        for call in lms.calls
        if "/scores" in call.path
    )
    graded.queue(pupil_0=7.456)
    assert graded.send()["pupil-0"][0] == "sent"
    assert (
        len([call for call in lms.calls if call.path.endswith("/scores")]) == 2
    )  # nothing new, nothing sent


@pytest.mark.lti(row=27)
def test_a_later_grade_has_a_later_timestamp(graded, lms):
    graded.queue(pupil_0=5)
    graded.send()
    with time_machine.travel(time.time() + 5):
        graded.queue(pupil_0=8)
        assert graded.send()["pupil-0"] == ("sent", "")
    assert held(lms)["pupil-0"] == 80


@pytest.mark.lti(row=30)
def test_a_teachers_own_grade_in_the_lms_is_not_overwritten(graded, lms, cast):
    graded.queue(pupil_0=5)
    graded.send()
    held(lms)["pupil-0"] = 75.0
    with time_machine.travel(time.time() + 5):
        graded.queue(pupil_0=8)
        assert graded.send()["pupil-0"] == ("overridden", "lms_has_other")
        assert held(lms)["pupil-0"] == 75.0
        with unit_of_work():
            row = session.scalars(select(Passback)).one()
            assert row.found_points == 7.5
            from app.courses.queries import viewer_of

            grading.send_again(viewer_of(cast.teacher.account), row, over=True)
        session.expunge_all()
        assert graded.send()["pupil-0"] == ("sent", "")
        assert held(lms)["pupil-0"] == 80


@pytest.mark.lti(row=30)
def test_a_grade_that_was_there_before_ours_stands(graded, lms):
    item = f"{lms.address}/lineitem/1?type_id=1"
    lms.line_items[item] = {"id": item, "resourceLinkId": "link-1", "label": "Old", "scoreMaximum": 100}
    lms.results[item] = {"pupil-0": 90.0}
    graded.queue(pupil_0=5, pupil_1=6)
    assert graded.send() == {"pupil-0": ("overridden", "lms_has_other"), "pupil-1": ("sent", "")}


@pytest.mark.lti(row=28)
def test_one_student_who_fails_stops_nobody(graded, lms):
    lms.members.pop()  # left at the LMS, still listed here
    graded.queue(pupil_0=5, pupil_1=6, pupil_2=7)
    assert graded.send() == {
        "pupil-0": ("sent", ""),
        "pupil-1": ("sent", ""),
        "pupil-2": ("refused", "lms_refuses_score"),
    }


FAULTS = {
    "500": (reply({}, 500), "again"),
    "502 with a page": ((502, {"Content-Type": "text/html"}, b"<html>"), "again"),
    "503": (reply({}, 503, **{"Retry-After": "120"}), "again"),
    "429": (reply({}, 429), "again"),
    "409": (reply({}, 409), "superseded"),
    "400": ((400, {}, b"[]"), "refused"),
    "403": (reply({}, 403), "refused"),
    "404": (reply({}, 404), "refused"),
    "a redirect": ((302, {"Location": "http://169.254.169.254/"}, b""), "refused"),
    "401 twice": (reply({}, 401), "again"),
}


@pytest.mark.lti(row=28)
def test_each_fault_is_listed_with_what_happens_next(graded, lms):
    for number, (name, (answer, outcome)) in enumerate(FAULTS.items()):
        lms.behave = lambda call, answer=answer: answer if call.path.endswith("/scores") else None
        with time_machine.travel(time.time() + 100_000 * (number + 1)):
            lms.results.clear()
            graded.queue(pupil_0=number / 2 + 0.25)
            state, problem = graded.send()["pupil-0"]
            wanted = "waiting" if outcome == "again" else outcome
            assert (state, bool(problem)) == (wanted, True), (name, state, problem)
    lms.behave = lambda _call: None
    with time_machine.travel(time.time() + 100_000 * 20):
        graded.queue(pupil_0=9.5)
        assert graded.send()["pupil-0"] == ("sent", "")


@pytest.mark.lti(row=28)
def test_a_grade_whose_answer_was_lost_is_not_sent_wrong(graded, lms):
    """The LMS took it, and the connection broke before it could say so."""
    from .lms import Call

    def take_and_break(call: Call):
        if not call.path.endswith("/scores"):
            return
        lms.behave = lambda _call: None
        lms.answer(call)
        raise ConnectionAbortedError

    lms.behave = take_and_break
    graded.queue(pupil_0=5)
    assert graded.send()["pupil-0"][0] == "waiting"
    with time_machine.travel(time.time() + 60):
        assert graded.send()["pupil-0"] == ("sent", "")
    assert held(lms)["pupil-0"] == 50


@pytest.mark.lti(row=28)
def test_a_sick_lms_is_left_alone_and_later_gets_everything(graded, lms):
    lms.behave = lambda call: reply({}, 500) if call.path.endswith("/scores") else None
    graded.queue(pupil_0=1, pupil_1=2, pupil_2=3)
    assert {state for state, _problem in graded.send().values()} == {"waiting"}
    lms.behave = lambda _call: None
    with time_machine.travel(time.time() + 3 * 3600):
        assert {state for state, _problem in graded.send().values()} == {"sent"}


@pytest.mark.lti(row=28)
def test_retries_end_after_a_day(graded, lms):
    lms.behave = lambda call: reply({}, 500) if call.path.endswith("/scores") else None
    graded.queue(pupil_0=1)
    graded.send()
    with time_machine.travel(time.time() + 25 * 3600):
        assert graded.send()["pupil-0"] == ("refused", "lms_broken")


@pytest.mark.lti(row=29)
def test_a_column_that_was_deleted_is_made_anew_only_when_asked(graded, lms, cast):
    graded.queue(pupil_0=5)
    graded.send()
    lms.line_items.clear()
    with time_machine.travel(time.time() + 60):
        graded.queue(pupil_0=6)
        assert graded.send()["pupil-0"] == ("refused", "column_gone")
        assert lms.line_items == {}
        with unit_of_work():
            from app.courses.queries import viewer_of

            row = session.scalars(select(Passback)).one()
            grading.send_again(viewer_of(cast.teacher.account), row)
        session.expunge_all()
        lms.results.clear()
        assert graded.send()["pupil-0"] == ("sent", "")


@pytest.mark.lti(row=27)
def test_teachers_and_test_users_get_no_grade(graded, lms):
    from app.lti.models import Member

    with unit_of_work():
        pupil = session.scalars(select(Account).where(Account.name == "Pupil-2")).one()
        session.scalars(select(Member).where(Member.account_id == pupil.id)).one().is_test = True
    graded.queue(**{"ms lee": 9, "pupil_2": 8, "pupil_0": 7})
    assert graded.send() == {"pupil-0": ("sent", "")}


@pytest.mark.lti(row=10)
def test_a_column_on_another_host_is_never_asked(lee, lms):
    evil = {"lineitem": "https://evil.example/i", "lineitems": "https://evil.example/l", "scope": []}
    lee.as_teacher(**{f"{AGS}claim/endpoint": evil})
    link = session.scalars(select(ResourceLink)).one()
    assert (link.line_item_url, link.context.line_items_url) == ("", "")


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([1.0, 10.0, 100.0, 7.5]))
def test_points_are_always_within_bounds_and_short(points, maximum):
    sent = grades.rounded(points, maximum)
    assert 0 <= sent <= maximum
    assert len(json.dumps(sent).partition(".")[2]) <= 2
    for bad in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="number"):
            grades.rounded(bad, maximum)


@pytest.mark.lti(row=39)
def test_quirks_of_products():
    moment = datetime(2026, 1, 8, tzinfo=UTC)
    canvas = json.loads(grades.score("u", 1, 2, moment, quirks=of_platform("canvas")))
    assert canvas["https://canvas.instructure.com/lti/submission"]["new_submission"] is False
    moodle = json.loads(grades.score("u", 1, 2, moment, quirks=of_platform("moodle")))
    assert set(moodle) == {
        "userId",
        "scoreGiven",
        "scoreMaximum",
        "activityProgress",
        "gradingProgress",
        "timestamp",
    }
    assert not of_platform("moodle").pages_line_items
    assert of_platform("Desire2Learn").service_hosts == of_platform("brightspace").service_hosts
    assert of_platform("never heard of").name == "LMS"
    url = grades.below("https://m.example/mod/lti/1/lineitem?type_id=1", "scores")
    assert url == "https://m.example/mod/lti/1/lineitem/scores?type_id=1"
