"""Signing in and out in a browser."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account, SignIn
from app.accounts.operations import signing_in
from app.core import limits
from app.core.audit import AuditEntry
from app.core.db import session, unit_of_work
from app.core.ids import now

from .browser import Browser
from .conftest import PASSWORD


def test_a_person_signs_in_and_out(computer, nora):
    answer = computer.sign_in("Nora@School.example ", PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert computer.is_signed_in
    computer.send("/sign-out", form="/account")
    assert not computer.is_signed_in


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(computer, nora):
    answer = computer.sign_in("nora@school.example", PASSWORD)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("foreword="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_the_cookie_is_secure_on_https(app, nora):
    computer = Browser(app)
    page = computer.get("/sign-in", base_url="https://read.example")
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    answer = computer.post(
        "/sign-in",
        data={"csrf_token": token, "name": "nora@school.example", "password": PASSWORD},
        base_url="https://read.example",
        headers={"Referer": "https://read.example/sign-in"},
    )
    assert any(c.startswith("foreword=") and "Secure" in c for c in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("name", "password"),
    [("nora@school.example", "not it"), ("nobody@school.example", PASSWORD), ("", ""), ("x" * 9000, "y")],
)
def test_every_wrong_way_in_gets_the_same_sentence(computer, nora, name, password):
    answer = computer.sign_in(name, password)
    assert answer.status_code == 422
    assert "This name and password do not belong together." in answer.get_data(as_text=True)
    assert not computer.is_signed_in


def test_a_refused_sign_in_is_in_the_audit_log(computer, nora):
    computer.sign_in("nora@school.example", "not it")
    entry = session.scalar(select(AuditEntry).where(AuditEntry.action == "session.refused"))
    assert entry.object_id == nora.id


def test_a_suspended_person_cannot_sign_in(computer, nora):
    with unit_of_work():
        session.get(Account, nora.id).suspended_at = now()
    assert computer.sign_in("nora@school.example", PASSWORD).status_code == 422


def test_signing_in_without_the_forms_token_is_refused(app, nora):
    answer = app.test_client().post("/sign-in", data={"name": "nora@school.example", "password": PASSWORD})
    assert answer.status_code == 400


@pytest.mark.parametrize("wish", ["//evil.example", "https://evil.example", "/\\evil.example", "evil"])
def test_signing_in_never_leads_to_another_site(computer, nora, wish):
    assert computer.sign_in("nora@school.example", PASSWORD, next=wish).location == "/"


def test_signing_in_leads_on_to_where_one_wanted(computer, nora):
    assert computer.sign_in("nora@school.example", PASSWORD, next="/join/ABCD").location == "/join/ABCD"


def test_each_sign_in_has_a_new_token(computer, nora):
    computer.client.set_cookie("foreword", "chosen-by-somebody-else")
    computer.sign_in("nora@school.example", PASSWORD)
    first = computer.client.get_cookie("foreword").value
    computer.send("/sign-out", form="/account")
    computer.sign_in("nora@school.example", PASSWORD)
    assert len({"chosen-by-somebody-else", first, computer.client.get_cookie("foreword").value}) == 3


def test_who_comes_back_after_days_stays_signed_in(computer, nora):
    computer.sign_in("nora@school.example", PASSWORD)
    with unit_of_work():
        row = session.scalar(select(SignIn).where(SignIn.account_id == nora.id))
        row.last_seen_at = now() - 2 * signing_in.RENEWED_AFTER["cookie"]
        row.expires_at = ends = now() + signing_in.RENEWED_AFTER["cookie"]
    answer = computer.get("/account")
    assert any(c.startswith("foreword=") for c in answer.headers.getlist("Set-Cookie"))
    session.expire_all()
    assert session.scalar(select(SignIn.expires_at).where(SignIn.account_id == nora.id)) > ends


def test_an_expired_session_is_over(computer, nora):
    computer.sign_in("nora@school.example", PASSWORD)
    with unit_of_work():
        session.scalar(select(SignIn).where(SignIn.account_id == nora.id)).expires_at = now()
    assert not computer.is_signed_in


def test_guessing_one_name_ends_soon(computer, nora):
    answers = [computer.sign_in("nora@school.example", f"guess {n}").status_code for n in range(12)]
    assert answers == [422] * 10 + [429] * 2
    late = computer.sign_in("nora@school.example", PASSWORD)
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0


def test_a_class_of_35_behind_one_address_gets_in(app, cast):
    names = [f"Pupil {n}" for n in range(35)]
    slips = cast.teacher.post  # made through the API: one slip each
    made = [
        slips(f"/v1/courses/{cast.course.id}/enrollments", json={"name": name}).get_json()["slip"]
        for name in names
    ]
    answers = []
    for slip in made:
        computer = Browser(app, address="10.9.9.9")
        computer.sign_in(slip["sign_in_name"], "mistyped")
        answers.append(computer.sign_in(slip["sign_in_name"], slip["code"].lower()).location)
    assert answers == ["/choose-password"] * 35


def test_limits_can_be_switched_off(app, nora, monkeypatch):
    monkeypatch.setitem(app.extensions, "foreword.limiter", None)
    computer = Browser(app)
    assert [computer.sign_in("nora@school.example", "no").status_code for _ in range(12)] == [422] * 12
    assert limits.WRONG_PASSWORDS_HERE.rate.amount == 10
