"""The school's providers, for its admins."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint
from flask import flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import forms
from app.core.db import session
from app.core.errors import Problem
from app.core.policy import Action
from app.core.web import requires
from app.sso.models import Provider
from app.sso.operations import registering, registering_saml
from app.sso.presets import preset_of, presets
from app.sso.queries import provider_or_404, providers_of
from app.sso.saml import is_installed

from . import saml_form
from .going import redirect_uri

pages = APIBlueprint("sso_admin", __name__, enable_openapi=False, url_prefix="/admin/sign-on")

FIELDS = (
    "name",
    "issuer",
    "client_id",
    "domains",
    "trusts_email",
    "adds_people",
    "role_claim",
    "teacher_values",
)


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def overview() -> ResponseReturnValue:
    """Every provider of the school, and ways to connect one more."""
    rows = list(session.scalars(providers_of(g.viewer.school_id)))
    return render_template(
        "sso/overview.html", providers=rows, presets=presets(), saml_is_installed=is_installed()
    )


@pages.get("/new")
@requires(Action.ADMINISTER_SCHOOL)
def new_page() -> ResponseReturnValue:
    """The form, with what is known of the chosen kind."""
    preset = preset_of(request.args.get("kind", ""))
    values = {"issuer": preset.issuer, "adds_people": True, "role_claim": preset.role_claim}
    return render_template(_template(preset.code), errors={}, **_form(preset.code, values))


def _template(kind: str) -> str:
    return "sso/saml.html" if preset_of(kind).protocol == "saml" else "sso/form.html"


def _form(kind: str, values: Any, provider: Provider | None = None) -> dict[str, Any]:
    """What the form of that kind of provider shows."""
    if preset_of(kind).protocol == "saml":
        return saml_form.shown(preset_of(kind), values, provider)
    return {
        "preset": preset_of(kind),
        "values": values,
        "provider": provider,
        "redirect_uri": redirect_uri(),
    }


@pages.post("")
@requires(Action.ADMINISTER_SCHOOL)
def register() -> ResponseReturnValue:
    """Enter a provider."""
    kind = forms.typed("preset")
    try:
        if preset_of(kind).protocol == "saml":
            return _entered_saml(registering_saml.register(g.viewer, preset_of(kind), request.form))
        made = registering.register(g.viewer, request.form)
    except Problem as problem:
        return forms.again(_template(kind), problem, **_form(kind, request.form))
    flash(_("It is connected. Sign out and try the new button on the sign-in page."), "solved")
    return redirect(f"/admin/sign-on/{made.id}", 303)


def _entered_saml(made: Provider) -> ResponseReturnValue:
    flash(_("Now give the provider our values, and enter its metadata."), "solved")
    return redirect(f"/admin/sign-on/{made.id}", 303)


@pages.get("/<provider_id>")
@requires(Action.ADMINISTER_SCHOOL, load=provider_or_404)
def details(provider_id: str) -> ResponseReturnValue:
    """One provider and its values."""
    names = (*FIELDS, *saml_form.FIELDS)
    values = {name: getattr(g.thing, name) for name in names} | saml_form.attributes(g.thing)
    return render_template(_template(g.thing.preset), errors={}, **_form(g.thing.preset, values, g.thing))


@pages.post("/<provider_id>")
@requires(Action.ADMINISTER_SCHOOL, load=provider_or_404)
def change(provider_id: str) -> ResponseReturnValue:
    """Correct its values."""
    try:
        change_of(g.thing)(g.viewer, g.thing, request.form)
    except Problem as problem:
        return forms.again(_template(g.thing.preset), problem, **_form(g.thing.preset, request.form, g.thing))
    return _done(provider_id)


def change_of(provider: Provider) -> Callable[..., None]:
    """The verb that takes over the form of a provider."""
    return registering_saml.change if provider.protocol == "saml" else registering.change


@pages.post("/<provider_id>/state")
@requires(Action.ADMINISTER_SCHOOL, load=provider_or_404)
def set_state(provider_id: str) -> ResponseReturnValue:
    """Switch it on or off."""
    try:
        registering.set_state(g.viewer, g.thing, forms.typed("value"))
    except Problem as problem:
        flash(problem.detail, "question")
        return redirect(f"/admin/sign-on/{provider_id}", 303)
    return _done(provider_id)


def _done(provider_id: str) -> ResponseReturnValue:
    flash(_("Kept."), "solved")
    return redirect(f"/admin/sign-on/{provider_id}", 303)
