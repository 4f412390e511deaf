"""Against a platform that others wrote and pip installs: launch, picker, class list, grades, a copied course."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.courses.models import Course, Enrollment
from app.courses.queries import viewer_of
from app.lti import jobs, ports
from app.lti.models import Context, ResourceLink
from app.lti.operations import grading, own_keys, registering
from app.lti.operations.sending import send_due
from tests import factories

from .peer import Peer


@pytest.fixture
def lms(monkeypatch):
    """The peer, whose host the operator named."""
    made = Peer()
    monkeypatch.setenv("FOREWORD_ON_PREMISE_HOSTS", made.address)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def peer(app, lms, cast):
    """The peer, connected by the admin; it knows our published keys."""
    with unit_of_work():
        registering.register(viewer_of(cast.admin.account), lms.values())
    lms.registration.set_tool_key_set(own_keys.published())
    session.expunge_all()
    return lms


@pytest.fixture
def lee(app, peer):
    """The teacher's browser after her first launch, which made the course."""
    client = app.test_client()
    answer = peer.launch(client, "lee", ["Instructor"])
    assert answer.headers["Location"].startswith("/lti/links/"), answer.get_data(as_text=True)
    return client


@pytest.fixture
def reading(lee):
    """An assignment of that course."""
    with unit_of_work():
        course = session.get_one(Course, session.scalars(select(Context.course_id)).one())
        made = factories.assignment(course, factories.document(course), title="Refraction").id
    session.expunge_all()
    return made


@pytest.mark.lti(row=40)
def test_what_was_picked_there_opens_there(app, lee, peer, reading):
    data = {"opaque": ["to", "us"]}
    place = peer.launch(lee, "lee", ["Instructor"], picker=data).headers["Location"]
    token = lee.get(place).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    page = lee.post(place, data={"csrf_token": token, "assignment": reading, "graded": "1"})
    answer = page.get_data(as_text=True).split('name="JWT" value="')[1].split('"')[0]
    (item,) = peer.chosen({"JWT": answer})
    assert (item["title"], item["lineItem"]["resourceId"]) == ("Refraction", reading)
    ana = app.test_client()
    opened = peer.launch(ana, "ana", ["Learner"], link="made", custom=item["custom"])
    assert opened.headers["Location"] == f"/assignments/{reading}"
    assert "Refraction" in ana.get(opened.headers["Location"]).get_data(as_text=True)


@pytest.mark.lti(row=40)
def test_its_class_list_comes_in_pages(lee, peer):
    pupils = [{"user_id": f"pupil-{n}", "name": f"Pupil {n}", "roles": ["Learner"]} for n in range(90)]
    peer.members = [{"user_id": "lee", "name": "Lee", "roles": ["Instructor"]}, *pupils]
    context = session.scalars(select(Context)).one()
    jobs.fetch_roster.now(context.id)
    session.expunge_all()
    context = session.scalars(select(Context)).one()
    assert (context.roster_problem, context.roster_count) == ("", 91)
    assert peer.calls.count("GET /members") == 3
    rows = session.scalars(select(Enrollment.role).where(Enrollment.course_id == context.course_id)).all()
    assert sorted(set(rows)) == ["student", "teacher"]


@pytest.mark.lti(row=40)
def test_its_grade_book_takes_our_grades(app, lee, peer, reading, monkeypatch):
    custom = {"foreword_assignment": reading}
    for who in ("ana", "bob"):
        peer.launch(app.test_client(), who, ["Learner"], link="graded", custom=custom)
    people = {name: one for one, name in session.execute(select(Account.id, Account.name))}
    wanted = {
        people["Ana"]: ports.Grade(7.5, 10.0, "Two questions answered"),
        people["Bob"]: ports.Grade(0, 10.0),
    }
    monkeypatch.setattr(grading, "grades_of", lambda _assignment: wanted)
    link = session.scalars(select(ResourceLink).where(ResourceLink.link_id == "graded")).one()
    registration_id = link.context.registration_id
    with unit_of_work():
        grading.queue_scores(session.get_one(ResourceLink, link.id))
    assert send_due(registration_id) == 2
    (held,) = peer.scores.values()
    assert {who: score["scoreGiven"] for who, score in held.items()} == {"ana": 7.5, "bob": 0}
    assert held["ana"]["comment"] == "Two questions answered"
    assert send_due(registration_id) == 0


@pytest.mark.lti(row=36)
@pytest.mark.lti(row=40)
def test_a_course_that_was_copied_there_is_recognised_here(app, peer, lee, reading):
    """The copy keeps the link's own parameters and names the course that it was made from."""
    custom = {"foreword_assignment": reading, "context_history": "7"}
    other = app.test_client()
    copied = peer.launch(other, "mark", ["Instructor"], context="8", link="copied", custom=custom)
    assert "This course was copied" in other.get(copied.headers["Location"]).get_data(as_text=True)
    stranger = custom | {"context_history": "$Context.id.history"}
    elsewhere = peer.launch(other, "mark", ["Instructor"], context="9", link="else", custom=stranger)
    assert "This course was copied" not in other.get(elsewhere.headers["Location"]).get_data(as_text=True)


@pytest.mark.lti(row=40)
def test_a_student_of_it_gets_no_picker(app, lee, peer, reading):
    answer = peer.launch(app.test_client(), "eve", ["Learner"], picker={"x": "y"})
    assert answer.status_code == 403
