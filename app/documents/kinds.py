"""What kinds of material a library takes, and how to tell them apart by what is inside."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import puremagic

Medium = Literal["text", "pdf", "video"]


@dataclass(frozen=True)
class Kind:
    """A kind of material: the reader it needs, and for video the one demuxer that may open it."""

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
    **dict.fromkeys(("mp4", "m4v", "mov", "qt", "3gp", "3g2"), MP4),
    **dict.fromkeys(("webm", "mkv"), WEBM),
    "avi": AVI,
    **dict.fromkeys(("ts", "mts", "m2ts"), MPEG_TS),
}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in (MARKDOWN, PLAIN, WEB, PDF)} | {
    "application/xhtml+xml": WEB,
    "text/x-markdown": MARKDOWN,
}


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
    video = _video(head, path)
    if video or promised in (None, PDF) or promised.demuxer:
        return video
    return promised


def _video(head: bytes, path: Path) -> Kind | None:
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        return MP4
    if head.startswith(b"\x1aE\xdf\xa3"):
        return WEBM
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return AVI
    packets = head[0::188][:8]
    if len(packets) >= 4 and set(packets) == {0x47}:
        return MPEG_TS
    return _by_magic(path)


def _by_magic(path: Path) -> Kind | None:
    """Ask puremagic about what the four signatures above do not know."""
    try:
        found = {
            match.extension.lstrip(".") for match in puremagic.magic_file(path) if match.confidence >= 0.8
        }
    except (puremagic.PureError, ValueError, OSError):
        return None
    kinds = {kind for name in found if (kind := BY_SUFFIX.get(name)) and kind.demuxer}
    return kinds.pop() if len(kinds) == 1 else None
