"""Write a consistent backup while people go on working."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, select, text

from app.core import storage
from app.core.db import Model
from app.core.errors import NotFound
from app.core.ids import now
from app.core.storage import File

from . import archive
from .shelf import Shelf

_BATCH = 1000


def back_up(engine: Engine, target: Path, shelf: Shelf | None = None) -> dict[str, Any]:
    """Write the archive; returns ``{rows, files, missing}``. A half-written one never bears the final name.

    All tables are read in one snapshot: SQLite's reader keeps its view of the log, PostgreSQL repeats its reads.
    Files are never changed once stored, so they can be copied after it; one that was deleted meanwhile is named.
    With a ``shelf`` files go there, unless they are there already, and the archive only names them.
    """
    part = target.with_name(target.name + ".part")
    members: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    try:
        part.touch(mode=0o600)  # it holds everything about everybody
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as made:
            with engine.connect() as connection:
                files, rows = _write_tables(connection, made, members)
            if shelf is None:
                missing = [file.name for file in files if not _write_file(made, file, members)]
            else:
                missing = [file.name for file in files if not _put_beside(shelf, file, beside)]
            made.writestr(archive.MANIFEST, json.dumps(_manifest(members, beside if shelf else None)))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return {"rows": rows, "files": len(files) - len(missing), "missing": missing}


def _manifest(members: dict[str, Any], beside: dict[str, Any] | None) -> dict[str, Any]:
    made = {"format": archive.FORMAT, "made_at": now().isoformat(), "members": members}
    return made if beside is None else made | {"format": archive.FORMAT_BESIDE, "beside": beside}


def _write_tables(
    connection: Connection, made: zipfile.ZipFile, members: dict[str, Any]
) -> tuple[list[File], int]:
    _open_snapshot(connection)
    count = 0
    for table in Model.metadata.sorted_tables:
        name = f"tables/{table.name}.jsonl"
        with made.open(name, "w", force_zip64=True) as member:
            written = _Lines(member)
            count += _write_rows(connection, table, written)
        members[name] = written.told()
    files = [File(**row) for row in connection.execute(select(File.__table__)).mappings()]
    _end_snapshot(connection)
    return files, count


def _open_snapshot(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")  # deferred: reads only, from the first SELECT on one state
    else:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


def _end_snapshot(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ROLLBACK")
    else:
        connection.rollback()


class _Lines:
    """Lines on their way into the archive, counted and digested."""

    def __init__(self, member: Any) -> None:
        self._member, self._digest, self._size = member, hashlib.sha256(), 0

    def add(self, line: str) -> None:
        data = line.encode() + b"\n"
        self._digest.update(data)
        self._size += len(data)
        self._member.write(data)

    def told(self) -> dict[str, Any]:
        return {"sha256": self._digest.hexdigest(), "size": self._size}


def _write_rows(connection: Connection, table: Table, lines: _Lines) -> int:
    """Parents before children within a table too: ids grow with time."""
    count = 0
    ordered = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=_BATCH).execute(ordered).mappings():
        lines.add(archive.row_as_json(dict(row)))
        count += 1
    return count


def _write_file(made: zipfile.ZipFile, file: File, members: dict[str, Any]) -> bool:
    try:
        source = storage.open_file(file)
    except NotFound:
        return False
    info = zipfile.ZipInfo(f"files/{file.key}")
    info.compress_type = zipfile.ZIP_STORED  # videos and PDFs are compressed already
    with source, made.open(info, "w", force_zip64=True) as member:
        members[info.filename] = archive.copy(source, member)
    return True


def _put_beside(shelf: Shelf, file: File, beside: dict[str, Any]) -> bool:
    told = {"sha256": file.sha256, "size": file.size}
    if not shelf.holds(told):
        try:
            with storage.open_file(file) as source:
                told = shelf.add(source)
        except NotFound:
            return False
    beside[file.key] = told
    return told["sha256"] == file.sha256  # else storage has spoilt it: kept as it is, and named
