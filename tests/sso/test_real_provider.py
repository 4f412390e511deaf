"""The whole way with a provider that others wrote."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from oidc_provider_mock import User, run_server_in_thread

from app.core.db import session, unit_of_work
from app.sso.models import Provider
from tests.accounts.browser import Browser


@pytest.fixture
def address(app):
    mia = User(sub="mia", claims={"name": "Mia Rossi", "email": "mia@school.example"})
    with run_server_in_thread(require_nonce=True, user_claims=[mia]) as server:
        found = f"http://localhost:{server.server_port}"
        app.config["SETTINGS"].on_premise_hosts = found
        yield found


def test_an_admin_connects_it_and_a_pupil_signs_in(app, cast, address):
    app.config["WTF_CSRF_METHODS"] = set()
    fields = {"preset": "other", "name": "Sign-on", "issuer": address, "client_id": "foreword"}
    fields |= {"client_secret": "secret", "adds_people": "1"}
    made = cast.admin.post("/admin/sign-on", data=fields)
    assert made.status_code == 303, made.get_data(as_text=True)
    browser = Browser(app)
    away = browser.get(f"/sso/{made.location.rpartition('/')[2]}")
    back = requests.post(away.location, data={"sub": "mia"}, allow_redirects=False, timeout=10)
    query = {key: values[0] for key, values in parse_qs(urlsplit(back.headers["Location"]).query).items()}
    answer = browser.get("/sso/callback", query_string=query)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert "Mia Rossi" in browser.get("/account").get_data(as_text=True)
    denied = browser.get(f"/sso/{made.location.rpartition('/')[2]}")
    back = requests.post(denied.location, data={"action": "deny"}, allow_redirects=False, timeout=10)
    assert "error=access_denied" in back.headers["Location"]


def test_what_is_no_provider_is_not_entered(app, cast, address):
    app.config["WTF_CSRF_METHODS"] = set()

    def enter(**changes):
        fields = {"preset": "other", "issuer": address, "client_id": "foreword"} | changes
        return cast.admin.post("/admin/sign-on", data=fields)

    for issuer in (
        f"{address}/",
        f"{address}/other",
        "https://127.0.0.1:1",
        "ftp://x",
        "http://[",
        "x" * 600,
        "",
    ):
        assert enter(issuer=issuer).status_code == 422, issuer
    assert enter(client_id="").status_code == 422
    assert enter(preset="google", issuer="https://accounts.google.com").status_code == 422
    assert session.query(Provider).count() == 0


def test_the_secret_is_sealed_and_never_shown(app, cast, address):
    app.config["WTF_CSRF_METHODS"] = set()
    fields = {"preset": "other", "issuer": address, "client_id": "foreword", "client_secret": "hush-hush"}
    path = cast.admin.post("/admin/sign-on", data=fields).location
    assert "hush-hush" not in cast.admin.get(path).get_data(as_text=True)
    session.expire_all()
    row = session.query(Provider).one()
    assert "hush-hush" not in row.secret
    before = row.secret
    cast.admin.post(path, data=fields | {"client_secret": "", "name": "Other"})
    with unit_of_work():
        session.expire_all()
        row = session.query(Provider).one()
        assert (row.secret, row.name) == (before, "Other")
