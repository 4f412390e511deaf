"""Whether everything is as it should be: what `flask doctor` says, on a page."""

from apiflask import APIBlueprint
from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app.core.policy import Action
from app.core.web import requires
from app.upkeep.operations import examining
from app.upkeep.operations.notes import read_note

pages = APIBlueprint("admin_health", __name__, enable_openapi=False, url_prefix="/admin/health")


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def show() -> ResponseReturnValue:
    """Every finding, what is wrong first."""
    settings = current_app.config["SETTINGS"]
    engine = current_app.extensions["foreword.engine"]
    findings = examining.examine(engine, settings)
    order = {"bad": 0, "warning": 1, "good": 2}
    return render_template(
        "admin/health.html",
        findings=sorted(findings, key=lambda one: order[one.verdict]),
        backup=read_note(settings.backup_note),
        is_nightly=settings.backups_kept and not settings.demo,
    )
