"""Rosters, for admins: upload, look at what would change, take over."""

from typing import Any

from apiflask import APIBlueprint
from flask import Flask, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.db import session
from app.core.errors import Invalid, Problem
from app.core.policy import Action
from app.core.web import requires

from . import queries, spreadsheet, wording
from .models import RosterImport
from .operations import connecting, uploading

pages = APIBlueprint("sis", __name__, enable_openapi=False, url_prefix="/admin/rosters")
BLUEPRINTS = [pages]
SHOWN = 50


def init_app(app: Flask) -> None:
    """Let pages say in words how far an import is and what is wrong with it."""
    app.add_template_filter(wording.state, "roster_state")
    app.add_template_filter(wording.skipped, "roster_skipped")
    app.add_template_global(wording.issue, "roster_issue")


def _overview(**more: Any) -> dict[str, Any]:
    rows = list(session.scalars(queries.imports(g.viewer.school_id).limit(SHOWN)))
    service = connecting.service_of(g.viewer.school_id)
    return {"imports": rows, "service": service, "typed": request.form if request.form else service, **more}


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def overview() -> ResponseReturnValue:
    """Every import, and the form for the next."""
    return render_template("sis/overview.html", errors={}, **_overview())


@pages.post("")
@requires(Action.ADMINISTER_SCHOOL)
def upload() -> ResponseReturnValue:
    """Take a file in."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise Invalid(_("Choose a file."), "no_file", "/file")
        matching = bool(forms.typed("match_email"))
        row = uploading.upload(g.viewer, file.stream, file.filename, match_email=matching)
    except Problem as problem:
        return forms.again("sis/overview.html", problem, **_overview())
    return redirect(f"/admin/rosters/{row.id}", 303)


@pages.post("/service")
@requires(Action.ADMINISTER_SCHOOL)
def connect() -> ResponseReturnValue:
    """Enter a OneRoster service, or correct it."""
    try:
        connecting.connect(g.viewer, request.form)
    except Problem as problem:
        return forms.again("sis/overview.html", problem, **_overview())
    flash(_("Kept."), "solved")
    return redirect("/admin/rosters", 303)


@pages.post("/service/ask")
@requires(Action.ADMINISTER_SCHOOL)
def ask() -> ResponseReturnValue:
    """Have the service asked now."""
    connecting.ask_now(g.viewer)
    flash(_("The service is being asked. What it says stands below in a moment."), "solved")
    return redirect("/admin/rosters", 303)


@pages.post("/service/remove")
@requires(Action.ADMINISTER_SCHOOL)
def disconnect() -> ResponseReturnValue:
    """Forget the service."""
    connecting.disconnect(g.viewer)
    flash(_("The service is forgotten; what it brought stays."), "solved")
    return redirect("/admin/rosters", 303)


@pages.get("/<import_id>")
@requires(Action.ADMINISTER_SCHOOL, load=queries.import_or_404)
def show(import_id: str) -> ResponseReturnValue:
    """One import: its columns, how far it is, what it would change or has changed."""
    return render_template("sis/import.html", errors={}, **_import(g.thing))


def _import(row: RosterImport) -> dict[str, Any]:
    found: dict[str, Any] = {"row": row, "fields": spreadsheet.FIELDS, "shape": None, "chosen": {}}
    if row.state == "mapping" and row.file is not None:
        shape = uploading.shape_of(row.file)
        found |= {"shape": shape, "chosen": request.form.to_dict() or shape.guess()}
    return found


@pages.post("/<import_id>/columns")
@requires(Action.ADMINISTER_SCHOOL, load=queries.import_or_404)
def name_columns(import_id: str) -> ResponseReturnValue:
    """Say which column is what."""
    try:
        uploading.name_columns(g.viewer, g.thing, request.form, complete=bool(forms.typed("complete")))
    except Problem as problem:
        return forms.again("sis/import.html", problem, **_import(g.thing))
    return redirect(f"/admin/rosters/{import_id}", 303)


@pages.post("/<import_id>/apply")
@requires(Action.ADMINISTER_SCHOOL, load=queries.import_or_404)
def apply(import_id: str) -> ResponseReturnValue:
    """Take the roster over."""
    try:
        uploading.confirm(g.viewer, g.thing, sure=bool(forms.typed("sure")))
    except Invalid as problem:
        return forms.again("sis/import.html", problem, **_import(g.thing))
    flash(_("It is taken over now. You may leave this page."), "solved")
    return redirect(f"/admin/rosters/{import_id}", 303)


@pages.post("/<import_id>/drop")
@requires(Action.ADMINISTER_SCHOOL, load=queries.import_or_404)
def drop(import_id: str) -> ResponseReturnValue:
    """Forget an upload."""
    uploading.drop(g.viewer, g.thing)
    flash(_("The upload is dropped; nothing was changed."), "solved")
    return redirect("/admin/rosters", 303)
