"""A hostile platform, browser or network: whatever it sends is refused with a page, and nobody is let in.

The rows of the library survey (replays, old nonces, algorithms, keys, addressees, times) and more. Each attack is a
launch that is right but for one thing.
"""

import time

import pytest
import time_machine
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core import addresses
from app.core.db import session, unit_of_work
from app.lti.models import Login, Registration

from .attacks import SMALL_KEY, STRANGER_KEY, nobody_came_in, refused
from .lms import KEY, reply, unsigned


@pytest.mark.lti(row=2)
@pytest.mark.lti(row=3)
def test_a_replay_is_refused_whenever_it_comes(lee, lms):
    asked = lee.asked()
    form = {"state": asked["state"], "id_token": lms.token(lms.claims(asked["nonce"], roles=["Instructor"]))}
    cookie = lee.client.get_cookie(f"__Host-lti-{asked['state'][:12]}").value
    assert lee.post(form).status_code == 303
    for seconds in (0, 11, 300, 3540):
        lee.client.set_cookie(f"__Host-lti-{asked['state'][:12]}", cookie)
        with time_machine.travel(time.time() + seconds):
            answer = lee.post(form)
        assert answer.status_code == 400
        assert "state_" in answer.get_data(as_text=True)


@pytest.mark.lti(row=2)
def test_another_browser_cannot_end_a_launch(ana, lee, lms):
    """Login CSRF: an attacker's launch must not be ended in the victim's browser."""
    asked = ana.asked()
    form = {"state": asked["state"], "id_token": lms.token(lms.claims(asked["nonce"]))}
    silent = lee.post(form)
    assert "lti-without-cookie" in silent.get_data(as_text=True)  # asks the LMS's storage; lets nobody in
    refused(lee.post(form | {"proof": "guessed"}), "other_browser")
    lee.client.set_cookie(f"__Host-lti-{asked['state'][:12]}", "guessed")
    refused(lee.post(form), "other_browser")


@pytest.mark.lti(row=2)
def test_a_state_is_used_up_even_by_a_launch_that_is_refused(ana, lms):
    asked = ana.asked()
    refused(ana.post({"state": asked["state"], "id_token": unsigned({})}), "token_algorithm")
    good = {"state": asked["state"], "id_token": lms.token(lms.claims(asked["nonce"]))}
    refused(ana.post(good), "state_used")


@pytest.mark.lti(row=2)
def test_a_state_lives_ten_minutes(ana, lms):
    asked = ana.asked()
    form = {"state": asked["state"], "id_token": lms.token(lms.claims(asked["nonce"]))}
    with time_machine.travel(time.time() + 601):
        refused(ana.post(form), "state_expired")


@pytest.mark.lti(row=2)
def test_a_state_that_we_never_gave_opens_nothing(ana, lms):
    for state in ("", "guess", "x" * 5000, "\u00e9"):
        refused(ana.post({"state": state, "id_token": lms.token(lms.claims("n"))}), "state_unknown")


@pytest.mark.lti(row=3)
def test_a_nonce_of_another_launch_does_not_fit(ana, lms):
    first, second = ana.asked(), ana.asked()
    token = lms.token(lms.claims(first["nonce"]))
    refused(ana.post({"state": second["state"], "id_token": token}), "token_nonce")


@pytest.mark.lti(row=3)
def test_states_and_nonces_never_repeat(ana):
    asked = [ana.asked() for _number in range(20)]
    assert len({one["state"] for one in asked} | {one["nonce"] for one in asked}) == 40


@pytest.mark.lti(row=2)
def test_the_cookie_of_the_state_is_kept_apart_for_each_lms(ana):
    cookie = ana.login().headers["Set-Cookie"]
    for part in (
        "__Host-lti-",
        "Secure",
        "HttpOnly",
        "SameSite=None",
        "Partitioned",
        "Path=/",
        "Max-Age=600",
    ):
        assert part in cookie, cookie


FOREIGN = (
    "https://evil.example/lti/launch",
    "http://localhost.evil.example/lti/launch",
    "http://localhost@evil.example/",
    "javascript:alert(1)",
    "http://localhost:81/lti/launch",
    "http://localhost/admin",
    "//evil.example/lti/launch",
)


@pytest.mark.lti(row=9)
def test_a_login_for_another_site_is_refused(ana):
    for target in FOREIGN:
        refused(ana.login(target_link_uri=target), "foreign_target", target)


def test_an_unknown_lms_is_told_so(ana):
    refused(ana.login(iss="https://unknown.example"), "platform_unknown")


@pytest.mark.lti(row=16)
def test_one_lms_cannot_speak_for_the_people_of_another(ana, lee, lms, registration):
    """Platform B signs a token with A's issuer and client: B's key is not among A's."""
    lee.as_teacher()
    asked = ana.asked()
    token = lms.token(lms.claims(asked["nonce"], sub="lee-1"), STRANGER_KEY)
    answer = ana.post({"state": asked["state"], "id_token": token})
    assert "key_unknown" in answer.get_data(as_text=True)


@pytest.mark.lti(row=11)
def test_keys_are_kept_and_asked_for_again_once_a_minute(ana, lms, registration):
    ana.launch()
    ana.launch()
    assert [call.path for call in lms.calls].count("/jwks") == 1
    for _number in range(5):
        refused_kid = ana.asked()
        token = lms.token(lms.claims(refused_kid["nonce"]), STRANGER_KEY)
        assert ana.post({"state": refused_kid["state"], "id_token": token}).status_code == 400
    assert [call.path for call in lms.calls].count("/jwks") == 1  # fetched a moment ago: not asked again
    with unit_of_work():
        session.get_one(Registration, registration.id).jwks_tried_at = None
    session.expunge_all()
    lms.keys.append(STRANGER_KEY)
    assert ana.launch().status_code == 404  # believed; the course is not set up
    assert [call.path for call in lms.calls].count("/jwks") == 2


@pytest.mark.lti(row=11)
def test_keys_stay_when_they_cannot_be_fetched(lee, lms, registration):
    assert lee.as_teacher().status_code == 303
    lms.behave = lambda call: reply({}, 500) if call.path == "/jwks" else None
    with time_machine.travel(time.time() + 7 * 3600):
        assert lee.as_teacher().status_code == 303


ODD_KEY_SETS = (
    (200, {}, b"not json"),
    (200, {}, b"[" * 100_000),
    (200, {}, b"{}"),
    (200, {}, b'{"keys": "none"}'),
    (200, {}, b'{"keys": [1, null, {"kid": 5}]}'),
    (302, {"Location": "http://169.254.169.254/"}, b""),
    (500, {}, b"<html>"),
    (200, {}, b"x" * 1_100_000),
)


def ask_again(registration) -> None:
    with unit_of_work():
        row = session.get_one(Registration, registration.id)
        row.jwks, row.jwks_fetched_at, row.jwks_tried_at = {}, None, None
    session.expunge_all()


@pytest.mark.lti(row=11)
def test_odd_key_sets_are_no_500(ana, lms, registration):
    for odd in ODD_KEY_SETS:
        ask_again(registration)
        lms.behave = lambda call, odd=odd: odd if call.path == "/jwks" else None
        answer = ana.launch()
        assert answer.status_code in (400, 502), (odd[2][:20], answer.status_code)
        assert nobody_came_in()


UNUSABLE = ({"use": "enc"}, {"alg": "RS512"}, {"kty": "oct", "k": "c2VjcmV0"}, {"n": "!!"}, {"n": None})


@pytest.mark.lti(row=4)
def test_keys_that_are_not_for_signing_are_not_used(ana, lms, registration):
    for change in UNUSABLE:
        ask_again(registration)
        key = KEY.as_dict(private=False) | change
        lms.behave = lambda call, key=key: reply({"keys": [key]}) if call.path == "/jwks" else None
        refused(ana.launch(), "key_unusable", str(change))


@pytest.mark.lti(row=4)
def test_two_keys_of_one_name_are_not_used(ana, lms):
    both = [KEY.as_dict(private=False), STRANGER_KEY.as_dict(private=False) | {"kid": KEY.kid}]
    lms.behave = lambda call: reply({"keys": both}) if call.path == "/jwks" else None
    refused(ana.launch(), "key_unusable")


@pytest.mark.lti(row=4)
def test_a_short_key_is_not_used(ana, lms):
    lms.keys.append(SMALL_KEY)
    refused(ana.launch(), "key_unusable")


INSIDE = (
    "http://lms.example/jwks",
    "https://127.0.0.1/jwks",
    "https://[::1]/jwks",
    "https://169.254.169.254/latest",
    "https://10.0.0.1/jwks",
    "https://2130706433/jwks",
    "https://0177.0.0.1/jwks",
    "https://lms.example:22/jwks",
)


@pytest.mark.lti(row=12)
def test_keys_are_not_fetched_from_inside_the_network(lee, registration, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr("socket.socket.connect", lambda *_args: asked.append("connected"))
    for address in INSIDE:
        ask_again(registration)
        with unit_of_work():
            session.get_one(Registration, registration.id).jwks_url = address
        answer = lee.as_teacher()
        assert answer.status_code == 502, address
        assert "keys_unreachable" in answer.get_data(as_text=True)
    assert asked == []


@pytest.mark.lti(row=12)
def test_a_name_that_leads_inside_is_refused_however_it_answers(lee, registration, monkeypatch):
    import ipaddress

    answers = iter(["93.184.215.14", "10.0.0.7"])
    monkeypatch.setattr(
        addresses,
        "resolved",
        lambda *_args: [ipaddress.ip_address(next(answers)), ipaddress.ip_address("10.0.0.7")],
    )
    with unit_of_work():
        row = session.get_one(Registration, registration.id)
        row.jwks_url = "https://rebinding.example/jwks"
    assert lee.as_teacher().status_code == 502


@pytest.mark.lti(row=38)
def test_the_log_holds_no_names_and_no_tokens(ana, lms, caplog):
    asked = ana.asked()
    token = lms.token(lms.claims(asked["nonce"], aud="other"))
    ana.post({"state": asked["state"], "id_token": token})
    ana.post({"state": asked["state"], "error": "x", "error_description": "Ana Pires"})
    for secret in (
        "Ana",
        "pires",
        "ana@school.example",
        token[:40],
        token[-20:],
        asked["nonce"],
        asked["state"],
    ):
        assert secret not in caplog.text


def test_launches_that_are_over_are_forgotten(ana):
    from app.lti.operations.logging_in import forget_old

    ana.asked()
    with time_machine.travel(time.time() + 3600), unit_of_work():
        forget_old()
    assert session.scalar(select(func.count()).select_from(Login)) == 0


def test_no_account_is_made_by_a_launch_that_is_refused(ana):
    before = session.scalar(select(func.count()).select_from(Account))
    ana.launch(aud="other")
    assert session.scalar(select(func.count()).select_from(Account)) == before
