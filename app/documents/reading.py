"""What an import found in a file, medium by medium. Parsers run as limited subprocesses."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotators.errors import ExtractionError

from . import kinds
from .problems import ImportProblem

Report = Callable[[str, float], None]
"""Called with a step and how much of it is done (0 to 1); raises when the import was stopped."""


@dataclass
class Reading:
    """One version, ready to be stored; ``media`` and ``poster`` are files in the import's folder."""

    medium: str
    title: str | None = None
    language: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    media: tuple[Path, str] | None = None
    poster: Path | None = None


def read(path: Path, kind: kinds.Kind, report: Report) -> Reading:
    """Read a file of a known kind; raises ImportProblem with what is wrong with it."""
    report("reading", 0.1)
    try:
        if kind.demuxer:
            from .media.importing import read_video  # noqa: PLC0415  # only the worker needs ffmpeg

            return read_video(path, kind, report)
        if kind is kinds.PDF:
            return _pdf(path)
        return _text(path, kind)
    except ExtractionError as error:
        raise ImportProblem(error.code, **error.params) from error


def _text(path: Path, kind: kinds.Kind) -> Reading:
    from annotators.text.extract import extract

    found = extract(path.read_bytes(), kind.name).as_dict()
    text = str(found["text"])
    return Reading(
        "text",
        found["title"],
        found["language"],
        {
            "text": text,
            "html": found["html"],
            "length": len(text),
            "notes": found["notes"],
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "extractor": f"{kind.name} 1",
        },
    )
