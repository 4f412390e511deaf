"""LTI 1.1 Basic Outcomes: an LMS that checks what it is sent, and one that answers oddly."""

import base64
import hashlib
from types import SimpleNamespace
from urllib.parse import unquote
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oauthlib.oauth1.rfc5849 import signature
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.courses.models import Course
from app.lti import ports
from app.lti.models import Passback, Registration, ResourceLink
from app.lti.operations import grading
from app.lti.operations.sending import send_due
from app.lti.protocol import outcomes
from app.lti.wording import passback_sentence
from tests import factories

from .test_version_11 import form_of, old, post

__all__ = ["old"]  # a fixture that tests ask for by name
OMS = f"{{{outcomes.NAMESPACE}}}"
ANSWER = """<?xml version="1.0"?><imsx_POXEnvelopeResponse xmlns="{ns}"><imsx_POXHeader>
<imsx_POXResponseHeaderInfo><imsx_statusInfo><imsx_codeMajor>{code}</imsx_codeMajor></imsx_statusInfo>
</imsx_POXResponseHeaderInfo></imsx_POXHeader><imsx_POXBody>{body}</imsx_POXBody></imsx_POXEnvelopeResponse>"""


def said(code="success", share=None):
    body = (
        ""
        if share is None
        else f"<r><result><resultScore><textString>{share}</textString></resultScore></result></r>"
    )
    return (
        200,
        {"Content-Type": "application/xml"},
        ANSWER.format(ns=outcomes.NAMESPACE, code=code, body=body).encode(),
    )


class OldBook:
    """An LMS's service for outcomes, as its guide has it: signature, body hash and nonce are checked."""

    def __init__(self, lms, secret):
        self.lms, self.secret, self.held, self.comments, self.nonces = lms, secret, {}, {}, set()
        self.url = f"{lms.address}/outcomes"
        lms.behave = self.answer

    def answer(self, call):
        if call.path != "/outcomes":
            return None
        if not self.is_signed(call):
            return 401, {}, b""
        root = Xml.fromstring(call.body)
        sourced_id = root.find(f".//{OMS}sourcedId").text
        if sourced_id not in self.held:
            return said("failure")
        if root.find(f".//{OMS}readResultRequest") is not None:
            return said(share="" if self.held[sourced_id] is None else self.held[sourced_id])
        assert root.find(f".//{OMS}replaceResultRequest") is not None
        self.held[sourced_id] = float(root.find(f".//{OMS}textString").text)
        words = root.find(f".//{OMS}text")
        self.comments[sourced_id] = words.text if words is not None else ""
        return said()

    def is_signed(self, call):
        parts = [
            one.partition("=") for one in call.headers["authorization"].removeprefix("OAuth ").split(",")
        ]
        given = {name.strip(): unquote(value.strip('" ')) for name, _is, value in parts}
        digest = base64.b64encode(hashlib.sha1(call.body).digest()).decode()  # noqa: S324  # what OAuth 1.0a asks for
        signed = given.pop("oauth_signature")
        request = SimpleNamespace(
            uri=self.url, http_method="POST", params=list(given.items()), signature=signed
        )
        fresh = given["oauth_nonce"] not in self.nonces
        self.nonces.add(given["oauth_nonce"])
        right = signature.verify_hmac_sha1(request, self.secret, "")
        return fresh and right and given["oauth_body_hash"] == digest


@pytest.fixture
def book(app, old, lms, monkeypatch):
    """The old LMS, with Ana, Bob and Cem in a course whose link opens a reading; Cem has not opened the link."""
    key, secret = old
    made = OldBook(lms, secret)
    post(app, form_of(key, secret))
    with unit_of_work():
        link = session.scalars(select(ResourceLink)).one()
        course = session.get_one(Course, link.course_id)
        link.opens, link.assignment_id = (
            "assignment",
            factories.assignment(course, factories.document(course)).id,
        )
    session.expunge_all()

    def opens(who, **more):
        form = {"user_id": who, "roles": "Learner", "lis_person_name_full": who, **more}
        return post(app, form_of(key, secret, **form))

    for who in ("Ana P", "Bob O"):
        place = f'{{"for":"{who}","é":"<&"}}'
        made.held[place] = None
        assert opens(who, lis_outcome_service_url=made.url, lis_result_sourcedid=place).status_code == 303
    opens("Cem K")
    given: dict[str, ports.Grade] = {}
    people = {name: one for one, name in session.execute(select(Account.id, Account.name))}
    monkeypatch.setattr(grading, "grades_of", lambda _a: {people[who]: each for who, each in given.items()})

    def send(**points):
        given.update(
            {name.replace("_", " "): ports.Grade(p, 10.0, "Why: 1 < 2") for name, p in points.items()}
        )
        with unit_of_work():
            grading.queue_scores(session.scalars(select(ResourceLink)).one())
        registration_id = session.scalars(select(Registration.id).where(Registration.version == "1.1")).one()
        session.expunge_all()
        send_due(registration_id)
        session.expunge_all()
        rows = session.execute(
            select(Account.name, Passback).join(Passback, Passback.account_id == Account.id)
        )
        return {name: row for name, row in rows}

    made.send, made.opens = send, opens
    return made


@pytest.mark.lti(row=37)
def test_grades_go_to_an_old_lms_signed_and_with_their_reasons(book):
    rows = book.send(Ana_P=7.5, Bob_O=0)
    assert {name: row.state for name, row in rows.items()} == {"Ana P": "sent", "Bob O": "sent"}
    assert sorted(book.held.values()) == [0, 0.75]
    assert set(book.comments.values()) == {"Why: 1 < 2"}


@pytest.mark.lti(row=37)
def test_a_grade_waits_until_the_student_has_opened_the_link_there(book):
    row = book.send(Cem_K=5)["Cem K"]
    assert (row.state, row.problem) == ("refused", "not_opened_there")
    assert "Old LMS" in passback_sentence(row)
    book.held["cem"] = None
    book.opens("Cem K", lis_outcome_service_url=book.url, lis_result_sourcedid="cem")
    assert book.send()["Cem K"].state == "sent"
    assert book.held["cem"] == 0.5


@pytest.mark.lti(row=37)
@pytest.mark.lti(row=30)
def test_a_grade_given_in_the_old_lms_stands(book):
    place = next(one for one in book.held if "Ana" in one)
    book.held[place] = 0.9
    rows = book.send(Ana_P=3, Bob_O=4)
    assert (rows["Ana P"].state, rows["Bob O"].state) == ("overridden", "sent")
    assert book.held[place] == 0.9


@pytest.mark.lti(row=37)
@pytest.mark.parametrize(
    ("answer", "state", "problem"),
    [
        (said("failure"), "refused", "lms_refuses_score"),
        (said("unsupported"), "refused", "lms_refuses_score"),
        (said("processing"), "waiting", "lms_broken"),
        ((200, {}, b"<html>sign in"), "waiting", "lms_broken"),
        ((200, {}, b""), "waiting", "lms_broken"),
        ((401, {}, b""), "refused", "lms_refuses_secret"),
        ((503, {}, b""), "waiting", "lms_busy"),
        ((302, {"Location": "http://169.254.169.254/"}, b""), "refused", "lms_odd"),
    ],
)
def test_each_odd_answer_is_listed(book, lms, answer, state, problem):
    lms.behave = lambda call: answer if b"replaceResult" in call.body else said(share="")
    row = book.send(Ana_P=3)["Ana P"]
    assert (row.state, row.problem) == (state, problem)
    assert "%(" not in passback_sentence(row)


@pytest.mark.lti(row=37)
def test_a_service_on_another_host_is_never_asked(book):
    book.opens("Cem K", lis_outcome_service_url="https://evil.example/o", lis_result_sourcedid="x")
    assert session.scalars(select(ResourceLink)).one().line_item_url == book.url
    assert book.send(Cem_K=3)["Cem K"].problem == "not_opened_there"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/passwd">]><x><imsx_codeMajor>success</imsx_codeMajor><textString>&f;&b;</textString></x>"""


def test_an_answer_reads_no_files_and_grows_no_entities():
    assert outcomes.read(BOMB).share is None
    assert outcomes.read(b"\x00\xff<").outcome == ""


@given(
    st.binary(max_size=80) | st.text(max_size=40).map(str.encode),
    st.text(max_size=30),
    st.floats(allow_nan=False),
)
def test_whatever_comes_and_goes_stays_within_bounds(body, words, share):
    found = outcomes.read(body).share
    assert found is None or 0 <= found <= 1
    sent = Xml.fromstring(outcomes.replace_result(words, share, words))
    assert 0 <= float(sent.find(f".//{OMS}textString").text) <= 1
