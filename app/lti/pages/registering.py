"""The page that an LMS opens in its own window to register us (dynamic registration)."""

from apiflask import APIBlueprint
from flask import flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.hosts import origin_of
from app.core.policy import Action
from app.core.web import requires
from app.lti.operations import inviting
from app.lti.queries import registration_or_404

from .launching import own_origin

pages = APIBlueprint("lti_registering", __name__, enable_openapi=False)


@pages.post("/admin/lti/invitations")
@requires(Action.ADMINISTER_SCHOOL)
def invite() -> ResponseReturnValue:
    """A one-time link for the LMS's own registration page."""
    return _shown(inviting.invite(g.viewer))


@pages.post("/admin/lti/<registration_id>/invitations")
@requires(Action.ADMINISTER_SCHOOL, load=registration_or_404)
def invite_again(registration_id: str) -> ResponseReturnValue:
    """A one-time link with which an LMS that is connected brings its values up to date."""
    return _shown(inviting.invite(g.viewer, g.thing))


def _shown(token: str) -> str:
    flash(_("The link works once, for seven days."), "solved")
    return render_template("lti/admin/invitation.html", link=f"{own_origin()}/lti/register/{token}")


@pages.get("/lti/register/<token>")
@requires(Action.SEE_PUBLIC_PAGE)
def register(token: str) -> ResponseReturnValue:
    """The LMS opened the link: register there, then close its window."""
    configuration_url = request.args.get("openid_configuration", "")
    g.framed_by = origin_of(configuration_url)
    if not configuration_url:
        inviting.open_invitation(token)
        return render_template("lti/register_how.html")
    row = inviting.accept(token, configuration_url, request.args.get("registration_token", ""), own_origin())
    g.framed_by = row.frame_origins
    return render_template(
        "lti/registered.html", registration=row, page={"origin": origin_of(configuration_url)}
    )
