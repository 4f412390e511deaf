"""The JSON of an annotation: built in one place, from plain columns, for lists, answers and live updates."""

from collections import namedtuple
from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session

from ..models import Annotation

_A = Annotation
COLUMNS = (
    *(_A.id, _A.assignment_id, _A.parent_id, _A.thread_id, _A.motivation, _A.body, _A.body_html),
    *(_A.selectors, _A.audience, _A.home_audience, _A.creator_id, _A.anonymous, _A.created_at),
    *(_A.modified_at, _A.composed_at, _A.edited_at, _A.seq, _A.start, _A.end, _A.region, _A.helpful),
    *(_A.me_too, _A.resolved_at, _A.hidden_at, _A.hidden_reason, _A.paused_at, _A.deleted_at, _A.tags),
    _A.mentions,
)
# Attributes of a plain tuple are read several times faster than those of a database row.
_tuple_type: Any = namedtuple
_plain: Callable[[Any], Any] = _tuple_type("Plain", [*(each.key for each in COLUMNS), "document_id"])._make
_NAMES = {"course": "class", "group": "group", "staff": "staff", "user": "self"}


def audience_name(audience: str) -> str:
    """The name that the interface has for an audience."""
    return _NAMES.get(audience.partition(":")[0], "self")


def payload(row: Any, document_id: str) -> dict[str, Any]:
    """One annotation (an entity, or a row of ``COLUMNS``) as JSON, the same for all who may read it."""
    gone = row.deleted_at is not None
    return {
        "id": row.id,
        "assignment_id": row.assignment_id,
        "parent_id": row.parent_id,
        "thread_id": row.thread_id,
        "motivation": row.motivation,
        "body": row.body,
        "body_html": row.body_html,
        "target": {"source": document_id, "selector": row.selectors},
        "audience": audience_name(row.home_audience or row.audience),
        "creator": None if row.anonymous or gone else row.creator_id,
        "anonymous": row.anonymous,
        "created": row.created_at,
        "modified": row.modified_at,
        "composed_at": row.composed_at,
        "edited": row.edited_at is not None,
        "seq": row.seq,
        "span": None if row.start is None else {"start": row.start, "end": row.end},
        "region": row.region,
        "endorsements": {"helpful": row.helpful, "me_too": row.me_too},
        "resolved": row.resolved_at is not None,
        "hidden": row.home_audience is not None,
        "hidden_reason": row.hidden_reason,
        "paused": row.paused_at is not None,
        "deleted": gone,
        "tags": row.tags,
        "mentions": row.mentions,
    }


def payloads(annotations: Select[Annotation]) -> list[dict[str, Any]]:
    """The annotations of a query as JSON, in one statement and without making entities."""
    rows = session.execute(
        annotations.join(Assignment, Assignment.id == _A.assignment_id).with_only_columns(
            *COLUMNS, Assignment.document_id
        )
    )
    return [payload(row, row.document_id) for row in map(_plain, rows)]


@describes("annotation.created", "annotation.updated", "endorsement.changed")
def describe(ids: list[str]) -> dict[str, dict[str, Any]]:
    """What an envelope carries of annotations: all of each, so that a browser has one way to take it in."""
    return {item["id"]: item for item in payloads(select(_A).where(_A.id.in_(ids)))}
