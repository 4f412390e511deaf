"""One page that says whether the school's network lets everything through, for whoever looks after it."""

import os
from typing import NamedTuple

from apiflask import APIBlueprint
from flask import Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.admin import reaching
from app.core.policy import Action
from app.core.storage import content_origin
from app.core.web import as_json, requires

pages = APIBlueprint("admin_network", __name__, enable_openapi=False, url_prefix="/admin/network-check")
SAMPLE = 2 << 20


class Line(NamedTuple):
    """One line of the page: what is looked at, why it matters, and what to change if it is not good."""

    id: str
    name: str
    means: str
    change: str


def _of_way() -> list[Line]:
    """What the browser reaches."""
    proxy = _(
        "Let the proxy or filter pass WebSocket (the Upgrade header) to this address without looking inside."
    )
    return [
        Line("websocket", _("Live connection (WebSocket)"), _("New annotations appear at once."), proxy),
        Line(
            "polling",
            _("Live connection (long polling)"),
            _("What is used where WebSocket does not get through."),
            _("Let the filter pass /socket.io/ and not hold answers back."),
        ),
        Line(
            "content",
            _("Address of files"),
            _("PDFs, videos and pictures come from it."),
            _("Allow this address in the filter, too. The server’s setting is FOREWORD_CONTENT_URL."),
        ),
        Line(
            "download",
            _("Download"),
            _("A video needs about 3 Mbit/s for each pupil who watches."),
            _("Leave this address out of the filter’s scanning, or ask for more bandwidth."),
        ),
        Line(
            "upload",
            _("Upload"),
            _("Teachers add files."),
            _("Let requests of up to the largest file pass the proxy (such as client_max_body_size)."),
        ),
    ]


def _of_device() -> list[Line]:
    """What the browser can do."""
    return [
        Line(
            "storage",
            _("Storage in the browser"),
            _("Drafts survive a lost connection."),
            _("Allow this site to store data; do not clear it while people are signed in."),
        ),
        Line(
            "cookies",
            _("Cookies"),
            _("Signing in."),
            _("Allow cookies of this site."),
        ),
        Line(
            "frame",
            _("Cookies in an LMS’s frame"),
            _("Without them Foreword opens in a new tab."),
            _("Use https:// and a browser of the last two years."),
        ),
        Line(
            "clock",
            _("Clock"),
            _("Deadlines and reading times are shown by this device’s clock."),
            _("Let the device set its time from the network."),
        ),
        Line(
            "worker",
            _("PDF in the browser"),
            _("Pages of a PDF are painted in a worker."),
            _("Do not block JavaScript files that end in .mjs."),
        ),
        Line(
            "wasm",
            _("WebAssembly"),
            _("Makes some pictures in PDFs faster; it works without."),
            _("Nothing has to be changed."),
        ),
        Line(
            "video",
            _("Video"),
            _("Videos are MP4 (H.264)."),
            _("Use a browser with H.264, such as Chrome, Edge, Firefox or Safari."),
        ),
    ]


def _of_server() -> list[Line]:
    """What the server reaches."""
    return [
        Line(
            "outgoing",
            _("Outgoing HTTPS"),
            _("The LMS, the sign-on and the store of learning records are asked by the server."),
            _(
                "Allow the server to open port 443; hosts inside the school go into FOREWORD_ON_PREMISE_HOSTS."
            ),
        ),
        Line(
            "mail",
            _("Mail"),
            _("Links for new passwords, reports."),
            _("Correct FOREWORD_MAIL_URL, open 465 or 587."),
        ),
        Line(
            "redis",
            "Redis",
            _("Several web processes share it."),
            _("Correct FOREWORD_REDIS_URL, start Redis."),
        ),
        Line(
            "database",
            _("Database"),
            _("Everything is in it."),
            _("Correct FOREWORD_DATABASE_URL; see its own log."),
        ),
        Line("queue", _("Background work"), _("Imports, ratings, mails."), _("Start the worker.")),
        Line("storage-server", _("Storage"), _("Files."), _("Correct FOREWORD_STORAGE_URL and its rights.")),
        Line(
            "disk", _("Disk"), _("A full disk stops everything."), _("Make room; set limits under Storage.")
        ),
        Line(
            "ffmpeg",
            "ffmpeg",
            _("Makes videos playable everywhere."),
            _("Install it again from the lock file."),
        ),
    ]


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def show() -> ResponseReturnValue:
    """The lines; the browser fills them in."""
    return render_template(
        "admin/network.html",
        of_browser=[*_of_way(), *_of_device()],
        of_server=_of_server(),
        content=content_origin(),
    )


@pages.get("/server")
@requires(Action.ADMINISTER_SCHOOL)
def server() -> Response:
    """What the server finds."""
    settings, engine = current_app.config["SETTINGS"], current_app.extensions["foreword.engine"]
    found = reaching.everything(g.viewer.school_id, settings, engine)
    lines = {"storage-server" if part == "storage" else part: one for part, one in found.items()}
    return as_json({part: {"verdict": one.verdict, "found": one.sentence} for part, one in lines.items()})


@pages.get("/download")
@requires(Action.ADMINISTER_SCHOOL)
def download() -> Response:
    """Bytes that nothing can compress, to see how fast they come."""
    headers = {"Cache-Control": "no-store, no-transform"}
    return Response(os.urandom(SAMPLE), mimetype="application/octet-stream", headers=headers)


@pages.post("/upload")
@requires(Action.ADMINISTER_SCHOOL)
def upload() -> Response:
    """Counts what arrives, and keeps nothing of it."""
    return as_json({"bytes": len(request.stream.read(SAMPLE))})
