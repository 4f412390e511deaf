"""What every route shares: who asks, may they, one unit of work, and clear refusals."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import orjson
from apiflask import APIFlask
from flask import Request, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as BaseResponse

from . import idempotency, policy
from .db import unit_of_work
from .errors import Forbidden, NotFound, Unauthorized
from .policy import Action

P = ParamSpec("P")
R = TypeVar("R")
OPEN_TO_STRANGERS = {Action.SEE_PUBLIC_PAGE, Action.SIGN_IN}
SIGN_IN_FIRST = lazy_gettext("Sign in first; what you typed is kept in this window.")


class ForewordRequest(Request):
    """A request whose parts are bounded before anything reads them."""

    max_form_parts = 1000


class Foreword(APIFlask):
    """Flask, with one unit of work around each view, committed before the answer leaves."""

    request_class = ForewordRequest

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view and commit; a failing commit is still a clean error, a raced key a replay."""
        try:
            return self._answered_or_replayed()
        except idempotency.Raced:
            return self._answered_or_replayed()

    def _answered_or_replayed(self) -> Response:
        try:
            return self._answered()
        except idempotency.Replayed as replayed:
            return replayed.response

    def _answered(self) -> Response:
        with unit_of_work() as work:
            response: Response = self.make_response(super().dispatch_request())
            if response.status_code >= 400:
                work.rollback()
            else:
                idempotency.keep(response)
        return response


def requires(
    action: Action, load: Callable[..., Any] | None = None, see: Action | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a route needs.

    ``load`` fetches the thing it is about (path arguments in) into ``g.thing``.

    Who may not even see the thing (``see``, else the action itself for reading) gets 404, as if it were
    absent; who may see but not do gets 403; who is not signed in gets 401.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            thing = g.thing = _loaded(action, load) if load else None
            _check(action, see, thing)
            idempotency.replay()
            return view(*args, **kwargs)

        guarded.requires = action  # type: ignore[attr-defined]  # read by the architecture tests
        return guarded

    return decorate


def _loaded(action: Action, load: Callable[..., Any]) -> Any:
    """The thing that is asked for. A stranger does not learn whether it is there, only to sign in."""
    try:
        return load(**(request.view_args or {}))
    except NotFound as missing:
        if g.viewer.is_known or action in OPEN_TO_STRANGERS:
            raise
        raise Unauthorized(str(SIGN_IN_FIRST)) from missing


def _check(action: Action, see: Action | None, thing: Any) -> None:
    viewer: policy.Viewer = g.viewer
    if policy.allows(viewer, action, thing):
        return
    if not viewer.is_known:
        raise Unauthorized(str(SIGN_IN_FIRST))
    if thing is not None and not (see and policy.allows(viewer, see, thing)):
        raise NotFound(_("This does not exist, or is not shared with you."))
    raise Forbidden(_("This is not yours to do here. Ask the teacher of the course."))


def is_api() -> bool:
    """Is a program asking (JSON) rather than a person (pages)?"""
    return request.path.startswith("/api/")


def back_to(default: str) -> BaseResponse:
    """Redirect to the own path in ``next``, or to a default; never to another host."""
    return redirect(own_path(request.values.get("next", ""), default), 303)


def own_path(wanted: str, default: str) -> str:
    """A path of ours that somebody asked to go to, or the default; never an address of another host."""
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if safe else default


def as_json(value: Any, status: int = 200) -> Response:
    """An answer built from plain values, without asking a schema to check what we made ourselves."""
    return Response(orjson.dumps(value, option=orjson.OPT_UTC_Z), status, mimetype="application/json")
