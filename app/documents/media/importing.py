"""A recording on its way into the library: as it is if browsers play it, else converted; and a picture of it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .. import kinds
from ..problems import ImportProblem
from ..reading import Reading, Report
from . import ffmpeg
from .probe import Probe, probe

CONVERTER = "ffmpeg h264 720p 1"
_WIDTH, _HEIGHT = 1280, 720
_POSTER_WIDTH = 960
# How long ffmpeg may take: a fixed part, and so many seconds for each second of video.
_PATIENCE, _COPY_FACTOR, _CONVERT_FACTOR = 120.0, 1.0, 12.0
_SOUND_IN_MP4, _SOUND_IN_WEBM = {"aac", "mp3", None}, {"opus", "vorbis", None}
_PICTURE_IN_WEBM = {"vp8", "vp9", "av1"}
_NAMES = {
    "video/webm": "video.webm",
    "video/mp4": "video.mp4",
    "audio/mpeg": "sound.mp3",
    "audio/mp4": "sound.m4a",
}


def read_recording(path: Path, kind: kinds.Kind, report: Report) -> Reading:
    """Make a video with its poster, or a sound, that browsers play; raises ImportProblem with what is wrong."""
    found = probe(path, kind)
    media_type, options = _plan(found) if found.video else _sound_plan(found)
    target = path.with_name(_NAMES[media_type])
    _convert(path, kind, found, target, options=options, report=report)
    poster = _poster(target, media_type, found, report) if found.video else None
    if poster is None and found.video:
        raise ImportProblem("damaged_media")
    fields = {
        "duration": found.duration,
        "length": found.duration,
        "width": found.width or None,
        "height": found.height or None,
        "sha256": _digest(path),
        "extractor": CONVERTER,
    }
    medium = "video" if found.video else "audio"
    return Reading(medium, fields=fields, media=(target, media_type), poster=poster)


def _sound_plan(found: Probe) -> tuple[str, dict[str, Any]]:
    """Every browser of our floor plays MP3 and AAC; Ogg is not one of them everywhere."""
    if found.audio == "mp3":
        return "audio/mpeg", {"f": "mp3", "codec": "copy"}
    kept = {"c:a": "copy"} if found.audio == "aac" else {"c:a": "aac", "b:a": "128k", "ac": 2}
    return "audio/mp4", {"f": "ipod", "movflags": "+faststart"} | kept


def _plan(found: Probe) -> tuple[str, dict[str, Any]]:
    """The container to make, and how: what browsers play is copied, the rest is converted."""
    if found.video in _PICTURE_IN_WEBM and found.audio in _SOUND_IN_WEBM:
        return "video/webm", {"codec": "copy", "f": "webm"}
    mp4: dict[str, Any] = {"f": "mp4", "movflags": "+faststart"}
    sound = {"c:a": "copy"} if found.audio in _SOUND_IN_MP4 else {"c:a": "aac", "b:a": "128k", "ac": 2}
    if found.video == "h264" and found.plain_pixels:
        return "video/mp4", mp4 | {"c:v": "copy"} | sound
    fitted = (
        f"scale=w='min({_WIDTH},iw)':h='min({_HEIGHT},ih)':force_original_aspect_ratio=decrease,"
        "scale=w='max(2,trunc(iw/2)*2)':h='max(2,trunc(ih/2)*2)'"
    )
    picture = {"c:v": "libx264", "preset": "veryfast", "crf": 23, "pix_fmt": "yuv420p", "vf": fitted}
    return "video/mp4", mp4 | picture | sound


def _convert(
    path: Path, kind: kinds.Kind, found: Probe, target: Path, *, options: dict[str, Any], report: Report
) -> None:
    """The first picture and the first sound, without what else the file knows of its author."""
    source = ffmpeg.source(path, kind.demuxer)
    streams = [*([source["V:0"]] if found.video else []), *([source["a:0"]] if found.audio else [])]
    output = ffmpeg.output(
        streams, target, progress="pipe:1", map_metadata=-1, map_chapters=-1, threads=2, **options
    )
    factor = _COPY_FACTOR if "vf" not in options else _CONVERT_FACTOR
    ffmpeg.run(output, path.parent, _PATIENCE + factor * found.duration, _ticking(report, found.duration))
    if not target.exists() or target.stat().st_size == 0:
        raise ImportProblem("damaged_media")


def _ticking(report: Report, duration: float) -> Callable[[float], None]:
    return lambda done: report("converting", 0.1 + 0.8 * min(done / duration, 1.0))


def _poster(video: Path, media_type: str, found: Probe, report: Report) -> Path | None:
    """A picture from the first tenth of the video; of a film shorter than its poster's place, the first one."""
    demuxer = "matroska" if media_type == "video/webm" else "mov"
    poster = video.with_name("poster.jpg")
    for at in (min(found.duration / 10, 3.0), 0.0):
        report("saving", 0.92)
        source = ffmpeg.source(video, demuxer, ss=round(at, 3))
        output = source.output(
            poster.name,
            f="mjpeg",
            vframes=1,
            vf=f"scale='min({_POSTER_WIDTH},iw)':-2",
            map="0:V:0",
            **{"q:v": 4},
        )
        ffmpeg.run(output, video.parent, _PATIENCE)
        if poster.exists() and poster.stat().st_size:
            return poster
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
