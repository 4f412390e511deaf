"""What a video or sound file holds, as ffmpeg sees it: duration, size, codecs.

The file is hostile until shown otherwise: only known containers are opened, from the file itself and
nothing else.
"""

import os
import re
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import ffmpeg

from annotators.errors import ExtractionError

CONTAINERS = "mov,mp4,m4a,matroska,webm,avi,mp3,ogg,wav,flac"
"""Demuxers that ffmpeg may use: none of them opens another file by name."""

PROTOCOLS = "file,pipe"
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d\.\d+)")
_TIME = re.compile(r"time=(\d+):(\d\d):(\d\d\.\d+)")
_VIDEO = re.compile(r"Stream #\d+:\d+.*?: Video: (\w+).*?\b(\d{2,5})x(\d{2,5})\b(?!.*attached pic)")
_AUDIO = re.compile(r"Stream #\d+:\d+.*?: Audio: (\w+)")
_TURNED = re.compile(r"rotation of -?(?:90|270)\.")
_TITLE = re.compile(r"^\s+title\s*: (.{1,200})$", re.MULTILINE)


@dataclass(frozen=True)
class ExtractedMedia:
    """A video or a sound: ``duration`` in seconds, width and height as one sees it (None for sound)."""

    title: str | None
    duration: float
    medium: Literal["video", "audio"]
    width: int | None
    height: int | None
    video_codec: str | None
    audio_codec: str | None

    def as_dict(self) -> dict[str, object]:
        """Return the facts as plain JSON."""
        return asdict(self)


def ffmpeg_path() -> str:
    """Return the ffmpeg to run: ``FFMPEG``, the one in PATH, else the packaged one; ExtractionError for
    none.
    """
    found = os.environ.get("FFMPEG") or shutil.which("ffmpeg")
    if found:
        return found
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise ExtractionError("no_ffmpeg") from error


def extract(path: Path, seconds: float = 20) -> ExtractedMedia:
    """Ask ffmpeg what the file holds; raises ExtractionError for what cannot be played."""
    said = _run(path, seconds, decode=False)
    video, audio = _VIDEO.search(said), _AUDIO.search(said)
    if not video and not audio:
        raise ExtractionError("no_moving" if "Input #0" in said else "damaged_media")
    # what a browser recorded names no duration, so its packets are counted
    found = _DURATION.search(said) or _last(_run(path, seconds, decode=True))
    duration = int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]) if found else 0.0
    if duration <= 0:
        raise ExtractionError("damaged_media")
    width, height = (int(video[2]), int(video[3])) if video else (None, None)
    if _TURNED.search(said):
        width, height = height, width
    title = _TITLE.search(said)
    return ExtractedMedia(
        title[1].strip() if title else None,
        round(duration, 3),
        "video" if video else "audio",
        width,
        height,
        video[1] if video else None,
        audio[1] if audio else None,
    )


def _last(said: str) -> re.Match[str] | None:
    found = None
    for match in _TIME.finditer(said):
        found = match
    return found


def _run(path: Path, seconds: float, *, decode: bool) -> str:
    source = ffmpeg.input(str(path.absolute()), protocol_whitelist=PROTOCOLS, format_whitelist=CONTAINERS)
    output = ffmpeg.output(source, "-", format="null", codec="copy", **({} if decode else {"t": 0}))
    command = output.global_args("-hide_banner", "-nostdin", "-threads", "1").compile(cmd=ffmpeg_path())
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise ExtractionError("too_slow") from error
    except OSError as error:
        raise ExtractionError("no_ffmpeg") from error
    return done.stderr.decode("utf-8", "replace")
