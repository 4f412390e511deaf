"""Going on with one's phone by a short code."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts import qr
from app.accounts.models import OneTimeCode, SignIn
from app.core.db import session, unit_of_work
from app.core.ids import now

from .browser import Browser


@pytest.fixture
def phone(app, cast) -> Browser:
    return Browser(app, address="10.0.0.9")


def code_for(person, **more):
    made = person.post("/v1/me/entries", json={"telephone": True, **more})
    assert made.status_code == 201, made.json
    return made.json


def go_on(phone, code):
    return phone.send(f"/phone/{code}")


def name_of(browser):
    return browser.get("/api/v1/me").get_json()["name"]


def test_a_typed_code_leads_to_the_page_that_one_came_from(cast, phone):
    place = f"/assignments/{cast.assignment.id}"
    code = code_for(cast.ana, next=place)["code"]
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", code)
    asked = phone.send("/phone", code=code.lower().replace("-", " "))
    assert asked.status_code == 303
    assert "Ana Pires" in phone.get(asked.location).get_data(as_text=True)
    assert not phone.is_signed_in
    assert go_on(phone, code).location == place
    assert name_of(phone) == "Ana Pires"


def test_a_code_works_once(app, cast, phone):
    made = code_for(cast.ana)
    assert cast.ana.get(f"/v1/me/entries/{made['id']}").json == {"state": "waiting"}
    go_on(phone, made["code"])
    assert cast.ana.get(f"/v1/me/entries/{made['id']}").json == {"state": "used"}
    second = Browser(app)
    assert second.get(f"/phone/{made['code']}").status_code == 404
    page = second.send("/phone", code=made["code"])
    assert page.status_code == 404
    assert "is not right, was used already, or is too old" in page.get_data(as_text=True)
    assert not second.is_signed_in


def test_an_old_code_is_worth_nothing(cast, phone):
    made = code_for(cast.ana)
    with unit_of_work():
        session.get(OneTimeCode, made["id"]).expires_at = now() - timedelta(seconds=1)
    assert phone.get(f"/phone/{made['code']}").status_code == 404
    assert cast.ana.get(f"/v1/me/entries/{made['id']}").json == {"state": "over"}


def test_a_new_code_ends_the_one_before(cast, phone):
    first, second = code_for(cast.ana)["code"], code_for(cast.ana)["code"]
    bobs = code_for(cast.bob)["code"]
    assert phone.get(f"/phone/{first}").status_code == 404
    assert phone.get(f"/phone/{second}").status_code == 200
    assert phone.get(f"/phone/{bobs}").status_code == 200


def test_a_phone_code_opens_no_frame_and_a_frames_code_no_phone(cast, phone):
    code = code_for(cast.ana)["code"]
    assert phone.get(f"/account?entry={code}").status_code == 404
    assert phone.get(f"/enter/{code}").status_code == 404
    windows = cast.ana.post("/v1/me/entries", json={}).json["code"]
    assert phone.get(f"/phone/{windows}").status_code == 404


def test_nobody_sees_what_became_of_anothers_code(cast):
    made = code_for(cast.ana)
    assert cast.bob.get(f"/v1/me/entries/{made['id']}").status_code == 404


def test_guessing_codes_ends_soon(cast, phone):
    page = phone.get("/phone").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    tries = [
        phone.post("/phone", data={"csrf_token": token, "code": f"AAAA-{n:04}"}).status_code
        for n in range(60)
    ]
    looks = [phone.get(f"/phone/AAAA{n:04}").status_code for n in range(60)]
    assert {*tries, *looks[:40]} == {404}
    assert set(looks[40:]) == {429}
    assert phone.get(f"/phone/{code_for(cast.ana)['code']}").status_code == 429


@pytest.mark.parametrize("wish", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_a_code_never_leads_to_another_site(cast, phone, wish):
    assert go_on(phone, code_for(cast.ana, next=wish)["code"]).location == "/"


def test_who_was_signed_in_on_the_phone_is_told_and_signed_out(cast, phone):
    go_on(phone, code_for(cast.bob)["code"])
    code = code_for(cast.ana)["code"]
    assert "They are signed out when you go on." in phone.get(f"/phone/{code}").get_data(as_text=True)
    go_on(phone, code)
    assert name_of(phone) == "Ana Pires"
    left = session.scalars(select(SignIn).where(SignIn.account_id == cast.bob.id)).all()
    assert all(row.ended_at for row in left)


def test_a_locked_out_person_gets_in_nowhere(cast, phone):
    code = code_for(cast.ana)["code"]
    with unit_of_work():
        session.merge(cast.ana.account).suspended_at = now()
    assert phone.get(f"/phone/{code}").status_code == 404


def test_a_page_of_another_site_cannot_sign_a_phone_in(cast, phone):
    """Else somebody could be made to write as somebody else without noticing."""
    code = code_for(cast.ana)["code"]
    assert phone.post(f"/phone/{code}").status_code == 400
    assert not phone.is_signed_in


def test_the_picture_holds_the_address(cast):
    """Drawn as a path, it has the same dark squares as the code itself."""
    made = code_for(cast.ana)
    assert made["picture"] == qr.picture(f"{made['url']}/{made['code']}")
    size, path = made["picture"]["size"], made["picture"]["path"]
    dark = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", path)
        for step in range(int(length))
    }
    expected = {
        (x, y)
        for y, row in enumerate(qr.segno.make_qr(f"{made['url']}/{made['code']}", error="m").matrix, 4)
        for x, cell in enumerate(row, 4)
        if cell
    }
    assert dark == expected
    assert size == max(x for x, _y in dark) + 5


def test_a_long_wish_is_refused_with_a_sentence(cast):
    answer = cast.ana.post("/v1/me/entries", json={"telephone": True, "next": "/" + "x" * 2000})
    assert answer.status_code == 422
