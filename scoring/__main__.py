"""``python -m scoring rate|report|causes|train|evaluate``: JSON Lines on stdin, JSON Lines on stdout."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from scoring.jsonlines import BadLine, Line, error_of, name_of, read_lines, text_of, texts_of
from scoring.remark import Remark

AT_ONCE = 256
T = TypeVar("T")


def main() -> int:
    """Run one command; 1 when a line was bad."""
    options = _options()
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "rate": _rate,
        "report": _report,
        "causes": _causes,
        "train": _train,
        "evaluate": _evaluate,
    }
    return commands[options.command](options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    rate = commands.add_parser("rate", help="rate annotations")
    rate.add_argument("--model", choices=("licensed", "full"), default="licensed")
    commands.add_parser("report", help="make a confusion report from an assignment's evidence")
    commands.add_parser("causes", help="find which sentences caused a question")
    for name, purpose in (
        ("train", "fit the shipped models"),
        ("evaluate", "print figures on held-out groups"),
    ):
        command = commands.add_parser(name, help=purpose)
        command.add_argument("--data", type=Path, required=True, help="folder with the labelled sets")
        command.add_argument("--out", type=Path, help="folder (train) or JSON file (evaluate) for the result")
        command.add_argument("--cache", type=Path, help="folder that keeps what was measured between runs")
        command.add_argument("--licensed-only", action="store_true", help="only the freely licensed variant")
    command.add_argument("--card", type=Path, help="Markdown file whose table of figures is put in anew")
    command.add_argument("--model", choices=("licensed", "full"), help="evaluate one variant only")
    return parser.parse_args()


def _write(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while chunk := list(islice(lines, AT_ONCE)):
        yield chunk


def _rate(options: argparse.Namespace) -> int:
    from scoring.quality import rate

    failed = False
    for chunk in _chunks(read_lines(sys.stdin.buffer)):
        checked = list(_parsed(chunk, remark_of))
        good = [(line.value["id"], remark) for line, remark in checked if remark is not None]
        ratings = iter(rate([remark for _, remark in good], model=options.model))
        for line, remark in checked:
            _write(error_of(line) if remark is None else asdict(next(ratings)) | {"id": line.value["id"]})
        failed |= len(good) < len(chunk)
    return int(failed)


def remark_of(value: dict[str, Any]) -> Remark:
    """The remark on a line, or BadLine."""
    return Remark(
        id=str(name_of(value, "id")),
        text=text_of(value, "text", required=True),
        quote=text_of(value, "quote"),
        context=text_of(value, "context"),
        parent=text_of(value, "parent"),
        earlier=texts_of(value, "earlier"),
        language=text_of(value, "language"),
    )


def _parsed(lines: Iterable[Line], read: Callable[[dict[str, Any]], T]) -> Iterator[tuple[Line, T | None]]:
    for line in lines:
        if line.error:
            yield line, None
            continue
        try:
            yield line, read(line.value)
        except BadLine as problem:
            yield Line(line.number, line.value, str(problem)), None


def _report(_: argparse.Namespace) -> int:
    from scoring.evidence import Evidence, add_line
    from scoring.report import report

    evidence, failed = Evidence(), False
    for line, done in _parsed(read_lines(sys.stdin.buffer), lambda value: add_line(evidence, value)):
        if done is None:
            failed = True
            _write(error_of(line))
    _write(report(evidence))
    return int(failed)


def _causes(_: argparse.Namespace) -> int:
    from scoring.causes import answer, lecture_of

    failed = False
    for line, lecture in _parsed(read_lines(sys.stdin.buffer), lecture_of):
        failed |= lecture is None
        _write(error_of(line) if lecture is None else answer(lecture))
    return int(failed)


def _train(options: argparse.Namespace) -> int:
    from scoring.train import run

    return run(options)


def _evaluate(options: argparse.Namespace) -> int:
    from scoring.evaluate import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
