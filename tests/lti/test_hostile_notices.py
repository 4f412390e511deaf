"""Hostile notices: whatever is sent, nothing is believed but what the LMS itself says, and nobody learns anything."""

import json
import time

import pytest
import time_machine
from sqlalchemy import delete, func, select

from app.core.db import session, unit_of_work
from app.courses.queries import viewer_of
from app.lti import jobs
from app.lti.models import CopiedContext, Deployment, Nonce, Registration
from app.lti.operations import deploying, registering
from app.lti.protocol.names import NOTICE, ORIGIN_CONTEXTS
from app.lti.protocol.notices import LARGEST, MOST

from .attacks import STRANGER_KEY
from .notifying import copied, kept, sends
from .test_hostile_tokens import FORGED, SECONDS, WRONG, with_header
from .test_notices import is_asked, opens, readings  # noqa: F401  # fixtures of the honest platform

OF_LAUNCHES = {
    "another nonce",
    "no nonce",
    "no target",
    "no link",
    "foreign target",
    "own host, another path",
}
OF_LAUNCHES |= {"another message", "no message", "subject is a number"}
UNNAMED = {"id": "1", "timestamp": "2026-09-01T06:00:00Z"}
ODD = {
    "no notice": {"notice": None},
    "no id": {"notice": UNNAMED | {"id": "", "type": "LtiContextCopyNotice"}},
    "no type": {"notice": UNNAMED},
    "no course": {"context": {}},
    "half of a character": {"context": {"id": "\ud800"}},
    "id of half a character": {"notice": UNNAMED | {"id": "\ud800", "type": "LtiContextCopyNotice"}},
    "issuer of half a character": {"iss": "\ud800"},
    "a zero": {"context": {"id": "9\0"}},
    "origins that are none": {ORIGIN_CONTEXTS: {"id": "7"}},
    "origins of numbers": {ORIGIN_CONTEXTS: [7, None, ["7"], "\ud800", "7" * 300, ""]},
    "another deployment": {"deployment_id": "deployment-9"},
}


def signed(lms, **changes):
    """A notice signed by the LMS, whatever characters it holds."""
    return with_header(copied(lms, **changes), {"alg": "RS256", "kid": lms.key.kid})


@pytest.fixture
def as_ever(app, registration):
    """The answer to a stranger who knows nothing."""
    answer = sends(app, "a.b.c")
    return answer.status_code, answer.data


@pytest.mark.lti(row=4)
@pytest.mark.lti(row=36)
def test_a_forged_notice_is_not_believed(app, lms, as_ever):
    for name, (forge, _code) in FORGED.items():
        answer = sends(app, forge(copied(lms)))
        assert (answer.status_code, answer.data) == as_ever, name
        assert kept() == set(), name


@pytest.mark.lti(row=5)
@pytest.mark.lti(row=6)
@pytest.mark.lti(row=36)
def test_a_notice_for_others_or_from_another_time_is_not_believed(app, lms, as_ever):
    of_tokens = {name: given for name, (given, _code) in WRONG.items() if name not in OF_LAUNCHES}
    assert len(of_tokens) > 15
    for name, given in {**of_tokens, **ODD}.items():
        changes = {
            key: int(time.time()) + value if key in SECONDS and type(value) is int else value
            for key, value in given.items()
        }
        if changes.get("iss") == "SLASH":
            changes["iss"] = f"{lms.address}/"
        answer = sends(app, signed(lms, **changes))
        assert (answer.status_code, answer.data) == as_ever, name
        assert kept() == set(), name
    assert session.scalars(select(Deployment.deployment_id)).all() == ["deployment-1"]  # none was noted


@pytest.mark.lti(row=36)
def test_strangers_cannot_tell_what_is_known_here(app, lms, as_ever):
    good = lms.token(copied(lms))
    asked = [
        lms.token(copied(lms, iss="https://unknown.example")),
        lms.token(copied(lms, aud="client-9")),
        lms.token(copied(lms), STRANGER_KEY, kid=lms.key.kid),
        lms.token(copied(lms, deployment_id="deployment-9")),
        good,
        good,
    ]
    for token in asked:
        answer = sends(app, token)
        assert (answer.status_code, answer.data) == as_ever
        assert "Set-Cookie" not in answer.headers


@pytest.mark.lti(row=36)
def test_one_bad_notice_does_not_spoil_the_others(app, lms, registration):
    bad = [forge(copied(lms, "66")) for forge, _code in FORGED.values()]
    bad += [signed(lms, **changes) for changes in ODD.values()]
    good = [lms.token(copied(lms, str(number))) for number in (1, 2)]
    assert sends(app, good[0], *bad, good[1]).status_code == 200
    assert kept() == {("1", "7"), ("2", "7")}


@pytest.mark.lti(row=3)
@pytest.mark.lti(row=36)
def test_a_notice_works_once_as_long_as_it_is_believed(app, lms, registration):
    """Its clock may be ahead, so it is believed for longer than ten minutes."""
    token = lms.token(copied(lms, iat=int(time.time()) + 50))
    sends(app, token)
    assert kept() == {("99", "7")}
    for seconds in (0, 11, 600, 700):
        with time_machine.travel(time.time() + seconds):
            with unit_of_work():
                jobs.keep_house()
                session.execute(delete(CopiedContext))
            sends(app, token, token)
        assert kept() == set(), seconds


@pytest.mark.lti(row=3)
def test_what_is_refused_uses_nothing_up(app, lms, registration):
    claims = copied(lms)
    sends(app, lms.token(claims, STRANGER_KEY, kid=lms.key.kid), lms.token(claims | {"exp": 1}))
    assert session.scalar(select(func.count()).select_from(Nonce)) == 0
    sends(app, lms.token(claims))
    assert kept() == {("99", "7")}


@pytest.mark.lti(row=7)
@pytest.mark.lti(row=36)
@pytest.mark.parametrize("state", ["pending", "refused"])
def test_a_place_that_was_not_let_in_tells_nothing(app, lms, registration, state):
    with unit_of_work():
        session.scalars(select(Deployment)).one().state = state
    sends(app, lms.token(copied(lms)))
    assert kept() == set()


@pytest.mark.lti(row=36)
def test_a_connection_that_is_off_tells_nothing(app, lms, registration):
    with unit_of_work():
        session.get_one(Registration, registration.id).state = "disabled"
    sends(app, lms.token(copied(lms)))
    assert kept() == set()


@pytest.mark.lti(row=8)
@pytest.mark.lti(row=36)
def test_nothing_of_another_registration_counts(app, cast, lms, opens):  # noqa: F811  # a fixture, and how pytest names it
    """Two schools on one host: the other says that this school's course 99 was made from course 7."""
    with unit_of_work():
        values = lms.values() | {"client_id": "client-2", "deployments": ""}
        other = registering.register(viewer_of(cast.admin.account), values)
        deploying.add(other, "deployment-2")
    said = {"aud": "client-2", "deployment_id": "deployment-2"}
    sends(app, lms.token(copied(lms, **said)))
    assert kept() == {("99", "7")}
    assert not is_asked(opens, "99")
    sends(app, lms.token(copied(lms, **said | {"deployment_id": lms.deployment_id}, context={"id": "98"})))
    assert kept() == {("99", "7")}  # nor does it speak for a place of the first


BODIES = (
    b"",
    b"not json",
    b"[" * 100_000,
    b"[]",
    b"null",
    b"{}",
    b'{"notices": 7}',
    b'{"notices": {"jwt": "a.b.c"}}',
    b"\xff\xfe\x00",
    b'{"notices": [' + b"9" * 10_000 + b"]}",
)


@pytest.mark.lti(row=36)
def test_what_is_no_notice_is_a_clear_refusal(app, registration):
    client = app.test_client()
    for body in BODIES:
        answer = client.post("/lti/notices", data=body, content_type="application/json")
        assert answer.status_code == 400, body[:40]
        assert "could not be read" in answer.get_data(as_text=True)
    odd = [1, None, [], {}, {"jwt": 7}, {"jwt": None}, {"jwt": "\ud800"}, {"jwt": "ä.b.c"}]
    assert client.post("/lti/notices", data=json.dumps({"notices": odd})).status_code == 200
    assert client.post("/lti/notices", data={"notices": "a"}).status_code == 400
    assert client.get("/lti/notices").status_code == 405
    assert kept() == set()


@pytest.mark.lti(row=36)
def test_too_much_at_once_is_refused_before_anything_is_looked_at(app, lms, registration):
    good = lms.token(copied(lms))
    for number in (MOST, 10_000):
        assert sends(app, good, *["a.b.c"] * number).status_code == 413
    large = json.dumps({"notices": [{"jwt": good}], "more": "x" * LARGEST})
    answer = app.test_client().post("/lti/notices", data=large, content_type="application/json")
    assert answer.status_code == 413
    assert kept() == set()
    assert sends(app, good, *["a.b.c"] * (MOST - 1)).status_code == 200
    assert kept() == {("99", "7")}


@pytest.mark.lti(row=11)
def test_unknown_keys_make_us_ask_the_lms_once_a_minute(app, lms, registration):
    for _number in range(5):
        sends(app, *(lms.token(copied(lms), STRANGER_KEY) for _each in range(5)))
    assert [call.path for call in lms.calls].count("/jwks") == 1


@pytest.mark.lti(row=38)
def test_the_log_holds_neither_tokens_nor_courses(app, lms, registration, caplog):
    token = lms.token(copied(lms, "course-99", "course-7"))
    with caplog.at_level("DEBUG", logger="app.lti"):
        sends(app, token, lms.token(copied(lms, notice=None)))
    assert "kept 1" in caplog.text
    for secret in (token[:40], token[-20:], "course-99", "course-7", NOTICE):
        assert secret not in caplog.text
