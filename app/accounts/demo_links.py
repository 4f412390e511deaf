"""Sign-in links of the demo people: random at each start, kept in one file of the instance folder.

`flask demo --links` writes the file; ``/demo/<token>`` reads it. Nothing else knows them.
"""

import hmac
import json
import secrets
from pathlib import Path

from flask import Request, current_app

_OWN_ADDRESSES = {"127.0.0.1", "::1"}
_FORWARDED = {"x-real-ip", "forwarded", "via"}


def _file() -> Path:
    folder: Path = current_app.config["SETTINGS"].instance
    return folder / "demo_links.json"


def write(account_ids: list[str]) -> dict[str, str]:
    """Make a new link token for each account, in place of all earlier ones; returns account id -> token."""
    tokens = {account_id: secrets.token_urlsafe(24) for account_id in account_ids}
    file = _file()
    file.touch(mode=0o600)
    file.write_text(json.dumps({token: account_id for account_id, token in tokens.items()}))
    return tokens


def account_id_of(token: str, request: Request) -> str | None:
    """Whose link it is, if this is a demo and somebody sits at this very machine."""
    settings = current_app.config["SETTINGS"]
    names = {name.lower() for name, _value in request.headers}
    forwarded = names & _FORWARDED or any(name.startswith("x-forwarded-") for name in names)
    if not settings.demo or settings.production or forwarded or request.remote_addr not in _OWN_ADDRESSES:
        return None
    try:
        known: dict[str, str] = json.loads(_file().read_text())
    except FileNotFoundError:
        return None
    return next((known[each] for each in known if hmac.compare_digest(each.encode(), token.encode())), None)
