"""Taking values out of claims: each is checked for its shape, and whatever has another is as good as absent."""

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

LONGEST_ID = 255
LONGEST_ADDRESS = 4_000
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def object_in(claims: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object of that name; empty if there is none."""
    found = claims.get(name)
    return found if isinstance(found, dict) else {}


def strings(value: object) -> tuple[str, ...]:
    """The texts of a list, or a text that stands alone."""
    found = value if isinstance(value, list) else [value]
    return tuple(one for one in found if isinstance(one, str))


def identifier(value: object) -> str:
    """An id of the platform, which we only compare."""
    return value if _fits(value, LONGEST_ID) else ""


def address(value: object) -> str:
    """What stands for an address; whether it leads to where it may is for others to see."""
    return value if _fits(value, LONGEST_ADDRESS) else ""


def _fits(value: object, most: int) -> TypeGuard[str]:
    """Is it text that a database keeps? PostgreSQL takes neither U+0000 nor half of a surrogate pair."""
    return isinstance(value, str) and len(value) <= most and not _UNSTORABLE.search(value)


def words(value: object) -> str:
    """Words as a page may show them: one line, no control characters, not endless."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:200]
