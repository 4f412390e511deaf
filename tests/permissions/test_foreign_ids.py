"""Every field of a body that is an id, filled with an id of another course or school: refused, nothing changed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ..conftest import DATABASE
from .conftest import Stage
from .requests_made import bodies
from .rows import merged
from .test_mass_assignment import cases, fields
from .test_matrix import Cell, path_of

pytestmark = pytest.mark.skipif(bool(DATABASE), reason="rows are compared and put back on SQLite only")

AN_ID = re.compile(r"(?:^|_)(?:ids?|uuid)$|^(?:mentions|source|dates)$")
# What each such field names. A field that is not here fails the test, so that nobody forgets it.
KINDS = {
    "document_id": "document",
    "course_id": "course",
    "section_id": "section",
    "group_set_id": "group_set",
    "account_id": "account",
    "account_ids": "account",
    "mentions": "account",
    "parent_id": "annotation",
    "annotation_id": "annotation",
    "source": "document",
    "question_id": "question",
    "template_id": "course",  # the id of anything that is no template of one's own
    "dates": "section",
}
# Fields whose ids are only looked up among what is one's own, or are made by the browser: with the reason.
HARMLESS = {
    ("PUT", "ids"): "ids of seen annotations: those that one cannot read are left out",
    ("POST", "ids"): "ids of one's own notices: others' are left out",
    ("PUT", "editors.*.parent_id"): "a draft is kept as it was typed, and is checked when it is posted",
    ("PUT", "editors.*.annotation_id"): "the same",
    ("PUT", "editors.*.mentions"): "the same",
    ("PUT", "editors.*.target.source"): "the same",
    ("POST", "options.*.id"): "an option's id means something only inside its question",
    ("PATCH", "options.*.id"): "the same",
    ("PATCH", "steps.*.id"): "a step's id means something only inside its plan",
    ("POST", "step_id"): "the same",
}
# The same for one route alone: whoever is no student of the course is left out of the absent.
HARMLESS_HERE = {("PUT /api/v1/activity-plans/<plan_id>/absent", "account_ids")}
REFUSED = {403, 404, 409, 422}


def id_fields(document: dict[str, Any], schema: dict[str, Any], at: tuple[str, ...] = ()) -> Iterator[Any]:
    """The paths of all fields of a schema that are ids; ``*`` is an element of a list or a value by key."""
    if len(at) > 6:
        return
    for name, inner in fields(document, schema).items():
        path = (*at, name)
        if AN_ID.search(name):
            yield path
            continue
        yield from id_fields(document, inner, path)
        for part in (inner, *inner.get("anyOf", ())):
            for key in ("items", "additionalProperties"):
                if isinstance(part.get(key), dict):
                    yield from id_fields(document, part[key], (*path, "*"))


def described(stage: Stage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each route of the API's description with each id field of its body."""
    document = stage.ask("teacher", "GET", "/api/v1/openapi.json").get_json()
    rules = {
        re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule): rule.rule
        for rule in stage.app.url_map.iter_rules()
    }
    for path, operations in document["paths"].items():
        for method in {"post", "put", "patch", "delete"} & set(operations):
            content = operations[method].get("requestBody", {}).get("content", {})
            for found in content.values():
                for place in id_fields(document, found["schema"]):
                    yield f"{method.upper()} {rules[path]}", place


def name_of(route: str, place: tuple[str, ...]) -> tuple[str, str]:
    return route.partition(" ")[0], ".".join(place)


def test_every_id_in_a_body_has_a_kind(stage):
    unknown = {
        name_of(route, place)
        for route, place in described(stage)
        if place[-1] not in KINDS and name_of(route, place) not in HARMLESS
    }
    assert not unknown, "say in KINDS what these name, or in HARMLESS why it does not matter"


def test_a_foreign_id_in_a_body_is_refused_and_changes_nothing(stage):
    wrong, tried = [], 0
    for route, place in described(stage):
        if name_of(route, place) in HARMLESS or (route, place[-1]) in HARMLESS_HERE:
            continue
        for where, known in stage.world.foreign.items():
            tried += 1
            wrong += sent(stage, route, place, known[KINDS[place[-1]]], where)
    assert not wrong, "\n".join(wrong)
    assert tried > 20, "hardly any field was found"


def sent(stage: Stage, route: str, place: tuple[str, ...], foreign: str, where: str) -> list[str]:
    """What is wrong with the answers to everybody who sends the foreign id there."""
    base = bodies(stage.world).get(" ".join(route.replace(", ", ",").split()), {}).get("json", {})
    value: Any = foreign
    if place[-1] in {"mentions", "account_ids"}:
        value = [foreign]
    elif place[-1] == "dates":
        value = {foreign: {"opens_at": "2030-01-01T08:00:00Z", "due_at": None}}
    wrong = []
    for cell in cases(stage, route):
        status, changed = ask(stage, cell, merged(base, place, value))
        if status not in REFUSED or changed:
            said = " and something changed" if changed else ""
            wrong.append(f"{route} {'.'.join(place)} of {where} by {cell.actor}: {status}{said}")
    return wrong


def ask(stage: Stage, cell: Cell, body: Any) -> tuple[int, bool]:
    assert stage.snapshot
    before = stage.snapshot.version()
    answer = stage.ask(cell.actor, cell.route.partition(" ")[0], path_of(stage, cell), json=body)
    status = int(answer.status_code)
    answer.close()
    changed = stage.snapshot.version() != before and stage.snapshot.is_changed()
    if stage.snapshot.version() != before:
        stage.snapshot.restore()
    return status, changed


def test_ids_that_one_cannot_read_are_left_out_of_what_one_has_seen(stage):
    foreign = [known["annotation"] for known in stage.world.foreign.values()]
    path = f"/api/v1/assignments/{stage.world.ids['open assignment']}"
    assert stage.ask("bob", "PUT", f"{path}/seen", json={"ids": foreign}).status_code == 204
    assert stage.ask("bob", "GET", f"{path}/mine").get_json()["seen"] == []
    stage.snapshot.restore()
