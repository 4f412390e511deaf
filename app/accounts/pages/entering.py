"""The page behind a one-time link: go on here as who one is elsewhere."""

from typing import Any

from apiflask import APIBlueprint
from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts import qr
from app.accounts.identify import set_cookie
from app.accounts.operations import entering, phoning, signing_in
from app.accounts.schemas import EntryIn, EntryOut, EntryStateOut
from app.core.headers import from_elsewhere
from app.core.ids import now
from app.core.policy import Action
from app.core.web import back_to, own_path, requires

pages = APIBlueprint("accounts_entering", __name__, enable_openapi=False)
api = APIBlueprint("accounts_entries", __name__, url_prefix="/api/v1")


@pages.get("/enter/<code>")
@requires(Action.SEE_PUBLIC_PAGE)
def enter_page(code: str) -> ResponseReturnValue:
    """Who would go on here, and one button: a program that looks at links ahead uses nothing up."""
    account = entering.waiting(code)
    return render_template(
        "accounts/enter.html", person=account.name, code=code, next=request.args.get("next", "")
    )


@pages.post("/enter/<code>")
@requires(Action.SEE_PUBLIC_PAGE)
@from_elsewhere
def enter(code: str) -> ResponseReturnValue:
    """Sign this browser in; the code is the proof."""
    account, _framed_by = entering.enter(code)
    response = current_app.make_response(back_to("/"))
    return set_cookie(response, signing_in.start(account, str(request.user_agent)))


@api.post("/me/entries")
@api.input(EntryIn, arg_name="entry")
@api.output(EntryOut, status_code=201)
@requires(Action.USE_OWN_ACCOUNT)
def new_entry(entry: EntryIn) -> dict[str, Any]:
    """A one-time address to go on elsewhere: in a window of its own, or on a phone."""
    if entry.telephone:
        return _for_phone(own_path(entry.next, "/"))
    code = entering.code_for(g.account, framed_by=g.get("framed_by", "") if entry.framed else "")
    seconds = int(entering.LASTS.total_seconds())
    return {"code": code, "url": f"{request.host_url}enter/{code}", "seconds": seconds}


def _for_phone(goes_to: str) -> dict[str, Any]:
    made = phoning.new_code(g.account, goes_to)
    seconds = int(phoning.LASTS.total_seconds())
    address = f"{request.host_url}phone"
    picture = qr.picture(f"{address}/{made.code}")
    return {"id": made.id, "code": made.code, "url": address, "seconds": seconds, "picture": picture}


@api.get("/me/entries/<entry_id>")
@api.output(EntryStateOut)
@requires(Action.USE_OWN_ACCOUNT)
def entry_state(entry_id: str) -> dict[str, str]:
    """Has the phone used its code?"""
    row = phoning.own_or_404(g.account, entry_id)
    return {"state": "used" if row.used_at else "waiting" if row.expires_at > now() else "over"}
