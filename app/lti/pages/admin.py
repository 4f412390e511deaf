"""The admin's pages of the connections to LMSs."""

from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.db import session
from app.core.errors import Invalid, Problem
from app.core.policy import Action
from app.core.web import requires
from app.lti.guides import guide_for, guides
from app.lti.models import Registration
from app.lti.operations import own_keys, probing, registering
from app.lti.queries import (
    deployment_or_404,
    number_of_contexts,
    registration_or_404,
    registrations_of,
    steps_of,
)
from app.lti.wording import finding_sentence

from .launching import own_origin

pages = APIBlueprint("lti_admin", __name__, enable_openapi=False, url_prefix="/admin/lti")

STATES = frozenset({"active", "disabled"})


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def overview() -> ResponseReturnValue:
    """Every LMS of the school, and ways to connect one more."""
    rows = list(session.scalars(registrations_of(g.viewer.school_id)))
    return render_template("lti/admin/overview.html", registrations=rows, guides=guides())


@pages.get("/new")
@requires(Action.ADMINISTER_SCHOOL)
def new_page() -> ResponseReturnValue:
    """The form, with the words that the chosen LMS uses."""
    return render_template("lti/admin/form.html", errors={}, values={}, **_form(request.args.get("lms", "")))


def _form(lms: str) -> dict[str, Any]:
    return {"guide": guide_for(lms), "origin": own_origin(), "registration": None}


@pages.post("")
@requires(Action.ADMINISTER_SCHOOL)
def register() -> ResponseReturnValue:
    """Connect an LMS."""
    try:
        made = registering.register(g.viewer, request.form)
    except Problem as problem:
        lms = forms.typed("platform")
        return forms.again("lti/admin/form.html", problem, values=request.form, **_form(lms))
    flash(_("The LMS is connected. Open a link in a course there to see whether it works."), "solved")
    return redirect(f"/admin/lti/{made.id}", 303)


@pages.get("/<registration_id>")
@requires(Action.ADMINISTER_SCHOOL, load=registration_or_404)
def details(registration_id: str) -> ResponseReturnValue:
    """One connection: what works, what is missing, and its values."""
    return render_template("lti/admin/details.html", errors={}, **_details(g.thing))


def _details(registration: Registration) -> dict[str, Any]:
    values = {name: getattr(registration, name) for name in registering.FIELDS}
    return {
        "registration": registration,
        "values": values | {"name": registration.name, "token_audience": registration.token_audience},
        "guide": guide_for(registration.platform),
        "origin": own_origin(),
        "courses": number_of_contexts(registration.id),
        "steps": steps_of(registration),
    }


@pages.post("/<registration_id>")
@requires(Action.ADMINISTER_SCHOOL, load=registration_or_404)
def change(registration_id: str) -> ResponseReturnValue:
    """Correct its values."""
    try:
        registering.change(g.viewer, g.thing, request.form)
    except Problem as problem:
        return forms.again("lti/admin/details.html", problem, **_details(g.thing) | {"values": request.form})
    return _done(registration_id, _("Kept."))


@pages.post("/<registration_id>/test")
@requires(Action.ADMINISTER_SCHOOL, load=registration_or_404)
def test_connection(registration_id: str) -> ResponseReturnValue:
    """Fetch the LMS's keys and ask it for a token, and say which value to look at where that fails."""
    own_keys.signing_key()
    found = [(each, finding_sentence(each.field, each.problem)) for each in probing.probe(g.thing)]
    return render_template("lti/admin/details.html", errors={}, findings=found, **_details(g.thing))


@pages.post("/<registration_id>/state")
@requires(Action.ADMINISTER_SCHOOL, load=registration_or_404)
def set_state(registration_id: str) -> ResponseReturnValue:
    """Approve it, or switch it off or on."""
    state = forms.typed("value")
    if state not in STATES:
        raise Invalid(_("Choose on or off."), "state", "/value")
    registering.set_state(g.viewer, g.thing, state)
    return _done(registration_id, _("Kept."))


@pages.post("/<registration_id>/deployments/<deployment_id>")
@requires(Action.ADMINISTER_SCHOOL, load=registration_or_404)
def decide(registration_id: str, deployment_id: str) -> ResponseReturnValue:
    """Let a deployment in, or refuse it."""
    state = "active" if forms.typed("value") == "active" else "refused"
    deployment = deployment_or_404(registration_id, deployment_id)
    registering.decide(g.viewer, g.thing, deployment, state)
    return _done(registration_id, _("Kept."))


def _done(registration_id: str, sentence: str) -> ResponseReturnValue:
    flash(sentence, "solved")
    return redirect(f"/admin/lti/{registration_id}", 303)
