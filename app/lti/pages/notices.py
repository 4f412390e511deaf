"""Where LMSs send their notices, server to server."""

import logging
from collections import Counter

from apiflask import APIBlueprint
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import BadRequest, TooLarge
from app.core.headers import from_elsewhere
from app.core.policy import Action
from app.core.web import as_json, requires
from app.lti.operations import noticing
from app.lti.protocol.notices import LARGEST, MOST, tokens_in
from app.lti.protocol.problems import LtiProblem

from .launching import NOTICES

pages = APIBlueprint("lti_notices", __name__, enable_openapi=False)
log = logging.getLogger(__name__)


@pages.post(NOTICES)
@requires(Action.SEE_PUBLIC_PAGE)
@from_elsewhere
def receive() -> ResponseReturnValue:
    """Take notices, each for itself. The answer is the same whether or not one was believed, or is news."""
    request.max_content_length = LARGEST
    tokens = tokens_in(request.get_data(cache=False))
    if tokens is None:
        raise BadRequest(_("This request could not be read."))
    if len(tokens) > MOST:
        raise TooLarge(_("This is larger than what can be taken. Nothing was stored."))
    found = Counter(_taken(token) for token in tokens)
    log.info("notices: %s", ", ".join(f"{code} {number}" for code, number in sorted(found.items())) or "none")
    return as_json({})


def _taken(token: str) -> str:
    try:
        noticing.take(token)
    except LtiProblem as problem:
        return problem.code
    return "kept"
