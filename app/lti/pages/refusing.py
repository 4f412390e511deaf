"""The page of a launch that was refused: what happened, what to do, and a number to find it in the log."""

import logging
import secrets

from flask import Response, g, render_template
from sqlalchemy import update

from app.core.db import independent_work, session
from app.core.ids import now
from app.lti.models import Registration
from app.lti.protocol.problems import LtiProblem
from app.lti.wording import said

CONNECTION = ("key", "token", "deployment", "message", "platform_said")
log = logging.getLogger(__name__)


def refused(problem: LtiProblem) -> Response:
    """Say it in words; the log gets code and number, no names and no tokens.

    The page shows in the LMS's frame. Where the LMS is not known, any site may frame it: it holds one sentence and
    no button, so there is nothing on it to trick anybody into.
    """
    number = secrets.token_hex(4)
    log.warning("launch %s refused: %s (%s)", number, problem.code, problem.detail)
    _note(problem)
    status, sentence = said(problem.code)
    g.framed_by = g.get("framed_by") or "*"
    page = render_template("lti/refused.html", sentence=sentence, code=problem.code, number=number)
    return Response(page, status, mimetype="text/html")


def _note(problem: LtiProblem) -> None:
    """Let the admin's page name what went wrong last, where it says something about the connection."""
    registration_id = g.get("lti_registration_id")
    if registration_id and problem.code.startswith(CONNECTION):
        with independent_work():
            session.execute(
                update(Registration)
                .where(Registration.id == registration_id)
                .values(problem=problem.code, problem_at=now())
            )
