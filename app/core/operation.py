"""Is it alive, is it ready, and the content host's one route."""

from apiflask import APIBlueprint
from flask import Flask, Response, current_app, render_template, request
from flask_babel import gettext as _
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from werkzeug.wsgi import wrap_file

from . import jobs, storage
from .db import session
from .errors import NotFound
from .policy import Action
from .web import requires

bp = APIBlueprint("operation", __name__, enable_openapi=False)


def init_app(app: Flask) -> None:
    """Register the routes outside of ``/api/v1``."""
    app.register_blueprint(bp)


@bp.get("/healthz")
@requires(Action.SEE_PUBLIC_PAGE)
def healthz() -> Response:
    """The process lives."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@requires(Action.SEE_PUBLIC_PAGE)
def readyz() -> Response:
    """Database, queue and storage answer."""
    session.execute(text("SELECT 1"))
    state = {"database": True, "queue": jobs.queue_length() >= 0, "storage": storage.health()}
    body = current_app.json.dumps(state)
    return Response(body, 200 if all(state.values()) else 503, mimetype="application/json")


@bp.get("/metrics")
@requires(Action.SEE_PUBLIC_PAGE)
def metrics() -> Response:
    """Prometheus metrics of this process; nothing about persons. From this machine only."""
    if request.remote_addr not in {"127.0.0.1", "::1"}:
        return Response("", 404)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


@bp.get("/styleguide")
@requires(Action.SEE_PUBLIC_PAGE)
def styleguide() -> str:
    """Every component with its states; in development only."""
    if current_app.config["SETTINGS"].production:
        raise NotFound(_("The style guide is there in development only."))
    return render_template("styleguide.html")


@bp.route("/content/<token>", methods=["OPTIONS"])
@requires(Action.SEE_PUBLIC_PAGE)
def ask_before_content(token: str) -> Response:
    """Answer a browser that asks before it reads a file by ranges from the application's own host.

    Chromium does not ask; Firefox and Safari do, and without this answer PDFs do not open there.
    """
    del token  # nothing is looked up: the answer is the same for every link
    response = Response(status=204)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "Range, If-Range"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


@bp.get("/content/<token>")
@requires(Action.SEE_PUBLIC_PAGE)
def content(token: str) -> Response:
    """A file on the content host, by signed link: inert, without cookies, seekable."""
    file = storage.linked_file(token)
    stream = storage.open_file(file)
    response = Response(wrap_file(request.environ, stream), mimetype=file.media_type, direct_passthrough=True)
    response.content_length = file.size
    response.set_etag(file.sha256)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Length, Content-Range, Accept-Ranges"
    response.headers["Cache-Control"] = "private, max-age=21600"
    if not file.media_type.startswith(("video/", "audio/", "image/", "application/pdf", "text/vtt")):
        response.headers["Content-Disposition"] = "attachment"
    response.make_conditional(request, accept_ranges=True, complete_length=file.size)
    return response
