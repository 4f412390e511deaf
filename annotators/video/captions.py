"""Captions (WebVTT, SubRip) as a transcript: lines with their times."""

import html
import re
from dataclasses import asdict, dataclass
from typing import Literal

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from annotators.errors import ExtractionError
from annotators.text.extract import decode
from annotators.text.language import detect_language

MAX_BYTES = 5_000_000
MOST_CUES = 20_000
_TAG = re.compile(r"<[^<>]{0,500}>")
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,60})?\s+([^<>]{1,80})>")
_SETTINGS = re.compile(r"\{\\[^{}]{0,200}\}")


@dataclass(frozen=True)
class Cue:
    """A line of the transcript, in seconds; ``speaker`` where the captions name one."""

    start: float
    end: float
    text: str
    speaker: str | None = None


@dataclass(frozen=True)
class Captions:
    """All cues in the order of their times."""

    language: str | None
    cues: list[Cue]
    medium: Literal["captions"] = "captions"

    def as_dict(self) -> dict[str, object]:
        """Return the captions as plain JSON."""
        return asdict(self)


def extract(data: bytes) -> Captions:
    """Read WebVTT or SubRip; raises ExtractionError for what is neither, or too long."""
    if len(data) > MAX_BYTES:
        raise ExtractionError("too_large", {"limit": f"{MAX_BYTES // 1_000_000} MB"})
    source = decode(data)
    if not source.strip():
        raise ExtractionError("empty")
    cues = sorted(filter(None, map(_cue, _parse(source))), key=lambda cue: (cue.start, cue.end))
    if not cues or len(cues) > MOST_CUES:
        raise ExtractionError("damaged_captions")
    return Captions(detect_language("\n".join(cue.text for cue in cues)), cues)


def write_vtt(cues: list[Cue]) -> str:
    """Write cues as WebVTT that holds nothing but times and words, for the browser's own captions."""
    lines = ["WEBVTT", ""]
    for cue in cues:
        words = html.escape(re.sub(r"\n{2,}", "\n", cue.text), quote=False)
        voice = f"<v {html.escape(cue.speaker, quote=False)}>" if cue.speaker else ""
        lines += [f"{_clock(cue.start)} --> {_clock(cue.end)}", voice + words, ""]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1_000)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1_000:02}.{rest % 1_000:03}"


def _parse(source: str) -> list[webvtt.Caption]:
    try:
        if source.lstrip().startswith("WEBVTT"):
            return webvtt.from_string(source.lstrip()).captions
        return webvtt.from_buffer(source.split("\n"), format="srt").captions
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError) as error:
        raise ExtractionError("damaged_captions") from error


def _cue(caption: webvtt.Caption) -> Cue | None:
    raw = _SETTINGS.sub("", caption.raw_text)
    voice = _VOICE.search(raw)
    text = html.unescape(_TAG.sub("", raw)).strip()
    start, end = _seconds(caption.start), _seconds(caption.end)
    if not text or end < start:
        return None
    return Cue(start, end, text, html.unescape(voice[1]).strip() if voice else None)


def _seconds(clock: str) -> float:
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)
