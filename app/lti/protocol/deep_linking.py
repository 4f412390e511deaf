"""Deep Linking 2.0: what an LMS's picker takes, and the signed answer with what was picked."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from joserfc.jwk import RSAKey

from . import names
from .problems import LtiProblem
from .tokens import signed

LINK = "ltiResourceLink"
LASTS_S = 300


@dataclass(frozen=True)
class Picker:
    """What the picker of an LMS says it takes. ``data`` is its own, whatever it is, and goes back untouched."""

    return_url: str
    takes_links: bool
    several: bool
    line_items: bool
    targets: tuple[str, ...] = ()
    data: Any = None

    def stored(self) -> dict[str, Any]:
        """As it is kept between the question and the answer."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Item:
    """One reading to be put into a course."""

    title: str
    url: str
    text: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    column: Mapping[str, Any] | None = None
    opens_at: datetime | None = None
    due_at: datetime | None = None
    new_tab: bool = False


def picker(settings: Mapping[str, Any]) -> Picker:
    """Read the settings of a request; raises LtiProblem where the answer could not be given."""
    return_url = settings.get("deep_link_return_url")
    if not isinstance(return_url, str) or not return_url:
        raise LtiProblem("message_incomplete", "deep_link_return_url")
    types = settings.get("accept_types")
    targets = settings.get("accept_presentation_document_targets")
    return Picker(
        return_url=return_url,
        takes_links=not isinstance(types, list) or LINK in types,
        several=_is_yes(settings.get("accept_multiple"), default=False),
        line_items=_is_yes(settings.get("accept_lineitem"), default=True),
        targets=tuple(one for one in targets if isinstance(one, str)) if isinstance(targets, list) else (),
        data=settings.get("data"),
    )


def _is_yes(value: object, *, default: bool) -> bool:
    """Booleans, and the words that some LMSs send for them."""
    if isinstance(value, str):
        return value.strip().lower() == "true"
    return value if isinstance(value, bool) else default


def item(given: Item, takes: Picker) -> dict[str, Any]:
    """One content item, with no more than the picker takes."""
    said: dict[str, Any] = {
        "type": LINK,
        "title": given.title,
        "url": given.url,
        "custom": dict(given.custom),
    }
    if given.text:
        said["text"] = given.text
    if given.column and takes.line_items:
        said["lineItem"] = dict(given.column)
    times = {"startDateTime": given.opens_at, "endDateTime": given.due_at}
    if given.opens_at:
        said["available"] = {"startDateTime": _moment(given.opens_at)}
    if given.due_at:
        said["submission"] = {name: _moment(at) for name, at in times.items() if at}
    return said | _presentation(given, takes)


def _presentation(given: Item, takes: Picker) -> dict[str, Any]:
    if given.new_tab and (not takes.targets or "window" in takes.targets):
        return {"window": {"targetName": "_blank"}}
    if not takes.targets or "iframe" in takes.targets:
        return {"iframe": {"height": 800}}
    return {}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def answer(
    takes: Picker,
    items: Sequence[Mapping[str, Any]],
    *,
    issuer: str,
    client_id: str,
    deployment_id: str,
    key: RSAKey,
    now: float,
    message: str = "",
) -> str:
    """The signed answer. Without items it cancels, with a sentence for the person who picked."""
    if len(items) > 1 and not takes.several:
        raise LtiProblem("one_only")
    said: dict[str, Any] = {
        "iss": client_id,
        "aud": [issuer],
        "iat": int(now) - 5,
        "exp": int(now) + LASTS_S,
        "nonce": str(uuid.uuid4()),
        "jti": str(uuid.uuid4()),
        f"{names.CLAIM}message_type": names.DEEP_LINK_ANSWER,
        f"{names.CLAIM}version": names.VERSION,
        f"{names.CLAIM}deployment_id": deployment_id,
        f"{names.DEEP_LINKING}content_items": list(items),
    }
    if takes.data is not None:
        said[f"{names.DEEP_LINKING}data"] = takes.data
    if message:
        said[f"{names.DEEP_LINKING}msg"] = message
    return signed(said, key)
