"""Files beside the nightly archives: each once, named by the SHA-256 of its bytes, however many nights hold it."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from .archive import Damaged, copy

NAME = "files"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


class Shelf:
    """A folder of bytes. What it is asked for comes from an archive, so every name is looked at first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def holds(self, told: dict[str, Any]) -> bool:
        """Is a file with this digest and size there?"""
        path = self._path(told)
        return path.is_file() and path.stat().st_size == told.get("size")

    def add(self, source: IO[bytes]) -> dict[str, Any]:
        """Copy bytes in and read them back; returns their digest and size."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / "arriving.part"
        try:
            part.touch(mode=0o600)
            with part.open("wb") as target:
                told = copy(source, target)
            _compare(part, told)
            path = self._path(told)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return told

    def check(self, told: dict[str, Any]) -> None:
        """Read a file from end to end. Raises Damaged if it is not what the archive says."""
        _compare(self._path(told), told)

    def open(self, told: dict[str, Any]) -> IO[bytes]:
        """The bytes of a file."""
        return self._path(told).open("rb")

    def drop_all_but(self, digests: set[str]) -> None:
        """Forget the files that no archive names any more."""
        for path in self._paths():
            if path.name not in digests:
                path.unlink(missing_ok=True)

    def _paths(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("??/*") if _DIGEST.fullmatch(path.name))

    def _path(self, told: dict[str, Any]) -> Path:
        digest = str(told.get("sha256"))
        if not _DIGEST.fullmatch(digest):
            raise Damaged("The backup names a file by something that is no checksum.")
        return self.folder / digest[:2] / digest


def _compare(path: Path, told: dict[str, Any]) -> None:
    size, digest = 0, hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                digest.update(chunk)
    except OSError as error:
        raise Damaged(f"Backup is damaged: the file {path.name} cannot be read.") from error
    if (size, digest.hexdigest()) != (told.get("size"), told.get("sha256")):
        raise Damaged(f"Backup is damaged: the file {path.name} has another checksum.")
