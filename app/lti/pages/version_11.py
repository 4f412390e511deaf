"""LTI 1.1: the address that old LMSs post to, and connecting one."""

import time

from apiflask import APIBlueprint
from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts import forms
from app.core.headers import from_elsewhere
from app.core.policy import Action
from app.core.sealing import unseal
from app.core.web import requires
from app.lti.operations import launching, nonces, upgrading
from app.lti.protocol import v11
from app.lti.protocol.problems import LtiProblem

from .launching import is_framed, let_in, own_origin
from .remembering import remember

pages = APIBlueprint("lti_version_11", __name__, enable_openapi=False)
LAUNCH = "/lti/1.1/launch"


@pages.post(LAUNCH)
@requires(Action.SEE_PUBLIC_PAGE)
@from_elsewhere
def launch() -> ResponseReturnValue:
    """A signed form: check it, use its nonce up, let the person in."""
    registration = upgrading.registration_of(request.form.get("oauth_consumer_key", ""))
    g.framed_by, g.lti_registration_id = registration.frame_origins, registration.id
    secret = unseal(registration.secret or "")
    if secret is None:
        raise LtiProblem("own_key_sealed")
    pairs = [*request.args.items(multi=True), *request.form.items(multi=True)]
    v11.check(own_origin() + LAUNCH, pairs, secret, time.time())
    nonces.use_up(registration, request.form["oauth_nonce"])
    said = v11.launch(request.form)
    arrival = launching.arrive(registration, said)
    framed = is_framed(said.document_target)
    response = let_in(arrival.account, arrival.path, registration, framed=framed, keeps_cookies=not framed)
    remember(response, arrival.path, registration, said, framed=framed)
    return response


@pages.post("/admin/lti/1.1")
@requires(Action.ADMINISTER_SCHOOL)
def connect() -> ResponseReturnValue:
    """A key and a secret for an LMS that cannot do more."""
    row, secret = upgrading.connect(g.viewer, forms.typed("name").strip(), forms.typed("address").strip())
    return render_template(
        "lti/admin/secret.html", registration=row, secret=secret, address=own_origin() + LAUNCH
    )
