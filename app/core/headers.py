"""Security headers, CSRF, and the wall between our pages and other people's bytes."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFProtect

from .errors import BadRequest, NotFound
from .storage import content_origin, is_content_host

csrf = CSRFProtect()
_SAFE = {"GET", "HEAD", "OPTIONS"}
_FRAME_SESSION = "__Host-foreword_form"
V = TypeVar("V", bound=Callable[..., Any])


class FormSession(SecureCookieSessionInterface):
    """The cookie behind forms. In another site's frame it is one that browsers keep apart for that site."""

    def get_cookie_name(self, app: Flask) -> str:
        """Beside a frame's sign-in there is a frame's form cookie."""
        return _FRAME_SESSION if _is_framed() else super().get_cookie_name(app)

    def get_cookie_samesite(self, app: Flask) -> str | None:
        """A frame of another site gets none of our Lax cookies."""
        return "None" if _is_framed() else super().get_cookie_samesite(app)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Browsers keep a frame's cookie only if it is Secure."""
        return _is_framed() or super().get_cookie_secure(app)

    def get_cookie_partitioned(self, app: Flask) -> bool:
        """One jar for each site that frames us."""
        return _is_framed() or super().get_cookie_partitioned(app)


def _is_framed() -> bool:
    return "__Host-foreword" in request.cookies


def from_elsewhere(view: V) -> V:
    """Mark a view whose POSTs come from other sites by a protocol that proves itself (LTI, a one-time code)."""
    view.from_elsewhere = True  # type: ignore[attr-defined]  # read by check_csrf
    return view


def init_app(app: Flask) -> None:
    """Guard every request and answer."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # checked below, since bearer tokens need none
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a form that stood open overnight still works
    csrf.init_app(app)
    app.session_interface = FormSession()
    app.before_request(_keep_hosts_apart)
    app.before_request(_refuse_strange_text)
    app.after_request(_add_headers)


def check_csrf() -> None:
    """Called once the viewer is known: cookies need a token, bearer tokens do not.

    Nor does a stranger at the API, whose request has no rights to borrow: it is answered 401.
    """
    if request.method in _SAFE or g.get("by_token") or request.path.startswith("/socket.io"):
        return
    if hasattr(current_app.view_functions.get(request.endpoint or ""), "from_elsewhere"):
        return
    if g.viewer.is_known or not request.path.startswith("/api/"):
        csrf.protect()


def _keep_hosts_apart() -> None:
    """The content host serves files and nothing else; our own host serves no files."""
    wants_content = request.path.startswith("/content/")
    if wants_content and not is_content_host(request.host):
        raise NotFound(_("Files live on the content host."))


def _refuse_strange_text() -> None:
    if "\0" in request.full_path or "%00" in request.full_path:
        raise BadRequest(_("The address contains a character that cannot be used."), "bad_text")
    if request.mimetype == "application/x-www-form-urlencoded" and any(
        "\0" in value for value in request.form.values()
    ):
        raise BadRequest(_("The text contains a character (U+0000) that cannot be stored."), "bad_text")


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = _policy()
        if not g.get("framed_by"):
            headers.setdefault("X-Frame-Options", "DENY")
    if not request.path.startswith("/static/") and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
        headers.add("Vary", "Cookie")
    return response


def _policy() -> str:
    """Scripts and styles from our own files only; pictures and media also from the content host.

    ``g.framed_by`` are the origins that may frame this answer (an LMS that launched it), ``g.posts_to`` those that a
    form of it may be sent to. Both are empty but for what LTI needs.
    """
    content = content_origin()
    framed_by, posts_to = g.get("framed_by") or "'none'", g.get("posts_to", "")
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: blob: {content}; media-src 'self' blob: {content}; "
        f"connect-src 'self' {content}; worker-src 'self' blob:; manifest-src 'self'; "
        f"form-action 'self' {posts_to}; base-uri 'none'; frame-ancestors {framed_by}"
    )
