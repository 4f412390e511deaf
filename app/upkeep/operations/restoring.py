"""Put a backup back: checked from end to end first, then all of it or nothing."""

import zipfile
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.core import storage
from app.core.db import Model, session, unit_of_work
from app.core.storage import File

from . import archive
from .personal_data import erase_again
from .shelf import NAME, Shelf

_BATCH = 500


def restore(source: Path, ledger: Path) -> dict[str, int]:
    """Replace everything by the backup; returns ``{rows, files, erased}``.

    Raises archive.Damaged, with nothing changed, for an archive that is not whole or not ours. People who
    were erased since the backup are erased again.
    """
    try:
        with zipfile.ZipFile(source) as opened:
            return _put_back(archive.Reader(opened, Shelf(source.parent / NAME)), ledger)
    except (zipfile.BadZipFile, OSError) as error:
        raise archive.Damaged("This file is no backup, or it was cut off.") from error


def _put_back(reader: archive.Reader, ledger: Path) -> dict[str, int]:
    before = set(session.scalars(select(File.key)))
    session.rollback()
    new = [key for key in reader.file_keys() if not storage.has_bytes(key)]
    for key in new:
        _store(reader, key)
    try:
        with unit_of_work():
            rows = _replace_rows(reader)
            session.flush()
            erased = erase_again(ledger)
    except SQLAlchemyError as error:
        for key in new:
            storage.remove_bytes(key)
        raise archive.Damaged("The rows of the backup do not fit together.") from error
    kept = set(session.scalars(select(File.key)))
    for key in before - kept:
        storage.remove_bytes(key)
    return {"rows": rows, "files": len(new), "erased": erased}


def _store(reader: archive.Reader, key: str) -> None:
    with reader.open_file(key) as bytes_of_file:
        storage.store_bytes(key, bytes_of_file)


def _replace_rows(reader: archive.Reader) -> int:
    for table in reversed(Model.metadata.sorted_tables):
        session.execute(delete(table))
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
    return sum(_insert(table, reader) for table in reader.tables())


def _insert(table: Table, reader: archive.Reader) -> int:
    count, rows = 0, reader.rows(table)
    while batch := list(islice(rows, _BATCH)):
        session.execute(insert(table), _alike(batch))
        count += len(batch)
    return count


def _alike(batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of one statement name the same columns; all rows of a table do, unless somebody made them up."""
    if any(row.keys() != batch[0].keys() for row in batch):
        raise archive.Damaged("Rows of one table name different columns.")
    return batch
