"""LTI 1.1 where it is switched on, and the way from it to 1.3."""

import base64
import hashlib
import hmac
import time

import pytest
from oauthlib.oauth1 import Client
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.courses.models import Course
from app.courses.queries import viewer_of
from app.lti.models import Context, Registration, ResourceLink
from app.lti.operations import registering, upgrading
from tests import factories

URL = "http://localhost/lti/1.1/launch"


@pytest.fixture
def old(cast, lms):
    """An LTI 1.1 connection: its key and secret."""
    with unit_of_work():
        row, secret = upgrading.connect(viewer_of(cast.admin.account), "Old LMS", lms.address)
        found = row.client_id, secret
    session.expunge_all()
    return found


def form_of(key, secret, timestamp=None, nonce=None, **changes):
    """A signed form, by oauthlib's client."""
    said = {
        "lti_message_type": "basic-lti-launch-request",
        "lti_version": "LTI-1p0",
        "resource_link_id": "old-link",
        "context_id": "old-course",
        "context_title": "Optics 7B",
        "user_id": "old-lee",
        "roles": "Instructor",
        "lis_person_name_full": "Ms Lee",
        **changes,
    }
    client = Client(key, client_secret=secret, signature_type="BODY", timestamp=timestamp, nonce=nonce)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return client.sign(URL, "POST", said, headers)[2]


def post(app, body):
    kind = "application/x-www-form-urlencoded"
    return app.test_client().post("/lti/1.1/launch", data=body, content_type=kind)


@pytest.mark.lti(row=37)
def test_a_signed_form_launches_once(app, old):
    body = form_of(*old)
    assert post(app, body).headers["Location"].startswith("/lti/links/")
    again = post(app, body)
    assert "state_used" in again.get_data(as_text=True)
    assert post(app, form_of(*old)).status_code == 303


@pytest.mark.lti(row=37)
def test_what_is_not_signed_with_the_secret_just_now_opens_nothing(app, old, cast):
    key, secret = old
    now = int(time.time())
    for body, code in (
        (form_of(key, "guessed"), "token_signature"),
        (form_of("no-such-key", secret), "platform_unknown"),
        (form_of(key, secret) + "&user_id=admin", "token_malformed"),
        (form_of(key, secret).replace("old-lee", "old-eve"), "token_signature"),
        (form_of(key, secret, timestamp=str(now - 400)), "token_expired"),
        (form_of(key, secret, timestamp=str(now + 400)), "token_expired"),
        (form_of(key, secret, lti_version="LTI-2p0"), "message_version"),
        (form_of(key, secret, lti_message_type="ToolProxyRegistrationRequest"), "message_type"),
        ("", "platform_unknown"),
    ):
        answer = post(app, body)
        assert 400 <= answer.status_code < 500, body
        assert code in answer.get_data(as_text=True), (code, body)
    with unit_of_work():
        session.scalars(select(Registration).where(Registration.version == "1.1")).one().state = "disabled"
    assert "version_1_1_off" in post(app, form_of(key, secret)).get_data(as_text=True)


@pytest.mark.lti(row=37)
@pytest.mark.lti(row=16)
def test_people_courses_and_links_come_along_to_1_3(app, old, lms, cast, lee_13):
    key, secret = old
    post(app, form_of(key, secret))
    with unit_of_work():
        link = session.scalars(select(ResourceLink)).one()
        course = session.get_one(Course, link.course_id)
        made = factories.assignment(course, factories.document(course), title="Refraction")
        link.opens, link.assignment_id = "assignment", made.id
        assignment, teacher = (
            made.id,
            session.scalars(select(Account.id).where(Account.name == "Ms Lee")).all(),
        )
    session.expunge_all()

    def claim(signed_with: str, **more):
        asked = lee_13.asked()
        claims = lms.claims(asked["nonce"], sub="lee-1", name="Ms Lee", roles=["Instructor"], **more)
        base = [key, lms.deployment_id, lms.address, lms.client_id, str(claims["exp"]), asked["nonce"]]
        sign = hmac.new(signed_with.encode(), "&".join(base).encode(), hashlib.sha256).digest()
        former = {
            "user_id": "old-lee",
            "context_id": "old-course",
            "resource_link_id": "old-link",
            "oauth_consumer_key": key,
            "oauth_consumer_key_sign": base64.b64encode(sign).decode(),
        }
        claims["https://purl.imsglobal.org/spec/lti/claim/lti1p1"] = former
        return lee_13.post({"state": asked["state"], "id_token": lms.token(claims)})

    forged = claim("guessed", context={"id": "forged"}, resource_link={"id": "forged"}, email=None)
    assert forged.headers["Location"].startswith("/lti/links/")  # a course of its own, nothing taken over
    with unit_of_work():
        session.scalars(select(Context).where(Context.context_id == "forged")).one().course.title = "Other"
        from app.accounts.models import Identity

        session.delete(session.scalars(select(Identity).where(Identity.subject == "lee-1")).one())
    answer = claim(secret)
    assert answer.headers["Location"] == f"/assignments/{assignment}"
    session.expunge_all()
    identity = session.scalars(select(Identity).where(Identity.subject == "lee-1")).one()
    assert identity.account_id in teacher


@pytest.fixture
def lee_13(app, lms, cast):
    """A browser at the same LMS, which speaks 1.3 now."""
    from .lms import Launching

    with unit_of_work():
        registering.register(viewer_of(cast.admin.account), lms.values())
    session.expunge_all()
    return Launching(app, lms)
