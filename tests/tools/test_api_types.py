"""The translator from OpenAPI to TypeScript."""

import pytest


@pytest.fixture
def api_types(tool):
    return tool("api_types")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "string"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "number | null"),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, "number"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"enum": ["class", "staff"]}, '"class" | "staff"'),
        ({"const": "page"}, '"page"'),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Span"}}, "Array<Span>"),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "Record<string, boolean>"),
        ({"type": "object"}, "Record<string, unknown>"),
        ({}, "unknown"),
    ],
)
def test_a_schema_becomes_a_type(api_types, schema, expected):
    assert api_types.type_of(schema) == expected


def test_a_model_becomes_an_interface_and_nested_ones_are_lifted_out(api_types):
    model = {
        "description": "A place.\nMore.",
        "properties": {"start": {"type": "integer"}, "kind": {"$ref": "#/$defs/Kind"}},
        "required": ["start"],
        "$defs": {"Kind": {"enum": ["text", "time"]}},
    }
    text = api_types.render({"components": {"schemas": {"Span": model, "Unused": model}}}, ["Span"])
    assert "Unused" not in text
    assert 'export type Kind = "text" | "time";\n' in text
    assert "/** A place. */\nexport interface Span {\n  start: number;\n  kind?: Kind;\n}\n" in text


def test_a_nested_model_has_one_name_wherever_it_is_nested(api_types):
    place, other = (
        {"properties": {"start": {"type": "integer"}}},
        {"properties": {"end": {"type": "integer"}}},
    )
    nests = [
        ("Note", "Place", place),
        ("List", "Place", place),
        ("Note", "Kind", place),
        ("List", "Kind", other),
    ]
    schemas = {outer: {"properties": {}} for outer in ("Note", "List")}
    for outer, inner, schema in nests:
        schemas[outer]["properties"][inner] = {"$ref": f"#/components/schemas/{outer}.{inner}"}
        schemas[f"{outer}.{inner}"] = schema
    short = api_types.shortened(schemas)
    assert set(short) == {"Note", "List", "Place", "Note.Kind", "List.Kind"}
    assert set(api_types.references(short["Note"])) == {"Place", "Note.Kind"}


def test_the_types_in_the_repository_are_those_of_the_api(api_types, app):
    """After a change of the API: `make api-types`."""
    with app.app_context():
        fresh = api_types.render(app.spec, api_types.used())
    assert api_types.TARGET.read_text(encoding="utf-8") == fresh
