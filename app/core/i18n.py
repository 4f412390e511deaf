"""Languages and times: gettext for every sentence, each person's own choice, each course's own clock."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_skeleton
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale


def init_app(app: Flask) -> None:
    """Choose a locale per request: the account's, else what the browser asks for."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=_chosen_locale)
    app.jinja_env.globals["get_locale"] = get_locale
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(in_zone=in_zone, clock_in_zone=clock_in_zone)


def zone(name: str) -> ZoneInfo:
    """A time zone by its name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def in_zone(moment: datetime, zone_name: str = "UTC") -> str:
    """“Thu 8 Jan, 08:00”, or “Do., 8. Jan., 08:00”, on the clock of a course."""
    here, locale = moment.astimezone(zone(zone_name)), get_locale() or Locale("en")
    day = format_date(here, "EEE d MMM", locale) if locale.language == "en" else _day(here, locale)
    return f"{day}, {clock_in_zone(moment, zone_name)}"


def clock_in_zone(moment: datetime, zone_name: str = "UTC") -> str:
    """“08:00” on the clock of a course."""
    return f"{moment.astimezone(zone(zone_name)):%H:%M}"


def _day(moment: datetime, locale: Locale) -> str:
    """Weekday, day and month in the order and with the dots of the language."""
    return format_skeleton("MMMEd", moment, locale=locale)


def offered() -> list[str]:
    """The interface languages of this installation."""
    return [part.strip() for part in current_app.config["SETTINGS"].locales.split(",") if part.strip()]


def _chosen_locale() -> str | None:
    if not has_request_context():
        return offered()[0]
    account = g.get("account")
    if account is not None and account.locale in offered():
        return str(account.locale)
    return request.accept_languages.best_match(offered(), offered()[0])
