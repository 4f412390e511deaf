"""Signing in by SAML 2.0: the whole way with a provider that behaves."""

import base64
import zlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from sqlalchemy import func, select, update

from app.accounts.models import Account
from app.accounts.operations import people as accounts
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.sso.jobs import forget_old
from app.sso.models import Provider, SeenAssertion, Stay
from app.sso.saml.metadata import provider_in
from app.sso.saml.signed_addresses import check_query
from tests.accounts.browser import Browser

from .conftest import SamlWay, change
from .identities import NEXT, PAIR, STRANGER, asked
from .test_signing_in import refusal, who


def mia():
    found = select(Account).where(Account.name == "Mia Rossi").execution_options(populate_existing=True)
    return session.scalar(found)


def test_somebody_new_gets_an_account_and_is_the_same_person_next_time(app, saml_way, identities, saml_row):
    request_id = saml_way.go("?next=/courses/new")
    message, fields = asked(saml_way.away)
    assert message.get("AssertionConsumerServiceURL") == saml_way.ours
    assert message.get("Destination") == f"{identities.issuer}/sign-on"
    assert "Signature" not in fields
    answer = saml_way.back(request_id)
    assert (answer.status_code, answer.location) == (303, "/courses/new")
    assert who(saml_way.browser) == "Mia Rossi"
    before = session.scalar(select(func.count(Account.id)))
    other = SamlWay(app, identities, saml_row.id)
    other.sign_in()
    assert who(other.browser) == "Mia Rossi"
    assert session.scalar(select(func.count(Account.id))) == before


@pytest.mark.parametrize("signs", [("Assertion",), ("Response",), ("Assertion", "Response")])
@pytest.mark.parametrize("encrypted", [False, True])
def test_what_is_signed_differs_from_provider_to_provider(saml_way, identities, saml_row, signs, encrypted):
    identities.signs = signs
    identities.encrypts_for = saml_row.certificate if encrypted else ""
    assert saml_way.sign_in().status_code == 303
    assert who(saml_way.browser) == "Mia Rossi"


def test_several_certificates_while_the_provider_changes_them(saml_way, identities, saml_row):
    identities.pairs, identities.sign_with = [PAIR, NEXT], NEXT
    change(saml_row, found=provider_in(identities.metadata().encode()))
    assert saml_way.sign_in().status_code == 303


def test_a_new_certificate_is_fetched_where_the_metadata_have_an_address(
    saml_way, identities, saml_row, monkeypatch
):
    saml_way.sign_in()
    found = []

    def fetched(url):
        found.append(url)
        return provider_in(identities.metadata().encode())

    monkeypatch.setattr("app.sso.operations.asserting.fetched", fetched)
    change(saml_row, metadata_url="https://idp.school.example/metadata", jwks_tried_at=None)
    identities.pairs, identities.sign_with = [NEXT], NEXT
    assert saml_way.sign_in().status_code == 303
    identities.sign_with = STRANGER
    for _time in range(3):
        assert refusal(saml_way.sign_in()) == "saml_signature"
    assert len(found) == 1


def test_a_request_is_signed_where_the_school_wants_it(saml_way, identities, saml_row):
    change(saml_row, signs_requests=True)
    saml_way.go()
    query = urlsplit(saml_way.away).query
    signed, _amp, _signature = query.partition("&Signature=")
    fields = asked(saml_way.away)[1]
    check_query(signed, fields["SigAlg"], base64.b64decode(fields["Signature"]), [saml_row.certificate])


def test_our_metadata_say_where_answers_go(app, saml_row):
    page = Browser(app).get(f"/sso/{saml_row.id}/saml")
    root = etree.fromstring(page.data)
    assert page.mimetype == "application/samlmetadata+xml"
    assert root.get("entityID").endswith(f"/sso/{saml_row.id}/saml")
    assert {node.get("use") for node in root.iter("{*}KeyDescriptor")} == {"signing", "encryption"}
    assert next(root.iter("{*}SPSSODescriptor")).get("WantAssertionsSigned") == "true"


def test_roles_make_a_teacher_and_unmake_one(saml_way, identities, saml_row):
    change(saml_row, role_claim="eduPersonAffiliation", teacher_values="faculty, staff")
    identities.attributes["eduPersonAffiliation"] = ["member", "staff"]
    saml_way.sign_in()
    assert mia().may_create_courses
    identities.attributes["eduPersonAffiliation"] = ["member"]
    saml_way.sign_in()
    assert (mia().may_create_courses, mia().is_admin) == (False, False)


def test_an_attribute_names_the_person_where_the_name_id_is_new_each_time(saml_way, identities, saml_row):
    identities.says["format"] = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    assert refusal(saml_way.sign_in()) == "saml_subject"
    change(saml_row, attributes=saml_row.attributes | {"subject": "employeeNumber subject-id"})
    identities.attributes["subject-id"] = ["mia@school.example"]
    saml_way.sign_in()
    before = mia().id
    identities.person = "another"
    saml_way.sign_in()
    assert mia().id == before


def test_an_address_alone_makes_nobody_somebody_else(saml_way, identities, saml_row, cast):
    with unit_of_work():
        session.get(Account, cast.bob.id).email = "bob@school.example"
    identities.attributes = {"displayName": ["Bob"], "mail": ["Bob@school.example"]}
    saml_way.sign_in()
    assert who(saml_way.browser) == "Bob"
    identities.person = "other"
    change(saml_row, trusts_email=True)
    saml_way.sign_in()
    assert who(saml_way.browser) == "Bob Oduya"


def test_a_trusted_address_never_leads_into_an_admin(saml_way, identities, saml_row, cast):
    change(saml_row, trusts_email=True)
    with unit_of_work():
        session.get(Account, cast.admin.id).email = "ada@school.example"
    identities.attributes = {"displayName": ["Not Ada"], "mail": ["ada@school.example"]}
    saml_way.sign_in()
    assert who(saml_way.browser) == "Not Ada"


def test_only_the_schools_domains_come_in(saml_way, identities, saml_row):
    change(saml_row, domains="school.example", trusts_email=True)
    identities.attributes["mail"] = ["m@school.example.evil.example"]
    assert refusal(saml_way.sign_in()) == "not_of_school"
    identities.attributes["mail"] = ["m@school.example"]
    assert saml_way.sign_in().status_code == 303


def test_without_new_people_only_who_is_known_comes_in(saml_way, saml_row):
    change(saml_row, adds_people=False)
    assert refusal(saml_way.sign_in()) == "no_account"


def test_who_is_locked_out_stays_out(saml_way):
    saml_way.sign_in()
    with unit_of_work():
        session.execute(update(Account).where(Account.name == "Mia Rossi").values(suspended_at=now()))
    assert refusal(saml_way.sign_in()) == "locked_out"


def test_who_is_signed_in_joins_the_sign_on_to_the_account(app, saml_way, identities, saml_row, cast):
    with unit_of_work():
        accounts.register(cast.school.id, "Nora Lind", "nora", "three quiet words")
    saml_way.browser.sign_in("nora", "three quiet words")
    assert saml_way.sign_in("?join=1").location == "/account"
    other = SamlWay(app, identities, saml_row.id)
    other.sign_in()
    assert who(other.browser) == "Nora Lind"


def test_a_tile_in_the_portal_leads_in_only_where_the_school_allows_it(saml_way, saml_row):
    assert refusal(saml_way.back(None)) == "saml_uninvited"
    change(saml_row, may_begin=True)
    answer = saml_way.back(None, relay_state="/courses/new")
    assert (answer.status_code, answer.location) == (303, "/courses/new")
    assert who(saml_way.browser) == "Mia Rossi"
    assert saml_way.back(None, relay_state="https://evil.example").location == "/"
    assert saml_way.back(None, relay_state="//evil.example").location == "/"


def test_signing_out_reaches_the_provider(saml_way, identities, saml_row):
    saml_way.sign_in()
    answer = saml_way.browser.send("/sign-out", form="/account")
    page = saml_way.browser.get(answer.location).get_data(as_text=True)
    address = page.split(f'href="{identities.issuer}/leave')[1].split('"')[0].replace("&amp;", "&")
    message, fields = asked(f"{identities.issuer}/leave{address}")
    assert message.tag.endswith("LogoutRequest")
    assert message.findtext("{*}NameID") == identities.person
    assert message.findtext("{*}SessionIndex") == "s1"
    signed = address.lstrip("?").partition("&Signature=")[0]
    check_query(signed, fields["SigAlg"], base64.b64decode(fields["Signature"]), [saml_row.certificate])
    assert saml_way.browser.get(f"/sso/{saml_row.id}/saml/logout?SAMLResponse=x").location == "/sign-in"


def test_without_logout_there_nothing_is_offered(saml_way, identities, saml_row):
    change(saml_row, found=provider_in(identities.metadata(leaving=False).encode()))
    saml_way.sign_in()
    assert saml_way.browser.send("/sign-out", form="/account").location == "/sign-in"
    assert session.scalar(select(Stay)) is None


def test_the_provider_signs_somebody_out_in_every_browser_of_that_session(
    app, saml_way, identities, saml_row
):
    saml_way.sign_in()
    assert saml_way.browser.is_signed_in
    ours = f"{saml_way.ours}/logout"
    answer = Browser(app).get(f"/sso/{saml_row.id}/saml/logout?{identities.leaving(ours)}")
    assert answer.location.startswith(f"{identities.issuer}/leave?SAMLResponse=")
    assert not saml_way.browser.is_signed_in
    fields = parse_qs(urlsplit(answer.location).query)
    assert fields["RelayState"] == ["back & forth"]
    root = etree.fromstring(zlib.decompress(base64.b64decode(fields["SAMLResponse"][0]), -15))
    assert root.get("InResponseTo") == "_l1"


def test_a_provider_that_named_no_session_signs_out_too(app, saml_way, identities, saml_row):
    identities.before_signing = lambda root: (
        next(root.iter("{*}AuthnStatement")).attrib.pop("SessionIndex") and root
    )
    saml_way.sign_in()
    assert saml_way.browser.is_signed_in
    Browser(app).get(f"/sso/{saml_row.id}/saml/logout?{identities.leaving(f'{saml_way.ours}/logout')}")
    assert not saml_way.browser.is_signed_in


def test_the_worker_forgets_what_is_over(saml_way):
    saml_way.sign_in()
    assert session.scalar(select(Stay)) is not None
    saml_way.browser.send("/sign-out", form="/account")
    with unit_of_work():
        session.execute(update(SeenAssertion).values(expires_at=now() - timedelta(hours=1)))
    with unit_of_work():
        forget_old()
    assert session.scalar(select(Stay)) is None
    assert session.scalar(select(SeenAssertion)) is None


def test_an_admin_connects_a_provider_step_by_step(app, cast, identities):
    app.config["WTF_CSRF_METHODS"] = set()
    made = cast.admin.post("/admin/sign-on", data={"preset": "saml-keycloak", "name": "Portal"})
    assert made.status_code == 303, made.get_data(as_text=True)
    path = made.location
    page = cast.admin.get(path).get_data(as_text=True)
    assert "/saml/logout" in page
    assert cast.admin.post(f"{path}/state", data={"value": "active"}).status_code == 303
    key = path.rpartition("/")[2]
    assert session.get(Provider, key).state == "disabled"
    fields = {
        "name": "Portal",
        "adds_people": "1",
        "metadata": identities.metadata(),
        "full_name": "displayName",
    }
    assert cast.admin.post(path, data=fields).status_code == 303
    assert "Portal" in Browser(app).get("/sign-in").get_data(as_text=True)
    way = SamlWay(app, identities, key)
    way.sign_in()
    assert who(way.browser) == "Mia Rossi"
    page = cast.admin.get(path).get_data(as_text=True)
    assert identities.issuer in page
    assert "valid until" in page
    assert cast.admin.post(path, data=fields | {"metadata": ""}).status_code == 303
    assert session.get(Provider, key, populate_existing=True).issuer == identities.issuer
    again = cast.admin.post("/admin/sign-on", data={"preset": "saml"}).location
    assert "connected already" in cast.admin.post(again, data=fields).get_data(as_text=True)


WRONG_METADATA = {
    "no XML": "hello",
    "of a service": '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>',
    "nobody's": '<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>',
    "a DTD": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "large": "<a>" + "x" * 400_000 + "</a>",
}


@pytest.mark.parametrize("name", sorted(WRONG_METADATA))
def test_wrong_metadata_are_told_where_they_are_entered(app, cast, saml_row, name):
    app.config["WTF_CSRF_METHODS"] = set()
    answer = cast.admin.post(f"/admin/sign-on/{saml_row.id}", data={"metadata": WRONG_METADATA[name]})
    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["ftp://x", "http://[", "https://127.0.0.1:1/m", "nothing"])
def test_a_wrong_address_of_metadata_is_told(app, cast, saml_row, address):
    app.config["WTF_CSRF_METHODS"] = set()
    answer = cast.admin.post(f"/admin/sign-on/{saml_row.id}", data={"metadata_url": address})
    assert answer.status_code == 422


def test_without_its_part_saml_says_what_to_install(app, cast, saml_row, monkeypatch):
    for place in ("pages.admin", "pages.saml_form", "operations.asserting", "operations.registering_saml"):
        monkeypatch.setattr(f"app.sso.{place}.is_installed", lambda: False)
    assert "requirements-saml.txt" in cast.admin.get("/admin/sign-on").get_data(as_text=True)
    assert refusal(Browser(app).get(f"/sso/{saml_row.id}")) == "saml_not_installed"
    assert cast.admin.get(f"/admin/sign-on/{saml_row.id}").status_code == 200


def test_a_way_by_openid_does_not_end_by_saml(saml_way, way, row):
    asked_there = way.go()
    answer = saml_way.browser.post(f"/sso/{row.id}/saml", data={"SAMLResponse": "", "RelayState": "x"})
    assert refusal(answer) == "switched_off"
    assert refusal(way.browser.get(f"/sso/arrived?state={asked_there['state']}")) == "state_unknown"
    saml_way.go()
    assert (
        refusal(saml_way.browser.get(f"/sso/callback?state={saml_way.relay_state}&code=x")) == "switched_off"
    )
