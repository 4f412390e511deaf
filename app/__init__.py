"""Foreword, the web application. ``create_app`` reads like a table of contents."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.accounts.identify import signed_in_account
from app.config import Settings, load_settings
from app.core import (
    audit,
    changes,
    commands,
    compress,
    db,
    headers,
    i18n,
    idempotency,
    jobs,
    limits,
    logs,
    operation,
    problems,
    shell,
    storage,
    text,
)
from app.core.web import Foreword
from app.courses.queries import viewer_of

# Parts of core that bring tables; named, so that every table is known before the first query.
TABLES_OF_CORE = (audit, changes, idempotency, storage)

# From the ground up; each may import only those before it (checked by import-linter).
FEATURES = (
    "accounts",
    "courses",
    "documents",
    "assignments",
    "annotations",
    "questions",
    "activity",
    "scores",
    "calibration",
    "reports",
    "engagement",
    "plans",
    "records",
    "notifications",
    "live",
    "reader",
    "home",
    "lti",
    "sis",
    "sso",
    "demo",
    "upkeep",
    "admin",
)
# What a feature may bring, in the order in which it is loaded.
PARTS = ("models", "subscribers", "jobs", "commands", "routes", "pages")


def create_app(settings: Settings | None = None, *, testing: bool = False) -> Foreword:
    """Build the application: settings, core, features."""
    settings = settings or load_settings()
    app = Foreword(
        __name__,
        title="Foreword",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path="/api/v1/docs",
    )
    app.testing = testing
    app.config.update(flask_config(settings))
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # the way Werkzeug documents it

    logs.init_app(app)
    text.init_app(app)
    i18n.init_app(app)
    limits.init_app(app)
    db.init_app(app, settings.database_url)
    storage.init_app(app, settings.storage_url, settings.secret_key)
    headers.init_app(app)
    shell.init_app(app)
    compress.init_app(app)
    _identify_everybody(app)
    features = _load_features()
    jobs.init_app(app, settings.redis_url, str(settings.instance / "queue.db"))
    _register(app, features)
    operation.init_app(app)
    commands.init_app(app)
    problems.init_app(app)
    return app


def flask_config(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions read of our settings."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "foreword_form",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.base_url.startswith("https"),
        "MAX_CONTENT_LENGTH": (settings.max_upload_mb + 1) << 20,
        "MAX_FORM_MEMORY_SIZE": 2 << 20,
        "OPENAPI_VERSION": "3.1.0",
        "SYNC_LOCAL_SPEC": False,
        "VALIDATION_ERROR_DESCRIPTION": "Some fields need another look.",
    }


def _load_features() -> list[Any]:
    """Import every part that each feature brings; the same names everywhere."""
    return [
        import_module(f"app.{feature}.{part}")
        for feature in FEATURES
        for part in PARTS
        if find_spec(f"app.{feature}.{part}")
    ]


def _register(app: Foreword, parts: list[Any]) -> None:
    for part in parts:
        for blueprint in getattr(part, "BLUEPRINTS", ()):
            app.register_blueprint(blueprint)
        for command in getattr(part, "COMMANDS", ()):
            app.cli.add_command(command)
        if hasattr(part, "init_app"):
            part.init_app(app)


def _identify_everybody(app: Flask) -> None:
    """Before anything else, know who asks; then check that a form is really ours."""

    @app.before_request
    def _identify() -> None:
        account = None if request.path.startswith(("/static/", "/content/")) else signed_in_account(request)
        g.account = account
        g.viewer = viewer_of(account)
        headers.check_csrf()
