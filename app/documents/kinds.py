"""What kinds of material a library takes, and how to tell them apart by what is inside."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import puremagic

Medium = Literal["text", "pdf", "video", "audio"]
TIMED: frozenset[Medium] = frozenset({"video", "audio"})
"""Media whose axis is seconds. What a recording holds decides between them, not what its name says."""


@dataclass(frozen=True)
class Kind:
    """A kind of material: the reader it needs, and for recordings the one demuxer that may open it."""

    name: str
    medium: Medium
    media_type: str
    demuxer: str = ""


MARKDOWN = Kind("markdown", "text", "text/markdown")
PLAIN = Kind("plain", "text", "text/plain")
WEB = Kind("web", "text", "text/html")
PDF = Kind("pdf", "pdf", "application/pdf")
CAPTIONS = Kind("captions", "video", "text/vtt")
MP4 = Kind("video", "video", "video/mp4", "mov")
WEBM = Kind("video", "video", "video/webm", "matroska")
AVI = Kind("video", "video", "video/x-msvideo", "avi")
MPEG_TS = Kind("video", "video", "video/mp2t", "mpegts")
MP3 = Kind("audio", "audio", "audio/mpeg", "mp3")
OGG = Kind("audio", "audio", "audio/ogg", "ogg")
WAV = Kind("audio", "audio", "audio/wav", "wav")
FLAC = Kind("audio", "audio", "audio/flac", "flac")

BY_SUFFIX = {
    "md": MARKDOWN,
    "markdown": MARKDOWN,
    "txt": PLAIN,
    "text": PLAIN,
    "html": WEB,
    "htm": WEB,
    "xhtml": WEB,
    "pdf": PDF,
    "vtt": CAPTIONS,
    "srt": CAPTIONS,
    **dict.fromkeys(("mp4", "m4v", "m4a", "m4b", "mov", "qt", "3gp", "3g2"), MP4),
    **dict.fromkeys(("webm", "mkv"), WEBM),
    "avi": AVI,
    **dict.fromkeys(("ts", "mts", "m2ts"), MPEG_TS),
    "mp3": MP3,
    **dict.fromkeys(("ogg", "oga", "opus", "ogv"), OGG),
    "wav": WAV,
    "flac": FLAC,
}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in (MARKDOWN, PLAIN, WEB, PDF)} | {
    "application/xhtml+xml": WEB,
    "text/x-markdown": MARKDOWN,
}


def may_replace(medium: str, before: str) -> bool:
    """May a version of this medium follow one of the other? All recordings are annotated by the clock."""
    return medium == before or {medium, before} <= TIMED


def named(file_name: str) -> Kind | None:
    """The kind that a file's name promises."""
    return BY_SUFFIX.get(PurePosixPath(file_name.lower()).suffix.lstrip("."))


def sniffed(path: Path, file_name: str) -> Kind | None:
    """The kind of a file by its first bytes; by its name only where text looks like any other text.

    A name that promises a video or a PDF is never enough: a play list called ``lesson.mp4`` is text.
    """
    promised = named(file_name)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.lstrip()[:5] == b"%PDF-" or b"%PDF-" in head[:1024]:
        return PDF
    recording = _recording(head, path)
    if recording or promised in (None, PDF) or promised.demuxer:
        return recording
    return promised


def _recording(head: bytes, path: Path) -> Kind | None:
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        return MP4
    if head.startswith(b"\x1aE\xdf\xa3"):
        return WEBM
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return AVI
    sound = _sound(head)
    if sound:
        return sound
    packets = head[0::188][:8]
    if len(packets) >= 4 and set(packets) == {0x47}:
        return MPEG_TS
    return _by_magic(path)


def _sound(head: bytes) -> Kind | None:
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    starts = {b"ID3": MP3, b"OggS": OGG, b"fLaC": FLAC}
    named_by = next((kind for start, kind in starts.items() if head.startswith(start)), None)
    # A frame of MPEG sound: eleven bits set, a version and a layer that are not reserved.
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
    return named_by or (MP3 if is_frame and head[1] & 0x18 != 0x08 and head[1] & 0x06 == 0x02 else None)


def _by_magic(path: Path) -> Kind | None:
    """Ask puremagic about what the signatures above do not know."""
    try:
        found = {
            match.extension.lstrip(".") for match in puremagic.magic_file(path) if match.confidence >= 0.8
        }
    except (puremagic.PureError, ValueError, OSError):
        return None
    kinds = {kind for name in found if (kind := BY_SUFFIX.get(name)) and kind.demuxer}
    return kinds.pop() if len(kinds) == 1 else None
