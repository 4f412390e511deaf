"""Admin pages that get on by themselves: a roster on its way, and the network check."""

import pytest
from playwright.sync_api import expect

from app.core.db import session, unit_of_work
from app.sis.models import RosterImport

pytestmark = pytest.mark.browser


def signed_in(open_page, cast):
    return open_page(extra_http_headers={"Authorization": f"Bearer {cast.admin.token}"})


def change(row, **values):
    with unit_of_work():
        found = session.get(RosterImport, row.id, populate_existing=True)
        for name, value in values.items():
            setattr(found, name, value)


def test_a_roster_on_its_way_shows_how_far_it_is_without_loading_again(open_page, cast):
    with unit_of_work():
        row = RosterImport(school_id=cast.school.id, kind="oneroster", state="reading", progress=0.25)
        session.add(row)
    page = signed_in(open_page, cast)
    page.goto(f"/admin/rosters/{row.id}")
    page.evaluate("window.same = true")
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "0.25")
    change(row, progress=0.75)
    expect(bar).to_have_attribute("value", "0.75")
    change(row, state="ready", progress=1.0, summary={"counts": {"new_people": 20_000}})
    expect(page.get_by_role("button", name="Take it over")).to_be_visible()
    expect(page.get_by_text("20000")).to_be_visible()
    assert page.evaluate("window.same"), "the page was loaded anew"


@pytest.mark.usefixtures("durable")
def test_the_network_check_looks_at_everything_and_writes_a_report(open_page, cast, monkeypatch):
    monkeypatch.setattr("app.admin.reaching.ask", lambda *_asked, **_limits: None)
    page = signed_in(open_page, cast)
    page.goto("/admin/network-check")
    expect(page.locator("#network-state")).to_have_text("Everything has been looked at.", timeout=60_000)
    expect(page.locator("[data-state]:not([data-tone])")).to_have_count(0)
    for part in ("polling", "content", "storage", "cookies", "download", "upload", "clock", "worker", "wasm"):
        said = page.locator(f'[data-check="{part}"]')
        assert said.locator('[data-tone="danger"]').count() == 0, said.inner_text()
    report = page.get_by_label("Report").input_value()
    assert "Live connection (long polling): good" in report
    assert "Database: good" in report
    page.get_by_role("button", name="Copy", exact=True).focus()
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_focused()
