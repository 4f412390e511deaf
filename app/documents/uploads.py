"""A file on its way into the library, and what it is called before it has been read."""

import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.storage import File

MAX_TEXT_BYTES = 20_000_000
_PASTED = "pasted"


@dataclass(frozen=True)
class Upload:
    """A file on its way in. ``limit`` is how many bytes of it are taken."""

    stream: IO[bytes]
    name: str
    limit: int


def pasted(text: str, *, plain: bool = False) -> Upload:
    """Typed or pasted text as a file."""
    if not text.strip():
        raise Invalid(_("There is no text yet. Type or paste it."), "empty", "/markdown")
    return Upload(io.BytesIO(text.encode()), f"{_PASTED}.txt" if plain else f"{_PASTED}.md", MAX_TEXT_BYTES)


def title_from(file: File) -> str:
    """What an upload is called until it has been read: its name without the ending."""
    return PurePosixPath(file.name).stem.strip() or file.name


def first_words(file: File | None, text: str) -> str:
    """What a pasted text without a heading is called; a file keeps its name."""
    if file is None or title_from(file) != _PASTED:
        return ""
    return " ".join(text[:200].split())[:60].strip()
