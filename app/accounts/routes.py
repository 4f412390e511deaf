"""`/api/v1/me`: the own account, for programs."""

from typing import Any

from apiflask import APIBlueprint
from flask import g
from flask_babel import gettext as _

from app.core.db import session
from app.core.errors import Invalid
from app.core.i18n import offered
from app.core.policy import Action
from app.core.web import requires

from . import queries
from .models import Account
from .operations import people, signing_in
from .schemas import MeIn, MeOut, SessionsOut

api = APIBlueprint("accounts", __name__, url_prefix="/api/v1")
BLUEPRINTS = [api]


@api.get("/me")
@api.output(MeOut)
@requires(Action.USE_OWN_ACCOUNT)
def me() -> Account:
    """Who am I?"""
    account: Account = g.account
    return account


@api.patch("/me")
@api.input(MeIn, arg_name="change")
@api.output(MeOut)
@requires(Action.USE_OWN_ACCOUNT)
def change_me(change: MeIn) -> Account:
    """Change the own name or language."""
    if change.locale and change.locale not in offered():
        raise Invalid(_("This language is not offered here."), "locale", "/locale")
    return people.change_own(g.account, name=change.name, locale=change.locale)


@api.get("/me/sessions")
@api.output(SessionsOut)
@requires(Action.USE_OWN_ACCOUNT)
def sessions() -> dict[str, Any]:
    """Where am I signed in?"""
    return {
        "items": [
            {
                "id": row.id,
                "browser": row.browser,
                "created_at": row.created_at,
                "last_seen_at": row.last_seen_at,
                "current": row.id == g.sign_in_id,
            }
            for row in session.scalars(queries.sign_ins(g.account.id))
        ]
    }


@api.delete("/me/sessions/<sign_in_id>")
@api.output({}, status_code=204)
@requires(Action.USE_OWN_ACCOUNT)
def end_session(sign_in_id: str) -> str:
    """Sign one browser out."""
    signing_in.end(g.account, sign_in_id)
    return ""


@api.delete("/me/sessions")
@api.output({}, status_code=204)
@requires(Action.USE_OWN_ACCOUNT)
def end_sessions() -> str:
    """Sign every browser out, this one too."""
    signing_in.end_all(g.account, g.account.id)
    return ""
