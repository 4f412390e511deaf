"""What an import found in a file, medium by medium. Parsers run as limited subprocesses."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import lxml.html

from annotators.errors import ExtractionError
from annotators.extraction import extract_limited
from annotators.kinds import Kind as ReaderKind

from . import kinds
from .problems import ImportProblem

_MOST_HEADINGS = 500

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
            from .media.importing import read_recording  # only the worker needs ffmpeg

            return read_recording(path, kind, report)
        if kind is kinds.PDF:
            return _pdf(path)
        if kind is kinds.CAPTIONS:
            return _captions(path)
        return _text(path, kind)
    except ExtractionError as error:
        raise ImportProblem(error.code, **error.params) from error


def _extracted(path: Path, kind: kinds.Kind) -> dict[str, Any]:
    found = extract_limited(path, cast(ReaderKind, kind.name))
    text = str(found.get("text") or "")
    found["fields"] = {
        "text": text,
        "length": len(text),
        "notes": found.get("notes") or [],
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "extractor": f"{kind.name} 1",
    }
    return found


def _text(path: Path, kind: kinds.Kind) -> Reading:
    found = _extracted(path, kind)
    outline = _headings(str(found["html"]))
    return Reading(
        "text",
        found["title"],
        found["language"],
        found["fields"] | {"html": found["html"], "outline": outline},
    )


def _pdf(path: Path) -> Reading:
    found = _extracted(path, kinds.PDF)
    fields = found["fields"] | {"pages": found["pages"], "outline": found["outline"]}
    return Reading("pdf", found["title"], found["language"], fields)


def _captions(path: Path) -> Reading:
    """The transcript alone; its picture and its length stay those of the version before."""
    found = extract_limited(path, "captions")
    cues = found["cues"]
    text = "\n".join(cue["text"] for cue in cues)
    return Reading("video", None, found["language"], {"cues": cues, "text": text})


def _headings(html: str) -> list[dict[str, str | int]]:
    """The contents of a text: title, level (0…) and the stable id of the block that is the heading."""
    found = lxml.html.fragment_fromstring(html, create_parent="div").iter("h1", "h2", "h3", "h4")
    return [
        {
            "title": " ".join(h.text_content().split())[:200],
            "level": int(h.tag[1]) - 1,
            "block": h.get("data-block", ""),
        }
        for h in found
    ][:_MOST_HEADINGS]
