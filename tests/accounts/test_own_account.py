"""What a person does with their own account."""

from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session

from .browser import Browser
from .conftest import PASSWORD


def test_the_account_page_needs_somebody(computer):
    assert computer.get("/account").status_code == 401


def test_a_person_chooses_name_and_language(computer, nora):
    computer.sign_in("nora@school.example", PASSWORD)
    computer.send("/account", name="  Nora   Lindgren ", locale="de")
    session.expire_all()
    account = session.get(Account, nora.id)
    assert (account.name, account.locale) == ("Nora Lindgren", "de")


def test_an_empty_name_is_refused_beside_its_field(computer, nora):
    computer.sign_in("nora@school.example", PASSWORD)
    answer = computer.send("/account", name=" ", locale="")
    assert answer.status_code == 422
    assert 'id="error-name"' in answer.get_data(as_text=True)


def test_a_person_sees_and_ends_their_other_browsers(app, computer, nora):
    other = Browser(app)
    for one in (computer, other):
        one.sign_in("nora@school.example", PASSWORD)
    me = computer.get("/api/v1/me/sessions").get_json()["items"]
    there = next(item["id"] for item in me if not item["current"])
    assert computer.send(f"/account/sessions/{there}/end", form="/account").status_code == 303
    assert not other.is_signed_in
    assert computer.is_signed_in


def test_nobody_ends_the_session_of_somebody_else(app, computer, nora, cast):
    computer.sign_in("nora@school.example", PASSWORD)
    item = computer.get("/api/v1/me/sessions").get_json()["items"][0]
    assert cast.eve.delete(f"/v1/me/sessions/{item['id']}").status_code == 404
    assert computer.is_signed_in


def test_the_api_says_who_asks(cast):
    me = cast.ana.get("/v1/me").get_json()
    assert (me["id"], me["name"], me["school"]["name"]) == (cast.ana.id, "Ana Pires", "Hill School")


def test_nobody_makes_themselves_an_admin(cast):
    for field in ("is_admin", "may_create_courses", "school_id", "id", "suspended_at"):
        assert cast.ana.patch("/v1/me", json={field: True}).status_code == 422
    assert not session.scalar(select(Account.is_admin).where(Account.id == cast.ana.id))


def test_a_language_that_is_not_offered_is_refused(cast):
    assert cast.ana.patch("/v1/me", json={"locale": "xx"}).status_code == 422
    assert cast.ana.patch("/v1/me", json={"locale": "de"}).get_json()["locale"] == "de"
