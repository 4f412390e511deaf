"""Connecting an LMS: by itself from a one-time link, and by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.db import session, unit_of_work
from app.core.ids import now
from app.lti.models import Deployment, Registration
from app.lti.operations import own_keys


def link_from(page: str) -> str:
    return page.split("http://localhost/lti/register/")[1].split("<", maxsplit=1)[0].split('"', maxsplit=1)[0]


@pytest.fixture
def invitation(cast, lms):
    page = cast.admin.post("/admin/lti/invitations").get_data(as_text=True)
    return link_from(page)


def opens(app, token, lms, **changes):
    query = {"openid_configuration": f"{lms.address}/openid", "registration_token": "reg-1", **changes}
    return app.test_client().get(f"/lti/register/{token}", query_string=query)


@pytest.mark.lti(row=33)
def test_an_lms_registers_itself_once(app, cast, lms, invitation):
    answer = opens(app, invitation, lms)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert "lti-registered" in answer.get_data(as_text=True)
    assert f"frame-ancestors {lms.address}" in answer.headers["Content-Security-Policy"]
    row = session.scalars(select(Registration)).one()
    assert (row.client_id, row.issuer, row.platform) == ("dynamic-1", lms.address, "moodle")
    assert session.scalars(select(Deployment.deployment_id)).one() == "dep-9"
    asked = lms.registered
    assert asked["redirect_uris"] == ["http://localhost/lti/launch"]
    assert asked["jwks_uri"] == "http://localhost/lti/jwks"
    assert (
        next(call for call in lms.calls if call.path == "/register").headers["authorization"]
        == "Bearer reg-1"
    )
    again = opens(app, invitation, lms)
    assert again.status_code == 404
    assert "invitation_gone" in again.get_data(as_text=True)


@pytest.mark.lti(row=33)
def test_looking_at_the_link_uses_nothing_up(app, lms, invitation):
    assert app.test_client().get(f"/lti/register/{invitation}").status_code == 200
    assert opens(app, invitation, lms).status_code == 200
    assert opens(app, "guessed", lms).status_code == 404


@pytest.mark.lti(row=33)
def test_an_lms_cannot_register_as_another(app, lms, invitation):
    real = lms._openid(None)
    import json

    told = json.loads(real[2])
    for change in (
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"registration_endpoint": "https://other.example/register"},
        {"jwks_uri": "javascript:alert(1)"},
        {"token_endpoint": None},
        {"id_token_signing_alg_values_supported": ["HS256"]},
    ):
        body = json.dumps(told | change).encode()
        lms.behave = lambda call, body=body: (200, {}, body) if call.path == "/openid" else None
        assert opens(app, invitation, lms).status_code == 400, change
    assert session.scalars(select(Registration)).all() == []
    lms.behave = lambda call: (500, {}, b"") if call.path == "/register" else None
    assert opens(app, invitation, lms).status_code == 502


@pytest.mark.lti(row=12)
def test_a_configuration_inside_the_network_is_not_fetched(app, invitation, lms):
    for url in (
        "http://169.254.169.254/x",
        "https://10.0.0.1/x",
        "file:///etc/passwd",
        "https://localhost/x",
    ):
        answer = opens(app, invitation, lms, openid_configuration=url)
        assert answer.status_code == 502, url
        assert "FOREWORD_ON_PREMISE_HOSTS" in answer.get_data(as_text=True)


@pytest.mark.lti(row=33)
def test_an_update_keeps_the_connection(app, cast, lms, registration):
    page = cast.admin.post(f"/admin/lti/{registration.id}/invitations").get_data(as_text=True)
    assert opens(app, link_from(page), lms).status_code == 200
    session.expunge_all()
    row = session.scalars(select(Registration)).one()
    assert (row.id, row.client_id) == (registration.id, "dynamic-1")


@pytest.mark.lti(row=34)
def test_the_form_names_the_value_to_look_at(cast, lms):
    for field, value in (
        ("issuer", ""),
        ("client_id", "x" * 300),
        ("auth_url", "http://lms.example/auth"),
        ("token_url", "javascript:alert(1)"),
        ("jwks_url", "https://a:b@lms.example/"),
    ):
        answer = cast.admin.post("/admin/lti", data=lms.values() | {field: value})
        assert answer.status_code == 422, field
        assert f"error-{field}" in answer.get_data(as_text=True)


@pytest.mark.lti(row=34)
def test_an_lms_is_switched_off_and_on(cast, lms, lee, registration):
    path = f"/admin/lti/{registration.id}/state"
    assert cast.admin.post(path, data={"value": "disabled"}).status_code == 303
    assert lee.login().status_code == 403
    assert cast.admin.post(path, data={"value": "active"}).status_code == 303
    assert lee.as_teacher().status_code == 303
    assert cast.admin.post("/admin/lti", data=lms.values()).status_code == 409


@pytest.mark.lti(row=35)
def test_our_keys_rotate_with_a_long_overlap(app, cast):
    answer = app.test_client().get("/lti/jwks")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    (key,) = answer.get_json()["keys"]
    assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}  # and nothing private
    first, start = own_keys.signing_key().kid, now()

    def after(days: int) -> list[str]:
        with unit_of_work():
            own_keys.rotate(start + timedelta(days=days))
        return [one["kid"] for one in own_keys.published()["keys"]]

    assert after(59) == [first]
    two = after(61)
    assert (len(two), first in two) == (2, True)
    assert own_keys.signing_key().kid == first  # the new one signs only after a day
    assert first in after(61 + 29)
    assert first not in after(61 + 31)


@pytest.mark.lti(row=35)
def test_private_keys_are_sealed_at_rest(app, cast):
    from app.lti.models import Key

    own_keys.signing_key()
    row = session.scalars(select(Key)).one()
    assert '"d"' not in row.sealed
    assert "d" not in row.public


@pytest.mark.lti(row=34)
def test_canvas_gets_its_configuration(app, cast):
    told = app.test_client().get("/lti/config/canvas.json").get_json()
    assert told["public_jwk_url"] == "http://localhost/lti/jwks"
    kinds = {place["message_type"] for place in told["extensions"][0]["settings"]["placements"]}
    assert kinds == {"LtiDeepLinkingRequest"}
    assert "config/canvas.json" in cast.admin.get("/admin/lti/new?lms=canvas").get_data(as_text=True)
