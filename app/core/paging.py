"""Lists page by keyset: a cursor says after which row to go on, whatever was added meanwhile."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from .db import session
from .errors import BadRequest


class PageIn(BaseModel):
    """How much of a list, and from where."""

    model_config = ConfigDict(extra="ignore")

    limit: int = Field(default=100, ge=1, le=200)
    cursor: str | None = Field(default=None, max_length=300)


def page(
    select: Select[Any], key: InstrumentedAttribute[str], wanted: PageIn
) -> tuple[list[Any], str | None]:
    """Rows in the order of ``key`` (unique, ascending) and the cursor of the next page, if there is one."""
    if wanted.cursor:
        select = select.where(key > _opened(wanted.cursor))
    rows = list(session.scalars(select.order_by(key).limit(wanted.limit + 1)).unique())
    more = len(rows) > wanted.limit
    rows = rows[: wanted.limit]
    return rows, _sealed(getattr(rows[-1], key.key)) if more else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="page")


def _sealed(value: str) -> str:
    sealed = _serializer().dumps(value)
    return sealed if isinstance(sealed, str) else sealed.decode()


def _opened(cursor: str) -> str:
    try:
        return str(_serializer().loads(cursor))
    except BadSignature as error:
        raise BadRequest(
            _("This list position is not known. Start from the first page."), "bad_cursor"
        ) from error


def window(select: Select[Any], key: InstrumentedAttribute[str], wanted: PageIn) -> Select[Any]:
    """The rows of a page and one more, for lists that are built without entities."""
    if wanted.cursor:
        select = select.where(key > _opened(wanted.cursor))
    return select.order_by(key).limit(wanted.limit + 1)


def cut(items: list[dict[str, Any]], wanted: PageIn) -> tuple[list[dict[str, Any]], str | None]:
    """What ``window`` brought (each with its ``id``), and the cursor of the next page if there is one."""
    more = len(items) > wanted.limit
    items = items[: wanted.limit]
    return items, _sealed(items[-1]["id"]) if more else None
