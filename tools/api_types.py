"""Write the TypeScript types of the API from its OpenAPI description.

A small translator of our own: the usual one needs TypeScript's old compiler interface, which the compiler
we check with no longer has. It knows what Pydantic writes; anything else becomes ``unknown``, which the
type checker then asks about.
"""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from console import Stop, say
from environment import ROOT
from prepare import flask

SOURCES = ROOT / "app" / "frontend" / "src"
TARGET = SOURCES / "lib" / "api-types.ts"
IMPORT = re.compile(r'import type \{([^}]*)\} from "[^"]*/api-types\.ts"')
HEAD = """\
// Written by `make api-types` from the API's description; do not change it by hand.
// biome-ignore-all format: a program wrote this, and it is compared byte for byte
"""
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
Schema = dict[str, Any]


def write_api_types() -> None:
    """Write the types; says whether anything changed."""
    fresh = render(describe(), used())
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


def used() -> set[str]:
    """Return the names that the front end imports; only those, and what they are made of, are written."""
    found = (IMPORT.findall(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.ts*"))
    return {
        name.strip().partition(" as ")[0]
        for lists in found
        for names in lists
        for name in names.split(",")
        if name.strip()
    }


def render(description: Schema, wanted: Iterable[str]) -> str:
    """Return the whole file for an OpenAPI description: the types ``wanted`` and what they refer to."""
    schemas = shortened(collect(description.get("components", {}).get("schemas", {})))
    return HEAD + "".join(
        f"\n{declaration(name, schemas[name])}" for name in sorted(reachable(schemas, wanted))
    )


def reachable(schemas: dict[str, Schema], wanted: Iterable[str]) -> set[str]:
    """Return the names ``wanted`` that exist and all that they refer to."""
    found, waiting = set[str](), list(wanted)
    while waiting:
        name = waiting.pop()
        if name in schemas and name not in found:
            found.add(name)
            waiting += references(schemas[name])
    return found


def references(part: Any) -> Iterator[str]:
    """Return the names that a schema refers to, however deep (its own nested definitions apart)."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for key_, value in part.items():
            if key_ != "$defs":
                yield from references(value)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def shortened(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """Undo the prefixes of nested models: ``AnnotationListOut.AnnotationOut`` is ``AnnotationOut`` again.

    The description names a nested model after each model that holds it. Where all that share a short name
    have the same fields, there is one of them; else each keeps its long name.
    """
    short = {name: name.rpartition(".")[2] for name in schemas}
    by_name: dict[str, set[str]] = defaultdict(set)
    for name, schema in schemas.items():
        by_name[short[name]].add(_renamed(schema, short))
    final = {name: short[name] if len(by_name[short[name]]) == 1 else name for name in schemas}
    return {final[name]: json.loads(_renamed(schema, final)) for name, schema in schemas.items()}


def _renamed(schema: Schema, names: dict[str, str]) -> str:
    """Return the schema as JSON, what it refers to by its new name."""
    text = json.dumps({field: value for field, value in schema.items() if field not in ("$defs", "title")})
    return re.sub(r'("\$ref": "[^"]*/)([^"/]+)"', lambda ref: f'{ref[1]}{names.get(ref[2], ref[2])}"', text)


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
