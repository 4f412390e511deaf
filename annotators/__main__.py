"""The command line: ``python -m annotators describe | anchor | extract FILE``.

``describe`` and ``anchor`` read JSON Lines and write one line for each, in order; a line that cannot be done
gives ``{"error", "line"}`` in its place and exit status 1 at the end. ``extract`` writes one object.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from annotators.errors import ExtractionError
from annotators.extraction import extract_limited
from annotators.selectors import SELECTORS, Selector, dump
from annotators.text import anchor as text


class _Passage(BaseModel):
    model_config = ConfigDict(strict=True)
    text: str
    start: int
    end: int


class _Pointing(BaseModel):
    model_config = ConfigDict(strict=True)
    text: str
    selectors: list[Any]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m annotators", description="Find places in documents.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("describe", help='{"text", "start", "end"} to {"selectors"}')
    commands.add_parser(
        "anchor", help='{"text", "selectors"} to {"start", "end", "how", "score"} or {"orphan"}'
    )
    commands.add_parser("extract", help="a file to its text").add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.command == "extract":
        return _extract(chosen.file)
    return _each_line(_describe if chosen.command == "describe" else _anchor)


def _extract(path: Path) -> int:
    try:
        found = extract_limited(path)
    except ExtractionError as error:
        print(error.text, file=sys.stderr)
        return 1
    _write(found)
    return 0


def _each_line(answer: Callable[[bytes], dict[str, Any]]) -> int:
    status = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            _write(answer(line))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            _write({"error": f"{place}: {first['msg']}" if place else first["msg"], "line": number})
            status = 1
        except (ValueError, RecursionError) as error:
            _write({"error": str(error) or "this line cannot be read", "line": number})
            status = 1
    return status


def _describe(line: bytes) -> dict[str, Any]:
    passage = _Passage.model_validate_json(line)
    return {"selectors": dump(text.describe(passage.text, passage.start, passage.end))}


def _anchor(line: bytes) -> dict[str, Any]:
    pointing = _Pointing.model_validate_json(line)
    selectors: list[Selector] = SELECTORS.validate_python(pointing.selectors)
    found = text.anchor(pointing.text, selectors)
    if found is None:
        return {"orphan": True}
    return {
        "start": found.span.start,
        "end": found.span.end,
        "how": found.how,
        "score": round(found.score, 4),
    }


def _write(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
