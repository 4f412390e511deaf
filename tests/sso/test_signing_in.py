"""Signing in with the school's sign-on: who one is, and what is refused."""

import base64
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import Account, Identity
from app.accounts.operations import people as accounts
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.sso.models import SignOn
from tests.accounts.browser import Browser

from . import provider as providers
from .conftest import Way, change


def people():
    return session.scalar(select(func.count()).select_from(Account))


def who(browser):
    """The name that the account page shows."""
    page = browser.get("/account").get_data(as_text=True)
    return page.split('name="name"')[1].split('value="')[1].split('"')[0]


def refusal(answer):
    page = answer.get_data(as_text=True)
    return (
        page.split("name this: ")[1].split(",")[0]
        if "name this: " in page
        else f"no refusal: {answer.status}"
    )


def test_somebody_new_gets_an_account_and_is_the_same_person_next_time(app, way, provider, row):
    asked = way.go("?next=/courses/new")
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    answer = way.back(asked)
    assert (answer.status_code, answer.location) == (303, "/courses/new")
    assert who(way.browser) == "Mia Rossi"
    before = people()
    other = Way(app, provider, row.id)
    other.sign_in()
    assert (who(other.browser), people()) == ("Mia Rossi", before)
    _path, form, headers = next(one for one in provider.asked if one[0] == "/token")
    assert form["redirect_uri"].endswith("/sso/callback")
    assert base64.b64decode(headers["Authorization"].split()[1]) == b"foreword:the%20client%27s%20secret"


def test_the_sign_in_page_offers_it_and_the_admin_switches_it_off(app, way, row):
    assert "School sign-on" in Browser(app).get("/sign-in").get_data(as_text=True)
    asked = way.go()
    change(row, state="disabled")
    assert "School sign-on" not in Browser(app).get("/sign-in").get_data(as_text=True)
    assert refusal(way.back(asked)) == "switched_off"
    assert way.browser.get(f"/sso/{row.id}").status_code == 404


HOSTILE = {
    "wrong issuer": ({"iss": "https://evil.example"}, {}),
    "wrong audience": ({"aud": "another"}, {}),
    "several audiences without azp": ({"aud": ["foreword", "another"]}, {}),
    "another's azp": ({"azp": "another"}, {}),
    "wrong nonce": ({"nonce": "x"}, {}),
    "no nonce": ({"nonce": None}, {}),
    "no subject": ({"sub": None}, {}),
    "empty subject": ({"sub": ""}, {}),
    "subject no text": ({"sub": 7}, {}),
    "expired": ({"exp": 1_000_000_000}, {}),
    "no expiry": ({"exp": None}, {}),
    "strange expiry": ({"exp": "soon"}, {}),
    "issued long ago": ({"iat": 1_000_000_000}, {}),
    "issued in the future": ({"iat": 4_000_000_000}, {}),
    "not yet valid": ({"nbf": 4_000_000_000}, {}),
    "wrong hash of the access token": ({"at_hash": "AAAA"}, {}),
    "unknown key": ({}, {"kid": "nobody's"}),
    "brings its own key": ({}, {"jwk": providers.OTHER_KEY.as_dict(private=False)}),
    "names a key's address": ({}, {"jku": "https://evil.example/jwks"}),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_token_that_is_not_for_us_lets_nobody_in(way, provider, cast, name):
    before = people()
    provider.claims, provider.header = HOSTILE[name]
    answer = way.sign_in()
    assert answer.status_code == 502
    assert refusal(answer).startswith("token")
    assert not way.browser.is_signed_in
    assert people() == before


@pytest.mark.parametrize("forge", [providers.unsigned, providers.hmac_signed_with_public_key])
def test_the_token_does_not_choose_its_algorithm(way, provider, forge):
    asked = way.go()
    provider.raw_token = forge(provider)
    assert refusal(way.back(asked)) == "token_signature"


@pytest.mark.parametrize("raw", ["", "a.b", "a.b.c", "x" * 200_000, "..", "é.é.é"])
def test_what_is_no_token_is_refused(way, provider, raw):
    asked = way.go()
    provider.raw_token = raw or "."
    assert refusal(way.back(asked)).startswith("token")


def test_a_key_of_somebody_else_signs_nothing(way, provider):
    provider.sign_with = providers.OTHER_KEY
    assert refusal(way.sign_in()) == "token_signature"


def test_new_keys_of_the_provider_are_fetched(way, provider, row):
    way.sign_in()
    change(row, jwks_tried_at=now() - timedelta(minutes=5))
    provider.keys, provider.sign_with = [providers.OTHER_KEY], providers.OTHER_KEY
    provider.header = {"kid": "other"}
    assert way.sign_in().status_code == 303


def test_unknown_keys_do_not_make_us_ask_again_and_again(way, provider):
    provider.header = {"kid": "nobody's"}
    for _time in range(4):
        assert refusal(way.sign_in()) == "token_signature"
    assert [path for path, _form, _headers in provider.asked].count("/jwks") == 1


def test_a_state_works_once(way):
    asked = way.go()
    assert way.back(asked).status_code == 303
    way.go()
    assert refusal(way.back(asked)) in {"state_used", "other_browser"}


def test_the_state_of_another_browser_lets_nobody_in(app, way, provider, row):
    mine = way.go()
    theirs = Way(app, provider, row.id)
    theirs.go()
    assert refusal(theirs.back(mine)) == "other_browser"
    assert not theirs.browser.is_signed_in
    stranger = Way(app, provider, row.id)
    assert refusal(stranger.back(mine)) == "other_browser"


def test_a_state_lasts_ten_minutes(way):
    asked = way.go()
    with unit_of_work():
        session.execute(update(SignOn).values(expires_at=now() - timedelta(seconds=1)))
    assert refusal(way.back(asked)) == "state_old"


@pytest.mark.parametrize("state", ["", "x", "x" * 5000])
def test_a_state_that_was_never_given_is_refused(way, state):
    way.go()
    assert refusal(way.back({"state": state})) == "state_unknown"


def test_the_provider_says_no(way):
    asked = way.go()
    answer = way.browser.get(
        "/sso/callback", query_string={"error": "access_denied", "state": asked["state"]}
    )
    assert (answer.status_code, refusal(answer)) == (403, "refused_there")


def test_the_answer_of_another_provider_is_not_mixed_up(way):
    assert refusal(way.back(way.go(), iss="https://evil.example")) == "answer_of_another"


def test_a_wrong_code_is_refused(way):
    assert refusal(way.back(way.go(), code="bad")) == "token_answer"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\tx", "javascript:alert(1)", "\\\\e"],
)
def test_signing_in_never_leads_elsewhere(way, target):
    assert way.sign_in(f"?next={quote(target)}").location == "/"


def test_an_address_alone_makes_nobody_somebody_else(way, provider, cast):
    with unit_of_work():
        session.get(Account, cast.bob.id).email = "bob@school.example"
    provider.person = {"sub": "8", "name": "Bob", "email": "bob@school.example", "email_verified": True}
    way.sign_in()
    assert who(way.browser) == "Bob"


def test_a_trusted_address_finds_the_person(way, provider, row, cast):
    change(row, trusts_email=True)
    with unit_of_work():
        session.get(Account, cast.bob.id).email = "Bob@School.example"
    provider.person = {"sub": "8", "name": "Bob", "email": "bob@school.example", "email_verified": True}
    way.sign_in()
    assert who(way.browser) == "Bob Oduya"


@pytest.mark.parametrize("verified", [False, None, "yes", 1])
def test_an_unchecked_address_finds_nobody(way, provider, row, cast, verified):
    change(row, trusts_email=True)
    with unit_of_work():
        session.get(Account, cast.bob.id).email = "bob@school.example"
    provider.person = {"sub": "8", "name": "Bob", "email": "bob@school.example", "email_verified": verified}
    way.sign_in()
    assert who(way.browser) == "Bob"


def test_a_trusted_address_never_leads_into_an_admin(way, provider, row, cast):
    change(row, trusts_email=True)
    with unit_of_work():
        session.get(Account, cast.admin.id).email = "ada@school.example"
    provider.person = {"sub": "8", "name": "Not Ada", "email": "ada@school.example", "email_verified": True}
    way.sign_in()
    assert who(way.browser) == "Not Ada"


def test_only_the_schools_domains_come_in(way, provider, row):
    change(row, domains="school.example")
    provider.person |= {"email": "m@school.example.evil.example", "email_verified": True}
    assert refusal(way.sign_in()) == "not_of_school"
    provider.person |= {"email": "m@school.example", "email_verified": False}
    assert refusal(way.sign_in()) == "not_of_school"
    provider.person |= {"email": "m@school.example", "email_verified": True}
    assert way.sign_in().status_code == 303


def test_google_names_the_schools_domain_itself(way, provider, row):
    change(row, domains="school.example", preset="google")
    provider.person |= {"email": "m@school.example", "email_verified": True}
    assert refusal(way.sign_in()) == "not_of_school"
    provider.person |= {"hd": "school.example"}
    assert way.sign_in().status_code == 303


def test_without_new_people_only_who_is_known_comes_in(way, row):
    change(row, adds_people=False)
    assert refusal(way.sign_in()) == "no_account"


def test_who_is_locked_out_stays_out(way, cast):
    way.sign_in()
    with unit_of_work():
        session.execute(update(Account).where(Account.name == "Mia Rossi").values(suspended_at=now()))
    assert refusal(way.sign_in()) == "locked_out"


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        ("roles", {"roles": ["staff", "pupil"]}),
        ("realm_access.roles", {"realm_access": {"roles": ["staff"]}}),
        ("https://school.example/roles", {"https://school.example/roles": "staff"}),
    ],
)
def test_a_role_of_the_provider_makes_a_teacher_and_unmakes_one(way, provider, row, path, claims):
    change(row, role_claim=path, teacher_values="lehrer, staff")
    provider.claims = claims
    way.sign_in()
    mia = select(Account).where(Account.name == "Mia Rossi")
    assert session.scalar(mia.execution_options(populate_existing=True)).may_create_courses
    provider.claims = {}
    way.sign_in()
    assert not session.scalar(mia.execution_options(populate_existing=True)).may_create_courses
    assert not session.scalar(mia).is_admin


@pytest.mark.parametrize("strange", [7, [7, None], {"a": "staff"}, None, "staff "])
def test_strange_roles_make_no_teacher(way, provider, row, strange):
    change(row, role_claim="roles", teacher_values="staff")
    provider.claims = {"roles": strange}
    assert way.sign_in().status_code == 303
    assert not session.scalar(select(Account).where(Account.name == "Mia Rossi")).may_create_courses


def test_who_is_signed_in_joins_the_sign_on_to_the_account(app, way, provider, row, cast):
    with unit_of_work():
        accounts.register(cast.school.id, "Nora Lind", "nora", "three quiet words")
    way.browser.sign_in("nora", "three quiet words")
    assert "School sign-on" in way.browser.get("/account").get_data(as_text=True)
    assert way.sign_in("?join=1").location == "/account"
    assert "/sso/" not in way.browser.get("/account").get_data(as_text=True)
    other = Way(app, provider, row.id)
    other.sign_in()
    assert who(other.browser) == "Nora Lind"


def test_an_account_of_the_sign_on_is_not_taken_from_somebody(app, way, provider, row, cast):
    way.sign_in()
    with unit_of_work():
        accounts.register(cast.school.id, "Nora Lind", "nora", "three quiet words")
    other = Way(app, provider, row.id)
    other.browser.sign_in("nora", "three quiet words")
    assert refusal(other.sign_in("?join=1")) == "belongs_to_other"


def test_who_signed_out_on_the_way_joins_nothing(app, way, cast):
    with unit_of_work():
        accounts.register(cast.school.id, "Nora Lind", "nora", "three quiet words")
    way.browser.sign_in("nora", "three quiet words")
    asked = way.go("?join=1")
    way.browser.client.delete_cookie("foreword")
    assert refusal(way.back(asked)) == "signed_out_meanwhile"
    assert session.scalar(select(Identity).where(Identity.provider.startswith("oidc"))) is None


def test_the_name_comes_from_userinfo_where_the_token_has_none(way, provider):
    provider.person = {"sub": "9"}
    provider.userinfo = {"sub": "9", "given_name": "Lea", "family_name": "Sand", "iss": "x"}
    way.sign_in()
    assert who(way.browser) == "Lea Sand"


def test_userinfo_of_somebody_else_is_not_believed(way, provider):
    provider.person = {"sub": "9"}
    provider.userinfo = {"sub": "10", "name": "Somebody Else"}
    way.sign_in()
    assert who(way.browser) == ""


def test_signing_out_offers_to_sign_out_there_too(way, row, provider):
    way.sign_in()
    answer = way.browser.send("/sign-out", form="/account")
    assert answer.location == f"/sso/{row.id}/left"
    page = way.browser.get(answer.location).get_data(as_text=True)
    assert f"{provider.address}/leave?client_id=foreword" in page
    assert not way.browser.is_signed_in


def test_a_provider_that_is_down_says_so(way, provider, row):
    change(row, issuer="http://127.0.0.1:9", found={}, found_at=None)
    answer = way.browser.get(f"/sso/{row.id}")
    assert (answer.status_code, refusal(answer)) == (502, "unreachable")


def test_the_configuration_is_kept_for_a_day(way, provider):
    way.sign_in()
    way.sign_in()
    paths = [path for path, _form, _headers in provider.asked]
    assert paths.count("/.well-known/openid-configuration") == 1
