"""The admin's page of a connection: a test that names the setting to change, and what is left to do."""

import pytest

from app.core.db import session, unit_of_work
from app.core.ids import now
from app.lti.models import Context, Deployment, Registration
from app.lti.queries import steps_of

from .lms import reply


def tried(cast, registration) -> str:
    session.expunge_all()
    answer = cast.admin.post(f"/admin/lti/{registration.id}/test")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.lti(row=34)
def test_a_connection_that_works_says_so(cast, registration):
    page = tried(cast, registration)
    assert "Public keyset address: works." in page
    assert "Access token address: works." in page


@pytest.mark.lti(row=34)
@pytest.mark.parametrize(
    ("path", "answer", "field", "sentence"),
    [
        ("/jwks", reply({}, 404), "Public keyset", "There is no such page"),
        ("/jwks", (200, {}, b"<html>"), "Public keyset", "no answer for programs"),
        ("/jwks", reply({"keys": [{"kid": "x", "kty": "oct", "k": "AA"}]}), "Public keyset", "no keys that"),
        ("/jwks", reply({"keys": 7}), "Public keyset", "no keys that"),
        ("/token", reply({"error": "invalid_client"}, 400), "Access token", "Compare the client ID"),
        ("/token", reply({"access_token": 7}), "Access token", "Compare the client ID"),
    ],
)
def test_each_failure_names_what_to_change(cast, registration, lms, path, answer, field, sentence):
    lms.behave = lambda call: answer if call.path == path else None
    page = tried(cast, registration)
    line = next(one for one in page.split("<li>") if f"{field} address: " in one)
    assert sentence in line
    other = {"/jwks": "Access token", "/token": "Public keyset"}[path]
    assert f"{other} address: works." in page


@pytest.mark.lti(row=34)
@pytest.mark.lti(row=12)
def test_an_address_inside_the_network_names_the_setting(cast, registration):
    with unit_of_work():
        session.get_one(Registration, registration.id).jwks_url = "https://127.0.0.1:9/keys"
    assert "FOREWORD_ON_PREMISE_HOSTS" in tried(cast, registration)


@pytest.mark.lti(row=34)
def test_the_page_counts_what_is_left(cast, registration, lms):
    page = cast.admin.get(f"/admin/lti/{registration.id}").get_data(as_text=True)
    assert "3 things left in School Moodle" in page
    with unit_of_work():
        row = session.get_one(Registration, registration.id)
        row.launched_at = now()
        deployment = session.query(Deployment).one()
        session.add(
            Context(
                registration_id=row.id,
                deployment_id=deployment.id,
                context_id="7",
                course_id=cast.course.id,
                roster_at=now(),
            )
        )
    session.expunge_all()
    steps = steps_of(session.get_one(Registration, registration.id))
    assert [step.name for step in steps if not step.is_done] == ["grade"]
    page = cast.admin.get(f"/admin/lti/{registration.id}").get_data(as_text=True)
    assert "1 thing left in School Moodle" in page
