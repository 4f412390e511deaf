"""Write the TypeScript types of the API from its OpenAPI description.

A small translator of our own: the usual one needs TypeScript's old compiler interface, which the compiler
we check with no longer has. It knows what Pydantic writes; anything else becomes ``unknown``, which the
type checker then asks about.
"""

import json
import subprocess
from typing import Any

from console import Stop, say
from environment import ROOT
from prepare import flask

TARGET = ROOT / "app" / "frontend" / "src" / "lib" / "api-types.ts"
HEAD = """\
// Written by `make api-types` from the API's description; do not change it by hand.
// biome-ignore-all format: a program wrote this, and it is compared byte for byte
"""
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
Schema = dict[str, Any]


def write_api_types() -> None:
    """Write the types; says whether anything changed."""
    fresh = render(describe())
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == fresh:
        say("The types of the API are up to date")
        return
    TARGET.write_text(fresh, encoding="utf-8")
    say(f"Wrote {TARGET.relative_to(ROOT)}")


def describe() -> Schema:
    """Ask the application for its OpenAPI description."""
    asked = subprocess.run(flask("spec"), cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        raise Stop(
            f"{asked.stderr[-2000:]}\n\nThe application could not describe its API; the reason is above."
        )
    description: Schema = json.loads(asked.stdout)
    return description


def render(description: Schema) -> str:
    """Return the whole file for an OpenAPI description."""
    schemas = collect(description.get("components", {}).get("schemas", {}))
    return HEAD + "".join(f"\n{declaration(name, schemas[name])}" for name in sorted(schemas))


def collect(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """Return all schemas by name, with those that Pydantic nested in others lifted out."""
    lifted = dict(schemas)
    for schema in schemas.values():
        lifted |= collect(schema.get("$defs", {}))
    return lifted


def declaration(name: str, schema: Schema) -> str:
    about = f"/** {schema['description'].splitlines()[0]} */\n" if schema.get("description") else ""
    if "properties" not in schema:
        return f"{about}export type {identifier(name)} = {type_of(schema)};\n"
    fields = "".join(f"  {line};\n" for line in members(schema))
    return f"{about}export interface {identifier(name)} {{\n{fields}}}\n"


def members(schema: Schema) -> list[str]:
    required = set(schema.get("required", []))
    fields = schema["properties"].items()
    return [f"{key(name)}{'' if name in required else '?'}: {type_of(field)}" for name, field in fields]


def type_of(schema: Schema) -> str:
    """Return the TypeScript type of one schema."""
    if "$ref" in schema:
        return identifier(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    for word, sign in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
        if word in schema:
            return sign.join(dict.fromkeys(type_of(part) for part in schema[word]))
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(type_of(schema | {"type": one}) for one in kind)
    return structure(schema) if kind in ("array", "object") else SIMPLE.get(str(kind), "unknown")


def structure(schema: Schema) -> str:
    """Return the type of a list or of an object without a name."""
    if schema["type"] == "array":
        return f"Array<{type_of(schema.get('items', {}))}>"
    if "properties" in schema:
        return "{ " + "; ".join(members(schema)) + " }"
    values = schema.get("additionalProperties")
    return f"Record<string, {type_of(values) if isinstance(values, dict) else 'unknown'}>"


def identifier(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum() or letter == "_")


def key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)
