"""The translator from OpenAPI to TypeScript, and that the types in the repository are fresh."""

import importlib
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture
def api_types(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    before = set(sys.modules)
    yield importlib.import_module("api_types")
    for name in set(sys.modules) - before:
        if str(TOOLS) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


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
    text = api_types.render({"components": {"schemas": {"Span": model}}})
    assert 'export type Kind = "text" | "time";\n' in text
    assert "/** A place. */\nexport interface Span {\n  start: number;\n  kind?: Kind;\n}\n" in text
