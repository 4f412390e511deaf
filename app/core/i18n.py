"""Languages: gettext for every sentence, and each person's own choice."""

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale


def init_app(app: Flask) -> None:
    """Choose a locale per request: the account's, else what the browser asks for."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=_chosen_locale)
    app.jinja_env.globals["get_locale"] = get_locale
    app.jinja_env.add_extension("jinja2.ext.i18n")


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
