"""Where LMSs send people: the beginning of a launch, its end, and our keys."""

from typing import Any
from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import Response, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.identify import set_cookie
from app.accounts.models import Account
from app.accounts.operations import entering, signing_in
from app.core.headers import from_elsewhere
from app.core.hosts import origin_of
from app.core.policy import Action
from app.core.web import as_json, requires
from app.lti.models import Login, Registration
from app.lti.operations import launching, logging_in, noticing, own_keys
from app.lti.protocol.canvas import configuration as canvas_configuration
from app.lti.protocol.login import Login as Asked
from app.lti.protocol.problems import LtiProblem
from app.lti.queries import registration_or_404

from .remembering import remember

pages = APIBlueprint("lti_launching", __name__, enable_openapi=False, url_prefix="/lti")

LAUNCH = "/lti/launch"
NOTICES = "/lti/notices"
TARGETS = frozenset({"", "/", LAUNCH, "/lti/deep-link"})


def own_origin() -> str:
    """The origin under which LMSs know us."""
    return origin_of(current_app.config["SETTINGS"].base_url) or request.host_url.rstrip("/")


@pages.route("/login", methods=["GET", "POST"])
@requires(Action.SEE_PUBLIC_PAGE)
@from_elsewhere
def login() -> ResponseReturnValue:
    """An LMS begins a launch: remember it in this browser, and ask the LMS who is there."""
    asked = Asked.of(request.values)
    registration = logging_in.registration_for(asked)
    g.framed_by, g.lti_registration_id = registration.frame_origins, registration.id
    _check_target(asked.target_link_uri)
    begun = logging_in.begin(asked, registration, own_origin() + LAUNCH)
    storage = _storage(registration, asked)
    response = _to_storage(begun, storage) if storage else redirect(begun.url, 302)
    return _with_state_cookie(current_app.make_response(response), begun)


def _check_target(url: str) -> None:
    if (
        origin_of(url) not in (own_origin(), request.host_url.rstrip("/"))
        or urlsplit(url).path not in TARGETS
    ):
        raise LtiProblem("foreign_target")


def _storage(registration: Registration, asked: Asked) -> dict[str, str] | None:
    """Where the LMS keeps something for frames that may not keep cookies (LTI Platform Storage)."""
    if not asked.lti_storage_target or len(asked.lti_storage_target) > 100:
        return None
    return {"frame": asked.lti_storage_target, "origin": origin_of(registration.auth_url)}


def _to_storage(begun: logging_in.Begun, storage: dict[str, str]) -> str:
    page = storage | {"key": _name(begun.state), "value": begun.browser_secret, "next": begun.url}
    return render_template("lti/storing.html", page=page)


def _name(state: str) -> str:
    return f"__Host-lti-{state[:12]}"


def _with_state_cookie(response: Response, begun: logging_in.Begun) -> Response:
    """The browser's half of the state: one cookie for each launch, so that two windows do not mix."""
    response.set_cookie(
        _name(begun.state),
        begun.browser_secret,
        max_age=logging_in.LASTS,
        path="/",
        httponly=True,
        secure=True,
        samesite="None",
        partitioned=True,
    )
    return response


@pages.get("/launch")
@requires(Action.SEE_PUBLIC_PAGE)
def launch_page() -> ResponseReturnValue:
    """Somebody typed the address or kept a bookmark."""
    raise LtiProblem("launched_directly")


@pages.post("/launch")
@requires(Action.SEE_PUBLIC_PAGE)
@from_elsewhere
def launch() -> ResponseReturnValue:
    """The LMS's answer: check the browser, use the launch up, check the token, let the person in."""
    state = request.form.get("state", "")
    row = logging_in.begun(state)
    registration = registration_or_404(row.registration_id)
    g.framed_by, g.lti_registration_id = registration.frame_origins, registration.id
    if request.form.get("error"):
        raise LtiProblem("platform_said", request.form["error"][:60])
    by_cookie = request.cookies.get(_name(state), "")
    proof = by_cookie or request.form.get("proof", "")
    if not proof:
        return _without_cookie(registration, row, state)
    logging_in.use_up(state, proof)
    said = launching.believed(registration, row.nonce, request.form.get("id_token", ""))
    _check_target(said.target or request.base_url)
    arrival = launching.arrive(registration, said)
    noticing.want(registration, said, own_origin() + NOTICES)
    framed = is_framed(said.document_target)
    response = let_in(
        arrival.account, arrival.path, registration, framed=framed, keeps_cookies=bool(by_cookie)
    )
    remember(response, arrival.path, registration, said, framed=framed)
    response.delete_cookie(
        _name(state), path="/", secure=True, httponly=True, samesite="None", partitioned=True
    )
    return response


def _without_cookie(registration: Registration, row: Login, state: str) -> str:
    """No cookie came along: ask the LMS's storage, and if that is silent offer a window of its own."""
    known: dict[str, Any] = row.parameters
    g.posts_to = origin_of(registration.auth_url)  # the new window's form is sent on from /lti/login to there
    page = {
        "key": _name(state),
        "origin": origin_of(registration.auth_url),
        "frame": known.get("storage", ""),
    }
    return render_template(
        "lti/without_cookie.html",
        page=page,
        again=known.get("again", {}),
        state=state,
        id_token=request.form.get("id_token", ""),
    )


def is_framed(document_target: str) -> bool:
    """Does this answer go into a frame? The browser says so; an old one leaves it to the LMS's word."""
    where = request.headers.get("Sec-Fetch-Dest", "")
    return where in ("iframe", "frame") if where else document_target in ("iframe", "frame")


def let_in(
    account: Account, path: str, registration: Registration, *, framed: bool, keeps_cookies: bool
) -> Response:
    """Sign the browser in by what it keeps: a cookie, a frame's cookie, or a one-time code for a page's memory."""
    browser, origins = str(request.user_agent), registration.frame_origins
    if framed and not keeps_cookies:
        code = entering.code_for(account, framed_by=origins)
        return current_app.make_response(redirect(f"{path}?entry={code}", 303))
    carried_by = "frame" if framed else "cookie"
    token = signing_in.start(account, browser, carried_by, origins if framed else "")
    return set_cookie(current_app.make_response(redirect(path, 303)), token, carried_by)


@pages.get("/config/canvas.json")
@requires(Action.SEE_PUBLIC_PAGE)
def canvas() -> Response:
    """What a Canvas admin pastes as the configuration's address."""
    return as_json(canvas_configuration(own_origin()))


@pages.get("/jwks")
@requires(Action.SEE_PUBLIC_PAGE)
def jwks() -> Response:
    """Our public keys. Platforms may keep them for an hour; a new key signs only after a day."""
    response = as_json(own_keys.published())
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
