"""Signing out by SAML: only the provider signs a person out, and only whom it means."""

import pytest

from tests.accounts.browser import Browser

from .conftest import saml_provider
from .identities import STRANGER, stamp
from .test_signing_in import refusal


def unsigned(query: str) -> str:
    return query.partition("&SigAlg")[0]


def weak(query: str) -> str:
    return query.replace("rsa-sha256", "rsa-sha1")


def twice(query: str) -> str:
    return f"{query}&SAMLRequest=x"


LEAVING = {
    "unsigned": ({}, unsigned, "saml_unsigned"),
    "SHA-1": ({}, weak, "saml_signature"),
    "twice": ({}, twice, "saml_signature"),
    "for another": ({"Destination": "https://other.example"}, str, "saml_destination"),
    "old": ({"IssueInstant": stamp(hours=-1)}, str, "saml_time"),
    "over": ({"NotOnOrAfter": stamp(hours=-1)}, str, "saml_time"),
}


@pytest.mark.parametrize("name", sorted(LEAVING))
def test_nobody_else_signs_a_person_out(saml_way, identities, saml_row, name):
    changes, spoil, code = LEAVING[name]
    saml_way.sign_in()
    query = spoil(identities.leaving(f"{saml_way.ours}/logout", **changes))
    assert refusal(Browser(saml_way.browser.app).get(f"/sso/{saml_row.id}/saml/logout?{query}")) == code
    assert saml_way.browser.is_signed_in


def test_a_stranger_signs_nobody_out(saml_way, identities, saml_row):
    saml_way.sign_in()
    identities.sign_with = STRANGER
    query = identities.leaving(f"{saml_way.ours}/logout")
    assert (
        refusal(Browser(saml_way.browser.app).get(f"/sso/{saml_row.id}/saml/logout?{query}"))
        == "saml_signature"
    )
    assert saml_way.browser.is_signed_in


def test_a_message_that_swells_is_not_unpacked(saml_way, identities, saml_row):
    saml_way.sign_in()
    query = identities.query("SAMLRequest", b"<a>" + b" " * 20_000_000)
    answer = Browser(saml_way.browser.app).get(f"/sso/{saml_row.id}/saml/logout?{query}")
    assert refusal(answer) == "saml_too_large"


def test_a_stay_of_somebody_else_tells_nothing(app, saml_way, identities, saml_row, other_school):
    saml_way.sign_in()
    location = saml_way.browser.send("/sign-out", form="/account").location
    stay = location.partition("stay=")[2]
    theirs = saml_provider(other_school.id, identities)
    assert Browser(app).get(f"/sso/{theirs.id}/left?stay={stay}").status_code == 404
    assert Browser(app).get(f"/sso/{saml_row.id}/left?stay=x").status_code == 404
