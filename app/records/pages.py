"""The school's store of learning records, for its admins."""

from typing import Any

from apiflask import APIBlueprint
from flask import Flask, current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.errors import Problem
from app.core.hosts import origin_of
from app.core.policy import Action
from app.core.web import requires

from . import queries, wording
from .models import KINDS, RecordEndpoint
from .operations import sending, settings

pages = APIBlueprint("records_admin", __name__, enable_openapi=False, url_prefix="/admin/records")
BLUEPRINTS = (pages,)
FIELDS = ("kind", "url", "auth", "username", "names", "texts")


def init_app(app: Flask) -> None:
    """Let the page say in words why records do not arrive."""
    app.add_template_filter(wording.problem, "record_problem")


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def show() -> ResponseReturnValue:
    """The store, how records to it stand, and the form."""
    endpoint = queries.endpoint_of(g.viewer.school_id)
    return render_template("records/settings.html", errors={}, **_context(endpoint, _values(endpoint)))


def _values(endpoint: RecordEndpoint | None) -> dict[str, Any]:
    if endpoint is None:
        return {"kind": "xapi", "auth": "basic"} | {f"send_{each}": True for each in KINDS}
    return {name: getattr(endpoint, name) for name in FIELDS} | {
        f"send_{each}": True for each in endpoint.sends
    }


def _context(endpoint: RecordEndpoint | None, values: Any) -> dict[str, Any]:
    return {
        "endpoint": endpoint,
        "values": values,
        "kinds": wording.kinds(),
        "standing": queries.standing(endpoint) if endpoint else None,
        "quiet_until": sending.quiet_for(endpoint) if endpoint else None,
    }


@pages.post("")
@requires(Action.ADMINISTER_SCHOOL)
def keep() -> ResponseReturnValue:
    """Enter or change the store."""
    home = origin_of(current_app.config["SETTINGS"].base_url) or request.host_url.rstrip("/")
    try:
        settings.keep(g.viewer, request.form, home)
    except Problem as problem:
        endpoint = queries.endpoint_of(g.viewer.school_id)
        return forms.again("records/settings.html", problem, **_context(endpoint, request.form))
    return _back(_("Kept."))


@pages.post("/<endpoint_id>/state")
@requires(Action.ADMINISTER_SCHOOL, load=queries.endpoint_or_404)
def switch(endpoint_id: str) -> ResponseReturnValue:
    """Switch sending on or off."""
    settings.switch(g.viewer, g.thing, forms.typed("value"))
    return _back(_("Kept."))


@pages.post("/<endpoint_id>/test")
@requires(Action.ADMINISTER_SCHOOL, load=queries.endpoint_or_404)
def send_test_record(endpoint_id: str) -> ResponseReturnValue:
    """Send one record about nobody."""
    verdict = settings.probe(g.thing)
    if verdict.outcome == "sent":
        return _back(_("The store took a test record."))
    return _back(wording.problem(verdict.problem), "danger")


@pages.post("/<endpoint_id>/again")
@requires(Action.ADMINISTER_SCHOOL, load=queries.endpoint_or_404)
def again(endpoint_id: str) -> ResponseReturnValue:
    """Send what waits or was refused, without waiting any longer."""
    settings.send_now(g.viewer, g.thing)
    return _back(_("It is on its way."))


def _back(words: str, tone: str = "solved") -> ResponseReturnValue:
    flash(words, tone)
    return redirect("/admin/records", 303)
