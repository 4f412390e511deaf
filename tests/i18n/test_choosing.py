"""Choosing a language, and what it changes: words, dates, the page's own statement of it."""

from datetime import UTC, datetime

import pytest
from flask_babel import force_locale, get_babel, refresh

from app.core.i18n import in_zone


@pytest.fixture
def app(app):
    """The application with the languages that it is shipped with."""
    app.config["SETTINGS"].locales = "en,de"
    get_babel(app).translation_directories = [f"{app.root_path}/translations"]
    return app


def test_the_account_chooses_the_language_of_every_page(cast):
    assert '<html lang="en" dir="ltr">' in cast.ana.get("/").text
    cast.ana.post("/account", data={"name": "Ana Pires", "locale": "de", "email": ""})
    refresh()  # the requests of a test share a context, and with it the locale
    page = cast.ana.get("/").text
    assert '<html lang="de" dir="ltr">' in page
    assert "Zu tun" in page


def test_before_signing_in_the_browser_chooses(app):
    page = app.test_client().get("/sign-in", headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}).text
    assert '<html lang="de" dir="ltr">' in page


def test_dates_are_written_as_the_language_does_on_the_courses_clock(app):
    moment = datetime(2026, 1, 8, 23, 30, tzinfo=UTC)
    with app.test_request_context("/"):
        with force_locale("en"):
            assert in_zone(moment, "Europe/Berlin") == "Fri 9 Jan, 00:30"
        with force_locale("de"):
            assert in_zone(moment, "Europe/Berlin") == "Fr., 9. Jan., 00:30"
