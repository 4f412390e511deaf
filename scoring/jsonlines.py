"""JSON Lines in, JSON Lines out: a bad line answers for itself and spoils no other."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

MAX_LINE = 8_000_000  # bytes
MAX_NUMBER = 1e15  # beyond this, seconds and offsets mean nothing


class BadLine(ValueError):
    """A line that is not what the command takes; the message says why in one clause."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: its number from 1, and its object or what is wrong with it."""

    number: int
    value: dict[str, Any]
    error: str = ""


def read_lines(stream: Iterable[bytes]) -> Iterator[Line]:
    """Every line of a byte stream, good or bad."""
    for number, raw in enumerate(stream, 1):
        try:
            yield Line(number, parse(raw))
        except BadLine as problem:
            yield Line(number, {}, str(problem))


def parse(raw: bytes) -> dict[str, Any]:
    """The object on a line, or BadLine."""
    if len(raw) > MAX_LINE:
        raise BadLine("the line is too long")
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a character cannot be written back
    except UnicodeError:
        raise BadLine("the line is not valid Unicode text") from None
    except RecursionError:
        raise BadLine("the line is nested too deep") from None
    except ValueError as problem:
        raise BadLine(f"the line is not JSON: {problem}"[:200]) from None
    if not isinstance(value, dict):
        raise BadLine("the line is not a JSON object")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def text_of(value: dict[str, Any], name: str, required: bool = False) -> str:
    """A text field; absent or null is "" unless it is required."""
    found = value.get(name)
    if found is None and not required:
        return ""
    if not isinstance(found, str):
        raise BadLine(f"{name} must be a text")
    return found


def name_of(value: dict[str, Any], name: str, required: bool = True) -> str | int | None:
    """An identifier: a text or a whole number, given back as it came."""
    found = value.get(name)
    if found is None and not required:
        return None
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise BadLine(f"{name} must be a text or a whole number")
    return found


def number_of(value: dict[str, Any], name: str) -> float | None:
    """A number in a sane range, or None when absent."""
    found = value.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise BadLine(f"{name} must be a number")
    if not abs(found) <= MAX_NUMBER:
        raise BadLine(f"{name} is out of range")
    return float(found)


def texts_of(value: dict[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts; absent or null is empty."""
    found = value.get(name)
    if found is None:
        return ()
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise BadLine(f"{name} must be a list of texts")
    return tuple(found)


def flag_of(value: dict[str, Any], name: str) -> bool | None:
    """True, false, or None when absent."""
    found = value.get(name)
    if found is not None and not isinstance(found, bool):
        raise BadLine(f"{name} must be true or false")
    return found


def error_of(line: Line) -> dict[str, Any]:
    """What is answered in the place of a bad line."""
    return {"error": line.error, "line": line.number}
