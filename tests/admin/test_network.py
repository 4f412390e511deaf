"""The network check: what the server says about itself, and the samples that the browser is measured with."""

import pytest

from app.admin import reaching
from app.core.db import session, unit_of_work
from app.sso.models import Provider


@pytest.fixture
def asked(monkeypatch):
    """Servers that were asked; those of ``.invalid`` do not answer."""
    servers = []

    def ask(_method, url, _reach, **_limits):
        servers.append(url)
        if ".invalid" in url:
            raise reaching.Unreachable("no_answer")

    monkeypatch.setattr(reaching, "ask", ask)
    return servers


def findings(cast):
    answer = cast.admin.get("/admin/network-check/server")
    assert answer.status_code == 200
    return answer.get_json()


def connect(cast, issuer):
    with unit_of_work():
        session.add(Provider(school_id=cast.school.id, name="One", issuer=issuer, client_id="1"))


@pytest.mark.usefixtures("durable")
def test_each_part_has_a_line_and_a_verdict(cast, asked):
    found = findings(cast)
    page = cast.admin.get("/admin/network-check").get_data(as_text=True)
    for part, one in found.items():
        assert one["verdict"] in ("good", "warning", "bad")
        assert f'data-check="{part}"' in page
    assert found["mail"]["verdict"] == "warning", "no mail server is set"
    assert found["database"]["verdict"] == "good"


def test_only_servers_of_the_school_are_asked_where_it_has_any(cast, asked):
    findings(cast)
    assert asked == [f"{reaching.NEUTRAL}/"]
    connect(cast, "https://op.example/realms/one")
    findings(cast)
    assert asked[1:] == ["https://op.example/"]


def test_a_server_that_does_not_answer_is_named(cast, asked):
    connect(cast, "https://op.example")
    connect(cast, "https://op.invalid:8443/x")
    found = findings(cast)["outgoing"]
    assert found["verdict"] == "warning"
    assert "https://op.invalid:8443: no_answer" in found["found"]


def test_a_mail_server_that_is_away_is_bad(cast, app, asked):
    app.config["SETTINGS"].mail_url = "smtp://127.0.0.1:9"
    assert findings(cast)["mail"]["verdict"] == "bad"


def test_samples_come_and_go_whole(cast):
    assert len(cast.admin.get("/admin/network-check/download").get_data()) == 2 << 20
    sent = cast.admin.post("/admin/network-check/upload", data=b"x" * 1000)
    assert sent.get_json() == {"bytes": 1000}
    much = cast.admin.post("/admin/network-check/upload", data=b"x" * (3 << 20))
    assert much.get_json() == {"bytes": 2 << 20}
