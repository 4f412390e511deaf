"""Forms on pages: what was typed, and what is not right yet, beside the field it is about."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.errors import Problem, TooMany


def typed(name: str) -> str:
    """What was typed into a field; empty if it is missing."""
    return request.form.get(name, "")


def sentences(problem: Problem) -> dict[str, str]:
    """Field name to sentence; an empty name for what concerns the whole form."""
    return {error.pointer.strip("/"): error.detail for error in problem.errors} or {"": problem.detail}


def again(template: str, problem: Problem, **context: Any) -> ResponseReturnValue:
    """Show the form again with what is not right; the unit of work is undone."""
    page = render_template(template, errors=sentences(problem), **context)
    headers = {"Retry-After": str(problem.retry_after)} if isinstance(problem, TooMany) else {}
    return page, problem.status, headers


def attempt(deed: Callable[[], Any]) -> Problem | None:
    """Do it; returns what was wrong with what was typed, if anything."""
    try:
        deed()
    except Problem as problem:
        return problem
    return None
