"""The backup archive: a ZIP of one JSON Lines member per table, the files, and a manifest with checksums.

It holds rows and bytes, never code or paths: restoring writes rows through the models and files under their
random keys, so an archive cannot put anything anywhere else. The same archive fits SQLite and PostgreSQL.
"""

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import Column, DateTime, LargeBinary, Table

from app.core.db import Model, UtcDateTime

if TYPE_CHECKING:
    from .shelf import Shelf

FORMAT = "foreword-backup/1"
# Files are not in the archive but on a shelf beside it: a version that does not know that must not restore it.
FORMAT_BESIDE = "foreword-backup/2"
MANIFEST = "manifest.json"
_MEMBER = re.compile(r"tables/[a-z_]{1,63}\.jsonl|files/[0-9a-f]{48}")
_KEY = re.compile(r"[0-9a-f]{48}")
_CHUNK = 1 << 20
LONGEST_MANIFEST = 512 << 20


class Damaged(Exception):
    """The archive cannot be trusted; its text is one sentence. Nothing was changed."""


def row_as_json(row: dict[str, Any]) -> str:
    """One row as one line; bytes as base64, moments in ISO 8601."""
    return json.dumps(row, default=_plain, ensure_ascii=False)


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(type(value).__name__)


def row_from_json(table: Table, line: bytes) -> dict[str, Any]:
    """A row for the table. Raises Damaged for what no backup of ours would say."""
    try:
        fields = json.loads(line)
        return {name: _value(table.c[name], value) for name, value in fields.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"A row of the table {table.name} cannot be read.") from error


def _value(column: Column[Any], value: Any) -> Any:
    if value is not None and isinstance(column.type, UtcDateTime | DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(column.type, LargeBinary):
        return base64.b64decode(value["base64"], validate=True)
    return value


def copy(source: IO[bytes], target: IO[bytes]) -> dict[str, Any]:
    """Copy bytes; returns what the manifest says of them."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return {"sha256": digest.hexdigest(), "size": size}


class Reader:
    """A backup that was checked from end to end before anything is done with it.

    ``shelf`` holds the files of an archive that only names them; ``thorough`` reads those, too.
    """

    def __init__(self, archive: zipfile.ZipFile, shelf: "Shelf", *, thorough: bool = True) -> None:
        self._archive, self._shelf = archive, shelf
        self.manifest = self._checked_manifest()
        self._beside: dict[str, dict[str, Any]] = self.manifest.get("beside", {})
        self._check_beside(thorough=thorough)
        for name, told in self.manifest["members"].items():
            self._check_member(name, told)
        for table in self.tables():
            for row in self.rows(table):
                if table.name == "file" and not _KEY.fullmatch(str(row.get("key"))):
                    raise Damaged("A file of the backup has a key that storage never makes.")

    def _checked_manifest(self) -> dict[str, Any]:
        names = self._archive.namelist()
        if len(names) != len(set(names)) or MANIFEST not in names:
            raise Damaged("This is not a backup of Foreword, or a part of it is there twice.")
        if self._archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
            raise Damaged("The list of contents is too large.")
        try:
            manifest = json.loads(self._archive.read(MANIFEST))
            members = set(manifest["members"])
        except (ValueError, KeyError, TypeError, RuntimeError, zipfile.BadZipFile) as error:
            raise Damaged("The list of contents cannot be read.") from error
        if manifest.get("format") != (FORMAT_BESIDE if "beside" in manifest else FORMAT):
            raise Damaged("This backup has another format than this version of Foreword reads.")
        strange = [name for name in members if not _MEMBER.fullmatch(name)]
        if strange or members != set(names) - {MANIFEST}:
            raise Damaged("The contents are not those that the list names.")
        return dict(manifest)

    def _check_member(self, name: str, told: dict[str, Any]) -> None:
        try:
            size, digest = 0, hashlib.sha256()
            with self._archive.open(name) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    digest.update(chunk)
                    if size > told["size"]:
                        break
            good = (size, digest.hexdigest()) == (told["size"], told["sha256"])
        except (
            zipfile.BadZipFile,
            KeyError,
            TypeError,
            OSError,
            RuntimeError,
            EOFError,
            ValueError,
        ) as error:
            raise Damaged(f"Backup is damaged: {name} cannot be read.") from error
        except Exception as error:  # zlib's and lzma's own error classes share no base
            raise Damaged(f"Backup is damaged: {name} cannot be unpacked.") from error
        if not good:
            raise Damaged(f"Backup is damaged: {name} has another checksum.")

    def _check_beside(self, *, thorough: bool) -> None:
        if not isinstance(self._beside, dict):
            raise Damaged("The list of files cannot be read.")
        for key, told in self._beside.items():
            if not _KEY.fullmatch(key) or not isinstance(told, dict):
                raise Damaged("A file of the backup has a key that storage never makes.")
            if not self._shelf.holds(told):
                raise Damaged("A file of the backup is not beside it. Was the folder moved in parts?")
            if thorough:
                self._shelf.check(told)

    def tables(self) -> list[Table]:
        """The tables of the archive, parents first. Raises Damaged for one that we do not know."""
        known = {f"tables/{table.name}.jsonl": table for table in Model.metadata.sorted_tables}
        told = {name for name in self.manifest["members"] if name.startswith("tables/")}
        if told - set(known):
            raise Damaged(
                "The backup has tables that this version does not know. Was it made by a newer one?"
            )
        return [table for name, table in known.items() if name in told]

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """The rows of a table."""
        with self._archive.open(f"tables/{table.name}.jsonl") as lines:
            for line in lines:
                yield row_from_json(table, line)

    def file_keys(self) -> list[str]:
        """The keys of the files in the archive or beside it."""
        names = [name for name in self.manifest["members"] if name.startswith("files/")]
        return [*(name.removeprefix("files/") for name in names), *self._beside]

    def open_file(self, key: str) -> IO[bytes]:
        """The bytes of a file."""
        told = self._beside.get(key)
        return self._shelf.open(told) if told else self._archive.open(f"files/{key}")
