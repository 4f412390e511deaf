"""Five hundred grades to an LMS that fails in every way: each arrives, or is listed with its reason."""

import random
import socket
import threading
import time
from contextlib import contextmanager

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.models import Account, Identity
from app.core import outgoing
from app.core.db import session, unit_of_work
from app.core.outbound import Reach
from app.courses.models import Course
from app.lti import jobs, ports
from app.lti.models import Context, Passback, ResourceLink
from app.lti.operations import grading
from app.lti.operations.sending import send_due
from app.lti.wording import own_passback_sentence, passback_sentence
from scoring.engagement import Part, Standing
from tests import factories

from .lms import reply

CLASS = 500
OWN_GRADES = 20  # students to whom a teacher gave a grade in the LMS before
FAULTS = (
    reply({}, 500),
    (502, {"Content-Type": "text/html"}, b"<html>bad gateway"),
    reply({}, 503, **{"Retry-After": "120"}),
    reply({}, 429),
    reply({}, 401),
    reply({}, 403),
    reply({}, 404),
    reply({}, 409),
    (400, {}, b"[]"),
    (302, {"Location": "http://169.254.169.254/"}, b""),
)


def sick(lms, chance):
    """A fifth of the scores fail: with an answer of the list, with a broken line before or after being taken."""
    kinds = [*FAULTS, "before", "after"]

    def behave(call):
        if not call.path.endswith("/scores") or chance.random() >= 0.2:
            return None
        fault = chance.choice(kinds)
        if fault == "after":
            lms.behave = lambda _call: None
            lms.answer(call)
            lms.behave = behave
        if isinstance(fault, str):
            raise ConnectionAbortedError
        return fault

    return behave


@pytest.fixture
def class_of_500(lee, lms, monkeypatch):
    """A class, its column with some grades of the teacher's own, and points to send; subject to points."""
    return a_class(lee, lms, monkeypatch, CLASS, OWN_GRADES)


def a_class(lee, lms, monkeypatch, size, own_grades):
    pupils = [{"user_id": f"pupil-{n}", "name": f"Pupil {n}", "roles": ["Learner"]} for n in range(size)]
    lms.members = [{"user_id": "lee-1", "name": "Ms Lee", "roles": ["Instructor"]}, *pupils]
    lee.as_teacher()
    session.expunge_all()
    jobs.fetch_roster.now(session.scalars(select(Context.id)).one())
    item = f"{lms.address}/lineitem/1?type_id=1"
    lms.line_items[item] = {
        "id": item,
        "resourceLinkId": "link-1",
        "label": "Refraction",
        "scoreMaximum": 100,
    }
    lms.results[item] = {f"pupil-{n}": 12.34 for n in range(own_grades)}
    people = {who: one for one, who in session.execute(select(Identity.account_id, Identity.subject))}
    wanted = {f"pupil-{n}": float(n % 101) for n in range(size)}
    given = {people[who]: ports.Grade(points, 100.0, "A reason") for who, points in wanted.items()}
    monkeypatch.setattr(grading, "grades_of", lambda _assignment: given)
    monkeypatch.setattr(outgoing, "SECONDS", 3.0)
    with unit_of_work():
        link = session.scalars(select(ResourceLink)).one()
        course = session.get_one(Course, link.course_id)
        link.opens, link.assignment_id = (
            "assignment",
            factories.assignment(course, factories.document(course)).id,
        )
        grading.queue_scores(link)
    return wanted


@pytest.mark.lti(row=28)
@pytest.mark.lti(row=30)
def test_500_grades_with_a_fifth_failing_all_arrive_or_are_listed(class_of_500, lms):
    registration_id = session.scalars(select(Context.registration_id)).one()
    lms.behave = lambda call: reply({}, 503) if call.path.endswith("/scores") else None
    send_due(registration_id)  # an outage first, which lasts twelve hours
    assert not lms.scores
    lms.behave = sick(lms, random.Random(7))  # noqa: S311  # which requests fail, not a secret
    hours = 12.0
    for _visit in range(40):
        with time_machine.travel(time.time() + hours * 3600):
            send_due(registration_id)
        session.expunge_all()
        if session.scalar(select(Passback.id).where(Passback.state == "waiting").limit(1)) is None:
            break
        hours += 0.3
    (held,) = lms.results.values()
    rows = session.execute(
        select(Passback, Identity.subject).join(Identity, Identity.account_id == Passback.account_id)
    ).all()
    by_state: dict[str, int] = {}
    for row, subject in rows:
        by_state[row.state] = by_state.get(row.state, 0) + 1
        if row.state == "sent":
            assert held[subject] == pytest.approx(class_of_500[subject]), subject
        else:
            assert row.problem, subject
            assert "%" not in passback_sentence(row)
            assert "School Moodle" in own_passback_sentence(row)
    assert sum(by_state.values()) == CLASS
    assert set(by_state) <= {"sent", "refused", "overridden", "superseded"}, by_state
    assert by_state["overridden"] == OWN_GRADES
    assert by_state["sent"] > CLASS * 0.8, by_state
    assert all(held[f"pupil-{n}"] == 12.34 for n in range(OWN_GRADES))


def listening(backlog=5):
    found = socket.create_server(("127.0.0.1", 0), backlog=backlog)
    return found, f"127.0.0.1:{found.getsockname()[1]}"


@contextmanager
def no_tls():
    """A server that does not know the protocol it is spoken to in."""
    found, where = listening()

    def hang_up():
        while True:
            try:
                line, _from = found.accept()
            except OSError:
                return
            line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            line.close()

    threading.Thread(target=hang_up, daemon=True).start()
    yield f"https://{where}"
    found.close()


@contextmanager
def no_connection():
    """A server whose waiting room is full: who knocks hears nothing."""
    found, where = listening(backlog=0)
    waiting = [socket.socket() for _place in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(found.getsockname())
    yield f"http://{where}"
    for one in [*waiting, found]:
        one.close()


@contextmanager
def drip():
    """A server that answers letter by letter."""
    found, where = listening()
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + b" " * 9

    def speak(line):
        for letter in answer:
            try:
                line.sendall(bytes([letter]))
            except OSError:
                break
            time.sleep(0.1)
        line.close()

    def accept():
        while True:
            try:
                line, _from = found.accept()
            except OSError:
                return
            threading.Thread(target=speak, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"http://{where}"
    found.close()


@pytest.mark.lti(row=30)
@pytest.mark.parametrize(
    ("fault", "problem"),
    [(no_tls, "bad_certificate"), (no_connection, "too_slow"), (drip, "too_slow")],
    ids=["tls", "connect", "drip"],
)
def test_grades_wait_for_a_line_that_is_broken_and_then_arrive(lee, lms, monkeypatch, fault, problem):
    wanted = a_class(lee, lms, monkeypatch, size=4, own_grades=1)
    registration_id = session.scalars(select(Context.registration_id)).one()
    monkeypatch.setattr(outgoing, "SECONDS", 0.5)
    whole = outgoing.ask
    with fault() as address, monkeypatch.context() as broken:
        reach_there = Reach.of(address.removeprefix("https://"))

        def ask(method, url, reach, **rest):
            sends = "/scores" in url
            return whole(method, address if sends else url, reach_there if sends else reach, **rest)

        broken.setattr(outgoing, "ask", ask)
        send_due(registration_id)
    session.expunge_all()
    states = dict(session.execute(select(Passback.state, Passback.problem)).all())
    assert states["waiting"] == problem
    assert "sent" not in states
    assert not lms.scores
    for hours in (1.0, 2.0, 3.0):
        with time_machine.travel(time.time() + hours * 3600):
            send_due(registration_id)
    (held,) = lms.results.values()
    assert held == wanted | {"pupil-0": 12.34}


def test_a_comment_gives_the_reasons_and_a_hand_its_own():
    facts = {"counted": 3, "wanted": 4, "thoughtful": 1, "shows_reading": 2, "late": 0, "bunched": 0}
    part = Part("annotations", 0.6, 0.75, facts, ("a", "b", "c"), False)
    unused = Part("completion", 0.0, 0.5, {"read": 0.5}, (), False)
    said = ports.reasons(Standing(0.75, (part, unused), False, False), True)
    assert said == "Annotations: 75 % · 3 of 4 annotations count · 1 is thoughtful · 2 show reading"
    assert "thoughtful" not in ports.reasons(Standing(0.75, (part,), False, False), False)
    assert ports.reasons(Standing(0.75, (part,), True, False), True) == "Your teacher set this by hand."


def test_a_student_reads_where_the_own_grade_is(cast, registration):
    """On the student's own page, and nobody else's state."""
    from app.lti.models import Deployment

    with unit_of_work():
        deployment = session.scalars(select(Deployment)).one()
        course_id = cast.assignment.course_id
        context = Context(
            registration_id=registration.id, deployment_id=deployment.id, context_id="7", course_id=course_id
        )
        session.add(context)
        session.flush()
        link = ResourceLink(lti_context_id=context.id, link_id="l", assignment_id=cast.assignment.id)
        session.add(link)
        session.flush()
        for person, state in ((cast.ana, "sent"), (cast.bob, "refused")):
            session.add(
                Passback(resource_link_id=link.id, account_id=person.id, points=1, maximum=2, state=state)
            )
    from app.lti.pages import own_lms_states

    assert session.get_one(Account, cast.ana.id).name
    assert [said for said, _at in own_lms_states(cast.assignment.id, cast.ana.id)] == [
        "These points are in School Moodle too."
    ]
    (refused,) = own_lms_states(cast.assignment.id, cast.bob.id)
    assert "could not be sent" in refused[0]
    assert own_lms_states(cast.assignment.id, cast.eve.id) == []
