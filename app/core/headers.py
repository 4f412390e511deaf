"""Security headers, CSRF, and the wall between our pages and other people's bytes."""

from flask import Flask, Response, g, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFProtect

from .errors import BadRequest, NotFound
from .storage import content_origin, is_content_host

csrf = CSRFProtect()
_SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Guard every request and answer."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # checked below, since bearer tokens need none
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a form that stood open overnight still works
    csrf.init_app(app)
    app.before_request(_keep_hosts_apart)
    app.before_request(_refuse_strange_text)
    app.after_request(_add_headers)


def check_csrf() -> None:
    """Called once the viewer is known: cookies need a token, bearer tokens do not.

    Nor does a stranger at the API, whose request has no rights to borrow: it is answered 401.
    """
    if request.method in _SAFE or g.get("by_token") or request.path.startswith("/socket.io"):
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
        headers.setdefault("X-Frame-Options", "DENY")
    if not request.path.startswith("/static/") and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
        headers.add("Vary", "Cookie")
    return response


def _policy() -> str:
    """Scripts and styles from our own files only; pictures and media also from the content host."""
    content = content_origin()
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: blob: {content}; media-src 'self' blob: {content}; "
        f"connect-src 'self' {content}; worker-src 'self' blob:; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
