"""All rows of the database as plain values, to see what a request has changed."""

import sqlite3
from collections import Counter
from typing import Any

Values = dict[tuple[str, str], Counter[str]]


def values(live: sqlite3.Connection) -> Values:
    """How often each value stands in each column: two runs of the same request can be compared by it."""
    found: Values = {}
    tables = live.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name").fetchall()
    for (table,) in tables:
        rows = live.execute(f'SELECT * FROM "{table}"')
        columns = zip(*rows.fetchall(), strict=True)
        found |= {
            (table, d[0]): Counter(map(repr, of)) for d, of in zip(rows.description, columns, strict=False)
        }
    return found


def differing(one: Values, other: Values) -> set[tuple[str, str]]:
    """The columns whose values are not the same."""
    nothing: Counter[str] = Counter()
    return {key for key in {*one, *other} if one.get(key, nothing) != other.get(key, nothing)}


def holds(live: sqlite3.Connection, words: str) -> list[str]:
    """The columns that hold these words anywhere."""
    return [f"{t}.{c}" for (t, c), found in values(live).items() if any(words in value for value in found)]


def merged(base: Any, path: tuple[str, ...], value: Any) -> Any:
    """A copy of a JSON value with one place of it filled; ``*`` is the one element of a list."""
    if not path:
        return value
    step, *rest = path
    if step == "*":
        first = base[0] if isinstance(base, list) and base else None
        return [merged(first, tuple(rest), value)]
    known = base if isinstance(base, dict) else {}
    return known | {step: merged(known.get(step), tuple(rest), value)}
