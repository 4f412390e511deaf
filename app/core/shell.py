"""What the frame of every page needs: who is signed in, where things are, and which language it speaks."""

from typing import Any

from flask import Flask, current_app, g
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from . import assets
from .markdown import excerpt, render
from .policy import NOBODY


def init_app(app: Flask) -> None:
    """Give templates the built files and the frame's data."""
    assets.init_app(app)
    app.context_processor(_frame)
    app.jinja_env.filters["markdown"] = lambda text: Markup(render(text))  # noqa: S704  # render has made it safe
    app.jinja_env.filters["excerpt"] = excerpt


def _frame() -> dict[str, Any]:
    locale = get_locale()
    return {
        "page_locale": str(locale).replace("_", "-") if locale else "en",
        "page_direction": "rtl" if locale and locale.text_direction == "rtl" else "ltr",
        "shell": _shell(),
    }


def _shell() -> dict[str, Any]:
    viewer = g.get("viewer", NOBODY)
    shell: dict[str, Any] = {"home": "/", "help": "/help", "footer": [{"label": _("Help"), "href": "/help"}]}
    if not viewer.is_known:
        return shell | {"sign_in": "/sign-in"}
    teaches = any(viewer.is_staff_of(course_id) for course_id in viewer.memberships)
    links = [{"label": _("Your account"), "href": "/account", "icon": "settings"}]
    if viewer.is_admin:
        links.append({"label": _("School"), "href": "/admin", "icon": "school"})
    return shell | {
        "person": {"name": viewer.name, "teacher": teaches},
        "links": links,
        "sign_out": "/sign-out",
        "banners": _banners() if viewer.is_admin else [],
    }


def _banners() -> list[str]:
    if current_app.config["SETTINGS"].mail_url or current_app.config["SETTINGS"].demo:
        return []
    return [_("Mail is not set up: messages are written to the log. Set FOREWORD_MAIL_URL.")]
