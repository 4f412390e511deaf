"""Which reader a file needs, by its first bytes first and by its name last."""

import re
from pathlib import Path
from typing import Literal, get_args

from annotators.errors import ExtractionError

Kind = Literal["markdown", "plain", "web", "pdf", "media", "image", "captions"]
KINDS: frozenset[str] = frozenset(get_args(Kind))

_NAMES: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".html": "web",
    ".htm": "web",
    ".xhtml": "web",
    ".vtt": "captions",
    ".srt": "captions",
}
_PLAYLIST = re.compile(
    rb"\s*(?:#EXTM3U|ffconcat|\[playlist\]|v=0\r?\no=|(?:<\?xml[^>]*>\s*)?<(?:MPD|smil|asx)\b)", re.I
)
_DRAWING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b", re.I | re.DOTALL
)
_WEB = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def kind_of(path: Path) -> Kind:
    """Return what reads this file; raises ExtractionError for what nothing reads, and for playlists."""
    with path.open("rb") as file:
        head = file.read(4_096)
    if not head:
        raise ExtractionError("empty")
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _PLAYLIST.match(text):
        raise ExtractionError("playlist")
    found = _by_bytes(head)
    if found:
        return found
    if b"\0" in head and head[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise ExtractionError("unknown_kind")
    if text.lstrip().startswith(b"WEBVTT"):
        return "captions"
    if _DRAWING.match(text):
        raise ExtractionError("unknown_kind")
    named = _NAMES.get(path.suffix.lower())
    return named or ("web" if _WEB.match(text) else "plain")


def _by_bytes(head: bytes) -> Kind | None:
    if b"%PDF-" in head[:1_024]:
        return "pdf"
    if head.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    ):
        return "image"
    return "media" if _is_media(head) else None


def _is_media(head: bytes) -> bool:
    boxes = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
    if head[4:8] in boxes or head.startswith((b"\x1aE\xdf\xa3", b"OggS", b"fLaC", b"ID3")):
        return True
    if head[:4] == b"RIFF" and head[8:12] in {b"AVI ", b"WAVE"}:
        return True
    # a frame of MPEG sound: eleven bits set, then a layer
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0
