"""Every refusal leaves here: problem+json (RFC 9457) for programs, one page for people."""

import logging
from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, current_app, render_template
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from .errors import BadRequest, Busy, Conflict, Problem
from .fields import field_problems
from .web import is_api

log = logging.getLogger(__name__)

SENTENCES = {
    400: _l("This request could not be read."),
    401: _l("Sign in first; what you typed is kept in this window."),
    403: _l("This is not yours to do here."),
    404: _l("This does not exist, or is not shared with you."),
    405: _l("This address does not take that kind of request."),
    413: _l("This is larger than what can be taken. Nothing was stored."),
    415: _l("This kind of content is not understood here."),
    429: _l("Too fast. Wait a moment; what you typed is kept."),
    500: _l("Something went wrong on our side. Your text is kept in this window; try again in a minute."),
}


def init_app(app: APIFlask) -> None:
    """Answer every error in one form."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, lambda e: answer(_from_http(e)))
    app.register_error_handler(HTTPError, lambda e: answer(_from_apiflask(e)))
    app.error_processor(lambda e: answer(_from_apiflask(e)))
    app.register_error_handler(IntegrityError, lambda _e: answer(_conflict()))
    app.register_error_handler(DataError, lambda _e: answer(_bad_value()))
    app.register_error_handler(OperationalError, lambda e: answer(_database(e)))
    app.register_error_handler(TimeoutError, lambda e: answer(_database(e)))
    app.register_error_handler(Exception, lambda e: answer(_unexpected(e)))


def answer(problem: Problem) -> Response:
    """The answer to a refused request."""
    if is_api():
        body: dict[str, Any] = {
            "type": f"about:blank#{problem.code}",
            "title": problem.detail,
            "status": problem.status,
            "code": problem.code,
            "detail": problem.detail,
            "errors": [error._asdict() for error in problem.errors],
        }
        response = Response(current_app.json.dumps(body), problem.status, mimetype="application/problem+json")
    elif request_ctx.url_adapter is None:  # an unusable Host: no page with links of ours can be made
        response = Response(problem.detail, problem.status, mimetype="text/plain")
    else:
        page = render_template(
            "errors/error.html", title=_title(problem), status=problem.status, sentence=problem.detail
        )
        response = Response(page, problem.status, mimetype="text/html")
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _title(problem: Problem) -> str:
    titles = {
        401: _("Sign in first"),
        403: _("Not yours to do"),
        404: _("Nothing here"),
        429: _("A moment, please"),
        500: _("That went wrong"),
    }
    return titles.get(problem.status, _("This did not work"))


def _from_http(error: HTTPException) -> Problem:
    status = error.code or 500
    problem = Problem(str(SENTENCES.get(status, SENTENCES[400])), f"http_{status}")
    problem.status = status
    if status == 429:
        problem.code, problem.retry_after = "too_many", 20
    return problem


def _from_apiflask(error: HTTPError) -> Problem:
    """APIFlask refuses what a schema does not allow; the schema's own error says which fields."""
    if error.status_code != 422:
        problem = Problem(str(SENTENCES.get(error.status_code, SENTENCES[400])), f"http_{error.status_code}")
        problem.status = error.status_code
        return problem
    cause = error.__cause__
    fields = field_problems(cause) if isinstance(cause, ValidationError) else []
    problem = BadRequest(_("Some fields need another look; nothing was stored."), "invalid", fields)
    problem.status = 422
    return problem


def _conflict() -> Problem:
    return Conflict(_("Somebody else changed this at the same moment. Reload and try again."), "raced")


def _bad_value() -> Problem:
    problem = BadRequest(_("A value is outside of what can be stored."), "bad_value")
    problem.status = 422
    return problem


def _database(error: Exception) -> Problem:
    log.error("database: %s", error)
    return Busy(
        _("The server is busy. Your text is kept in this window and is sent again by itself."),
        "busy",
        retry_after=5,
    )


def _unexpected(error: Exception) -> Problem:
    log.exception("unexpected error", exc_info=error)
    problem = Problem(str(SENTENCES[500]), "unexpected")
    problem.status = 500
    return problem
