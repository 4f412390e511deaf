"""The backup that the product makes itself each night: made, looked at, and the oldest forgotten."""

import errno
import fcntl
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.config import Settings
from app.core.ids import now

from . import archive
from .backing_up import back_up
from .notes import Note, read_note, write_note
from .shelf import NAME, Shelf

_PREFIX = "foreword-"
# After a failure there is time to mend it, but not a whole night.
_AGAIN_AFTER = timedelta(hours=1)


def is_due(settings: Settings, moment: datetime | None = None) -> bool:
    """Is there no backup since tonight's hour? Never in the demo, whose course is made anew from nothing."""
    if settings.demo or not settings.backups_kept:
        return False
    moment, note = moment or now(), read_note(settings.backup_note)
    if note.failed_at and moment - note.failed_at < _AGAIN_AFTER:
        return False
    return note.made_at is None or note.made_at < _last_hour(moment, settings.backup_hour)


def _last_hour(moment: datetime, hour: int) -> datetime:
    """When the clock of this machine last showed that hour."""
    local = moment.astimezone()
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)


def make(engine: Engine, settings: Settings) -> Path | None:
    """Make one, look at it, and note how it went; None where another process is making one."""
    folder = settings.backup_folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder) as free:
        return _made(engine, settings, folder) if free else None


def _made(engine: Engine, settings: Settings, folder: Path) -> Path:
    made_at = now()
    target = folder / f"{_PREFIX}{made_at:%Y%m%dT%H%M%SZ}.zip"
    shelf = Shelf(folder / NAME)
    try:
        done = back_up(engine, target, shelf)
        check(target, thorough=False)
    except Exception as error:
        target.unlink(missing_ok=True)  # what cannot be read back is none
        old = read_note(settings.backup_note)
        write_note(settings.backup_note, old._replace(failed_at=now(), problem=_sentence(error)))
        raise
    _forget_oldest(folder, shelf, settings.backups_kept)
    counts = {"rows": done["rows"], "files": done["files"], "missing": len(done["missing"])}
    write_note(settings.backup_note, Note(made_at, str(target), checked=True, **counts))
    return target


def check(source: Path, *, thorough: bool = True) -> dict[str, Any]:
    """Read a backup as a restore would, changing nothing; returns its list of contents.

    Each night every row is read; of the files that earlier nights copied (and read back then) only that they are
    there in their size. ``thorough`` reads all of them.
    """
    try:
        with zipfile.ZipFile(source) as opened:
            return archive.Reader(opened, Shelf(source.parent / NAME), thorough=thorough).manifest
    except (zipfile.BadZipFile, OSError) as error:
        raise archive.Damaged("This file is no backup, or it was cut off.") from error


def _forget_oldest(folder: Path, shelf: Shelf, kept: int) -> None:
    """Files that only forgotten archives named go with them: so does what was erased, after as many nights."""
    archives = sorted(folder.glob(f"{_PREFIX}*.zip"))
    for path in archives[:-kept]:
        path.unlink()
    try:
        named = {
            str(told["sha256"]) for path in archives[-kept:] for told in _manifest(path)["beside"].values()
        }
    except (archive.Damaged, KeyError):
        return  # an older archive cannot be read: rather keep too much than take its files away
    shelf.drop_all_but(named)


def _manifest(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as opened:
            found: dict[str, Any] = json.loads(opened.read(archive.MANIFEST))
            return found
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise archive.Damaged("The list of contents cannot be read.") from error


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """True for one process at a time; the lock ends with the process, whatever happens to it."""
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _sentence(error: Exception) -> str:
    """What went wrong, for whoever looks after the server; never an address or a row."""
    if isinstance(error, archive.Damaged):
        return str(error)
    if isinstance(error, OSError) and error.errno:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return "The disk for the backups is full." if full else f"{os.strerror(error.errno)}."
    return f"It stopped with {type(error).__name__}; the log says more."
