"""What a video file holds, as ffmpeg tells it: no ffprobe is needed, since the packaged ffmpeg brings none."""

import re
from dataclasses import dataclass
from pathlib import Path

from .. import kinds
from ..problems import ImportProblem
from . import ffmpeg

MAX_HOURS = 6
MAX_WIDTH, MAX_HEIGHT = 8192, 4320
_SECONDS = 20.0

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_TIME = re.compile(r"time=(\d+):(\d\d):(\d\d(?:\.\d+)?)")
_STREAM = re.compile(r"^\s*Stream #0:(\d+).*?: (Video|Audio): (\w+)(.*)$", re.MULTILINE)
_SIZE = re.compile(r"\b(\d{1,6})x(\d{1,6})\b")
_PIXELS = re.compile(r"\b(yuvj?420p)\b(?!\d)")
_TURNED = re.compile(r"rotation of -?(?:90|270)\.")


@dataclass(frozen=True)
class Probe:
    """A recording: seconds, size as one sees it, and the codecs of its first picture and sound.

    A sound without a picture has an empty ``video`` and no size; the cover of an album is no picture.
    """

    duration: float
    width: int
    height: int
    video: str
    audio: str | None
    plain_pixels: bool


def probe(path: Path, kind: kinds.Kind) -> Probe:
    """Look into the file; raises ImportProblem for what is no recording, or too much of one."""
    said = _ask(path, kind, copy_all=False)
    streams = list(_STREAM.finditer(said))
    pictures = [stream for stream in streams if stream[2] == "Video" and "attached pic" not in stream[4]]
    sounds = [stream[3] for stream in streams if stream[2] == "Audio"]
    if not pictures and not sounds:
        raise ImportProblem("damaged_media")
    width, height = _size(pictures[0][4], said) if pictures else (0, 0)
    return Probe(
        _duration(said) or _duration_by_reading(path, kind),
        width,
        height,
        pictures[0][3] if pictures else "",
        sounds[0] if sounds else None,
        bool(pictures and _PIXELS.search(pictures[0][4])),
    )


def _size(stream: str, said: str) -> tuple[int, int]:
    """Width and height of a picture as one sees it."""
    size = _SIZE.search(stream)
    if size is None:
        raise ImportProblem("damaged_media")
    width, height = int(size[1]), int(size[2])
    if width * height > MAX_WIDTH * MAX_HEIGHT or not width or not height:
        raise ImportProblem("video_too_big", width=width, height=height)
    return (height, width) if _TURNED.search(said) else (width, height)


def _ask(path: Path, kind: kinds.Kind, *, copy_all: bool) -> str:
    """Have ffmpeg open the file, and read it to the end if asked to; nothing is decoded or written."""
    options = {} if copy_all else {"t": 0}
    output = ffmpeg.source(path, kind.demuxer).output("pipe:", f="null", codec="copy", stats=None, **options)
    return ffmpeg.run(output, path.parent, _SECONDS)


def _duration(said: str) -> float:
    found = _DURATION.search(said)
    return _checked(_in_seconds(found)) if found else 0.0


def _duration_by_reading(path: Path, kind: kinds.Kind) -> float:
    """What a browser has recorded names no duration, so the packets are counted."""
    times = list(_TIME.finditer(_ask(path, kind, copy_all=True)))
    duration = _checked(_in_seconds(times[-1])) if times else 0.0
    if duration <= 0:
        raise ImportProblem("damaged_media")
    return duration


def _in_seconds(found: re.Match[str]) -> float:
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])


def _checked(duration: float) -> float:
    if duration > MAX_HOURS * 3600:
        raise ImportProblem("video_too_long", hours=round(duration / 3600), limit=MAX_HOURS)
    return round(duration, 3)
