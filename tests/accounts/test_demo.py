"""Demo sign-in links: for whoever sits at this very machine, and nobody else."""

import pytest

from app.accounts import demo_links

from .browser import Browser


@pytest.fixture
def link(app, cast, monkeypatch) -> str:
    monkeypatch.setattr(app.config["SETTINGS"], "demo", True)
    return f"/demo/{demo_links.write([cast.ana.id])[cast.ana.id]}"


def test_opening_a_link_shows_one_button_and_pressing_it_signs_in(app, link):
    here = Browser(app, address="127.0.0.1")
    assert "Ana Pires" in here.get(link).get_data(as_text=True)
    assert not here.is_signed_in
    assert here.send(link).status_code == 303
    assert here.get("/api/v1/me").get_json()["name"] == "Ana Pires"


def test_a_link_works_from_no_other_machine(app, link):
    assert Browser(app, address="192.168.1.7").get(link).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Real-IP"])
def test_a_link_works_through_no_proxy(app, link, header):
    here = Browser(app, address="127.0.0.1")
    assert here.get(link, headers={header: "10.0.0.1"}).status_code == 404


@pytest.mark.parametrize("change", [{"demo": False}, {"production": True}])
def test_a_link_works_only_in_a_demo(app, link, monkeypatch, change):
    for name, value in change.items():
        monkeypatch.setattr(app.config["SETTINGS"], name, value)
    assert Browser(app, address="127.0.0.1").get(link).status_code == 404


def test_links_of_an_earlier_start_are_dead(app, cast, link):
    demo_links.write([cast.bob.id])
    assert Browser(app, address="127.0.0.1").get(link).status_code == 404
    assert Browser(app, address="127.0.0.1").get("/demo/ünknown").status_code == 404
