"""Whatever column a request names beside the fields of its schema: nothing of it reaches a row."""

import re
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, DateTime, Float, Integer, String, Text

from app.core.db import Model

from ..conftest import DATABASE
from .conftest import Stage
from .expected import course_rows
from .requests_made import LACKING, bodies
from .rows import differing, values
from .test_matrix import Cell, path_of
from .world import Thing

pytestmark = pytest.mark.skipif(bool(DATABASE), reason="rows are compared and put back on SQLite only")

PLANTED = "m4ss-assigned"
MOMENT = "2001-02-03T04:05:06Z"
NUMBER = 98_765_432
# What the forms of the pages really ask for, beside what the permission tests send them.
FORMS = {
    "POST /account": {"locale"},
    "POST /annotations/<annotation_id>/score": {"do"},
    "POST /assignments/<assignment_id>/edit": {
        *("instructions", "expected_annotations", "expected_questions", "opens_at", "due_at"),
        *("anonymity", "group_set_id", "scores_released"),
    },
    "POST /courses/<course_id>/library": {"url", "title", "file"},
    "POST /courses/<course_id>/settings": {"locale", "analytics", "help_text"},
    "POST /courses/<course_id>/people/class-list": {"section_id"},
    "POST /courses/<course_id>/people/by-email": {"section_id"},
    "POST /courses/new": {"locale"},
    "POST /admin/lti": {"name", "platform", "token_audience"},
    "POST /admin/lti/1.1": {"name"},
    "POST /topics/<topic_id>/outcome": {"what_i_would_change"},
    "POST /admin/people/<account_id>/merge": {"other"},
    "POST /admin/rosters": {"file", "match_email"},
    "POST /admin/rosters/service": {
        *("base_url", "token_url", "client_id", "client_secret", "nightly", "service_match_email"),
    },
    "POST /admin/rosters/<import_id>/apply": {"sure"},
    "POST /admin/rosters/<import_id>/columns": {
        *("name", "given", "family", "email", "id", "course", "role", "complete"),
    },
    "POST /admin/sign-on": {"name", "issuer"},
    "POST /admin/sign-on/<provider_id>": {
        *("name", "issuer", "metadata", "metadata_url", "subject", "full_name", "given_name", "family_name"),
        *("email", "may_begin", "signs_requests"),
    },
    "POST /admin/records": {"kind", "auth", "url"},
    "POST /admin/school": {"locale", "timezone"},
    "POST /phone": {"code"},
    "POST /sign-in": {"code", "name", "email", "password", "next"},
    "POST /register": {"code", "name", "email", "password", "next", "locale"},
    "POST /forgot-password": {"email"},
    "POST /choose-password": {"password"},
}
FORMS["POST /courses/<course_id>/assignments/new"] = FORMS["POST /assignments/<assignment_id>/edit"]
FORMS["POST /account/password"] = {"repeat"}


def columns() -> dict[str, Any]:
    """Every column name of every model, with a value of its kind that occurs nowhere else."""
    kinds: list[tuple[Any, Any]] = [
        *((Boolean, True), (Integer, NUMBER), (Float, NUMBER + 0.5), (DateTime, MOMENT)),
        *((Text, PLANTED), (String, PLANTED)),
    ]
    found = {}
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            known = (value for kind, value in kinds if isinstance(column.type, kind))
            found[column.name] = next(known, PLANTED)
    return found


def declared(stage: Stage, document: dict[str, Any], route: str) -> set[str]:
    """The fields that a route's schema names (an API route), or its form asks for (a page)."""
    method, _space, path = route.partition(" ")
    described = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", path)
    operation = document["paths"].get(described, {}).get(method.lower(), {})
    named: set[str] = set()
    for content in operation.get("requestBody", {}).get("content", {}).values():
        named |= set(fields(document, content["schema"]))
    sent = bodies(stage.world).get(route, {})
    return named | FORMS.get(route, set()) | set(sent.get("data", {})) | set(sent.get("json", {}))


def fields(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The properties of a schema of the description, through its references and alternatives."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    found = dict(schema.get("properties", {}))
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        found |= fields(document, part)
    return found


def writing(stage: Stage) -> list[str]:
    """Every route that takes something and changes something."""
    return sorted(
        f"{method} {rule.rule}"
        for rule in stage.app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    )


def cases(stage: Stage, route: str) -> list[Cell]:
    """Those by whom it is tried: everybody who might succeed, on the things of its kind."""
    known = course_rows()
    route_key = " ".join(route.replace(", ", ",").split())
    kind = known[route_key].kind if route_key in known else None
    things = stage.world.things.get(kind or ("person" if "account_id" in route else ""), [])
    things = things or [Thing("", {}, frozenset())]
    people = ("admin", "teacher", "ana") if "/admin" in route else ("teacher", "ana")
    return [Cell(route, who, thing, None) for who in people for thing in things[:2]]


def test_no_column_can_be_set_that_the_schema_does_not_name(stage):
    wrong: list[str] = []
    tried = 0
    document = stage.ask("teacher", "GET", "/api/v1/openapi.json").get_json()
    for route in writing(stage):
        known = declared(stage, document, route)
        extras = {name: value for name, value in columns().items() if name not in known}
        tries = ((cell, *send(stage, cell, {})) for cell in cases(stage, route))
        cell, _status, first = next((found for found in tries if found[1] < 400), (None, 0, {}))
        if cell is None:
            assert plainly_refused(stage, route, extras) is None, route
            continue
        tried += 1
        second = send(stage, cell, {})[1]
        status, after = send(stage, cell, extras)
        if status >= 500:
            wrong.append(f"{route}: {status}")
        if status >= 400:
            wrong += [f"{route}: refused, but {c} has changed" for c in differing(stage.before, after)]
            continue
        by_itself = differing(first, second)
        wrong += [f"{route}: {c}" for c in differing(second, after) - by_itself]
        wrong += [f"{route}: {c} holds what was planted" for c in by_itself if planted(after.get(c, ()))]
    assert not wrong, "\n".join(wrong)
    assert tried > 60, "hardly any route was really tried"


def planted(found: Any) -> bool:
    marks = (PLANTED, str(NUMBER), str(datetime.fromisoformat(MOMENT).replace(tzinfo=None))[:19])
    return any(mark in value for value in found for mark in marks)


def plainly_refused(stage: Stage, route: str, extras: dict[str, Any]) -> str | None:
    """A route that nobody here can complete changes nothing, whatever is named."""
    for cell in cases(stage, route):
        status, after = send(stage, cell, extras)
        changed = differing(stage.before, after)
        if status >= 500 or any(planted(after.get(column, ())) for column in changed):
            return f"{cell.actor}: {status} {changed}"
    return None


def send(stage: Stage, cell: Cell, extras: dict[str, Any]) -> tuple[int, Any]:
    """The request with more fields; its status, and all values as they are afterwards."""
    options = bodies(stage.world).get(" ".join(cell.route.replace(", ", ",").split()), {})
    assert stage.snapshot
    if not hasattr(stage, "before"):
        stage.before = values(stage.snapshot.live)  # type: ignore[attr-defined]  # kept beside the snapshot
    is_api = "/api/" in cell.route
    if extras and is_api:
        options = {"json": {**options.get("json", {}), **extras}}
    elif extras:
        options = {"data": {**{k: str(v) for k, v in extras.items()}, **options.get("data", {})}}
    method = cell.route.partition(" ")[0]
    answer = stage.ask(cell.actor, method, path_of(stage, cell), **options)
    status = int(answer.status_code)
    answer.close()
    after = values(stage.snapshot.live)
    stage.snapshot.restore()
    return status, after


def test_the_routes_that_cannot_be_completed_here_are_known(stage):
    """Each of them is completed in its own feature's tests, with the same schema."""
    for route in LACKING:
        assert route.split(" ", 1)[0] in {"GET", "POST", "PUT", "PATCH"}
