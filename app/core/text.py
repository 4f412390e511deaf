"""JSON in and out, and the text in it: strict where the databases and browsers are not."""

from typing import Any

import orjson
from flask import Flask
from flask.json.provider import JSONProvider
from flask_babel import gettext as _

from .errors import BadRequest


class StrictJson(JSONProvider):
    """orjson refuses lone surrogates, NaN and deep nesting; U+0000 is refused here (PostgreSQL would)."""

    def dumps(self, obj: Any, **_kwargs: Any) -> str:
        return orjson.dumps(obj, default=_plain, option=orjson.OPT_UTC_Z).decode()

    def loads(self, s: str | bytes, **_kwargs: Any) -> Any:
        try:
            value = orjson.loads(s)
        except (orjson.JSONDecodeError, UnicodeError) as error:
            raise BadRequest(_("This is not JSON that can be read."), "bad_json") from error
        raw = s.encode() if isinstance(s, str) else s
        if b"\\u0000" in raw.lower() and _has_nul(value):
            raise BadRequest(_("The text contains a character (U+0000) that cannot be stored."), "bad_text")
        return value


def _plain(value: object) -> Any:
    dump = getattr(value, "model_dump", None)
    if dump is not None:
        return dump(mode="json")
    raise TypeError(type(value).__name__)


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(k) or _has_nul(v) for k, v in value.items())
    return isinstance(value, list) and any(map(_has_nul, value))


def init_app(app: Flask) -> None:
    """Use the strict provider for every request and answer."""
    app.json = StrictJson(app)
