"""The pages of the connection to LMSs, and the addresses that LMSs call."""

from flask import Flask

from app.lti.protocol.problems import LtiProblem
from app.lti.queries import has_lms, lms_names, own_passbacks
from app.lti.wording import own_passback_sentence

from . import (
    admin,
    course,
    launching,
    links,
    notices,
    picking,
    refusing,
    registering,
    remembering,
    version_11,
    work,
)

BLUEPRINTS = [
    launching.pages,
    links.pages,
    course.pages,
    work.pages,
    picking.pages,
    registering.pages,
    version_11.pages,
    notices.pages,
    admin.pages,
]


def own_lms_states(assignment_id: str, account_id: str) -> list[tuple[str, object]]:
    """What became of a student's own grade in each LMS, in words, and when it arrived."""
    return [(own_passback_sentence(row), row.sent_at) for row in own_passbacks(assignment_id, account_id)]


def init_app(app: Flask) -> None:
    """Refuse what cannot be believed with a page, wherever that shows; let course pages know of their LMS."""
    app.register_error_handler(LtiProblem, refusing.refused)
    app.after_request(remembering.forget_at_sign_out)
    app.jinja_env.globals.update(
        has_lms=has_lms,
        lms_names=lms_names,
        own_lms_states=own_lms_states,
        came_from=remembering.came_from,
    )
