"""The report by e-mail at a set time."""

from datetime import timedelta

import pytest

from app.accounts.models import Account
from app.core import mail
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.queries import enrollment_of
from app.reports.jobs import send_wanted_mails
from app.reports.models import ReportMail

from .asking import WHY, ask


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr(mail, "send", lambda *message: found.append(message))
    return found


@pytest.fixture
def wanted(cast):
    """The teacher wants the report next year."""
    with unit_of_work():
        session.get_one(Account, cast.teacher.id).email = "lee@example.org"
    address = f"/assignments/{cast.assignment.id}/report/mail"
    answer = cast.teacher.post(address, data={"send_at": "2031-01-01T08:00"})
    assert answer.status_code == 303
    session.expunge_all()
    return session.query(ReportMail).one()


def run():
    from app.core import jobs

    with unit_of_work():
        send_wanted_mails()
    jobs.run_pending()
    session.expunge_all()


def make_due():
    with unit_of_work():
        session.query(ReportMail).one().send_at = now() - timedelta(minutes=1)


def test_it_goes_out_once_and_at_its_time(cast, wanted, sent):
    ask(cast.ana, f"/v1/assignments/{cast.assignment.id}", body=WHY)
    run()
    assert sent == []
    make_due()
    run()
    run()
    ((to, subject, body),) = sent
    assert to == "lee@example.org"
    assert "Read this" in subject
    assert f"/assignments/{cast.assignment.id}/report" in body
    assert WHY not in body


def test_who_has_left_gets_nothing(cast, wanted, sent):
    with unit_of_work():
        session.scalars(enrollment_of(cast.course.id, cast.teacher.id)).one().ended_at = now()
    make_due()
    run()
    assert sent == []


@pytest.mark.parametrize("at", ["", "soon", "2001-01-01T08:00", "9999-99-99T00:00"])
def test_a_time_that_cannot_be_is_refused(cast, at):
    with unit_of_work():
        session.get_one(Account, cast.teacher.id).email = "lee@example.org"
    address = f"/assignments/{cast.assignment.id}/report/mail"
    assert cast.teacher.post(address, data={"send_at": at}).status_code == 422


def test_without_an_address_it_says_what_is_missing(cast):
    answer = cast.teacher.post(
        f"/assignments/{cast.assignment.id}/report/mail", data={"send_at": "2031-01-01T08:00"}
    )
    assert answer.status_code == 422
