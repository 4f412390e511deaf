"""Changing, forgetting and choosing passwords."""

import re

import pytest
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.models import Identity, OneTimeCode
from app.core import jobs
from app.core.db import session, unit_of_work
from app.core.ids import now

from .browser import Browser
from .conftest import PASSWORD

NEW = "four even quieter words"
# Taken before the tests hash lightly (see the fixture of that name).
REAL = passwords._hasher


def change(computer, old, new):
    return computer.send("/account/password", form="/account", old=old, password=new)


def test_changing_the_password_signs_other_browsers_out(app, computer, nora):
    other = Browser(app)
    for one in (computer, other):
        one.sign_in("nora@school.example", PASSWORD)
    assert change(computer, PASSWORD, NEW).status_code == 303
    assert computer.is_signed_in
    assert not other.is_signed_in
    assert other.sign_in("nora@school.example", PASSWORD).status_code == 422
    assert other.sign_in("nora@school.example", NEW).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("wrong", NEW, "not your password until now"),
        (PASSWORD, "short", "at least 8 characters"),
        (PASSWORD, "x" * 201, "at most 200 characters"),
        (PASSWORD, "Password1", "guess this password first"),
        (PASSWORD, "nora@school.example", "guess this password first"),
    ],
)
def test_a_bad_change_is_refused_in_a_sentence(computer, nora, old, new, sentence):
    computer.sign_in("nora@school.example", PASSWORD)
    answer = change(computer, old, new)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def mailed_link(app, computer, caplog, address) -> str | None:
    with caplog.at_level("INFO"):
        answer = computer.send("/forgot-password", email=address)
        assert (answer.status_code, answer.location) == (303, "/sign-in")
        jobs.run_pending()
    found = re.findall(r"http://[^/]+(/reset-password/\S+)", caplog.text)
    caplog.clear()
    return found[-1] if found else None


def test_a_forgotten_password_is_set_by_a_mailed_link_that_works_once(app, computer, nora, caplog):
    link = mailed_link(app, computer, caplog, "nora@school.example")
    assert "Nora Lind" in computer.get(link).get_data(as_text=True)
    assert computer.send(link, password=NEW).status_code == 303
    assert computer.is_signed_in
    again = Browser(app)
    assert again.get(link).status_code == 404
    assert again.sign_in("nora@school.example", PASSWORD).status_code == 422


def test_a_mailed_link_is_over_after_two_hours(app, computer, nora, caplog):
    link = mailed_link(app, computer, caplog, "nora@school.example")
    with unit_of_work():
        session.scalar(select(OneTimeCode)).expires_at = now()
    assert computer.get(link).status_code == 404


def test_asking_for_a_link_tells_nobody_who_has_an_account(app, computer, nora, caplog):
    known = computer.send("/forgot-password", email="nora@school.example")
    unknown = computer.send("/forgot-password", email="nobody@school.example")
    assert jobs.run_pending() == 1
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert mailed_link(app, computer, caplog, "stranger@school.example") is None


def test_a_mail_never_names_the_host_that_the_request_claims(app, nora, caplog):
    computer = Browser(app)
    token = re.search(
        r'name="csrf_token" value="([^"]+)"', computer.get("/forgot-password").get_data(as_text=True)
    ).group(1)
    with caplog.at_level("INFO"):
        computer.post(
            "/forgot-password",
            data={"csrf_token": token, "email": "nora@school.example"},
            headers={"X-Forwarded-Host": "evil.example"},
        )
        jobs.run_pending()
    assert "/reset-password/" in caplog.text
    assert "evil.example" not in caplog.text


def test_passwords_are_hashed_as_strongly_as_rfc_9106_recommends():
    assert (REAL.time_cost, REAL.memory_cost, REAL.parallelism) == (3, 64 << 10, 4)


def test_passwords_are_kept_as_argon2id_only(nora):
    secret = session.scalar(select(Identity.secret).where(Identity.account_id == nora.id))
    assert secret.startswith("$argon2id$")


def test_an_old_hash_is_renewed_at_sign_in(computer, nora):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    with unit_of_work():
        session.scalar(select(Identity).where(Identity.account_id == nora.id)).secret = weak
    computer.sign_in("nora@school.example", PASSWORD)
    session.expire_all()
    secret = session.scalar(select(Identity.secret).where(Identity.account_id == nora.id))
    assert not passwords.is_outdated(secret)
