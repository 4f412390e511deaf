"""Is everything as it should be? What `flask doctor` looks at."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from typing import Literal, NamedTuple

from sqlalchemy import Engine

from app.config import ROOT, Settings
from app.core import jobs, storage
from app.core.ids import now

from .notes import Note, read_note

BACKUP_AGE = timedelta(days=7)
NIGHTLY_AGE = timedelta(days=2)
FREE_GB = 1
Verdict = Literal["good", "warning", "bad"]


class Finding(NamedTuple):
    """One thing that was looked at."""

    what: str
    verdict: Verdict
    sentence: str


def examine(engine: Engine, settings: Settings) -> list[Finding]:
    """Look at everything; a part that cannot be looked at is bad, and the others are still looked at."""
    parts: dict[str, Callable[[], Finding]] = {
        "settings": lambda: _settings(settings),
        "database": lambda: _database(engine),
        "revision": lambda: _revision(engine),
        "queue": _queue,
        "storage": _storage,
        "disk": lambda: _disk(settings),
        "ffmpeg": _ffmpeg,
        "models": _models,
        "backup": lambda: _backup(settings),
    }
    return [_looked_at(what, look) for what, look in parts.items()]


def queue() -> Finding:
    """How much waits in the queue; bad where it cannot be asked."""
    return _looked_at("queue", _queue)


def _looked_at(what: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Exception as error:  # whatever it is, the sentence names it and the rest goes on
        return Finding(what, "bad", f"cannot be looked at: {error}")


def _settings(settings: Settings) -> Finding:
    if settings.mail_url and not settings.base_url:
        return Finding(
            "settings", "bad", "FOREWORD_MAIL_URL needs FOREWORD_BASE_URL: links in mails need it."
        )
    if settings.production and not settings.base_url.startswith("https://"):
        return Finding("settings", "bad", "FOREWORD_BASE_URL should be an https:// address in production.")
    if not settings.mail_url:
        return Finding("settings", "warning", "Mail is not set up (FOREWORD_MAIL_URL): it goes to the log.")
    return Finding("settings", "good", "can be used together.")


def _database(engine: Engine) -> Finding:
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        if engine.dialect.name != "sqlite":
            return Finding("database", "good", f"{engine.dialect.name} answers.")
        found = {
            name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())
            for name in ("journal_mode", "synchronous", "foreign_keys", "quick_check")
        }
    wanted = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "quick_check": "ok"}
    wrong = ", ".join(f"{name} is {found[name]}" for name in wanted if found[name] != wanted[name])
    return Finding(
        "database", "bad" if wrong else "good", wrong or "SQLite is whole, and safe against power cuts."
    )


def _revision(engine: Engine) -> Finding:
    # These take long to load, and the web process has no use for them.
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    newest = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == newest:
        return Finding("revision", "good", f"{present}, the newest.")
    return Finding("revision", "bad", f"{present}, but the newest is {newest}: run `flask db upgrade`.")


def _queue() -> Finding:
    waiting = jobs.queue_length()
    return Finding("queue", "good" if waiting < 1000 else "warning", f"{waiting} jobs wait.")


def _storage() -> Finding:
    return Finding("storage", *(("good", "answers.") if storage.health() else ("bad", "does not answer.")))


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.instance).free / (1 << 30)
    return Finding("disk", "good" if free >= FREE_GB else "bad", f"{free:.1f} GB are free.")


def _ffmpeg() -> Finding:
    import imageio_ffmpeg  # as in _revision

    program = shutil.which("ffmpeg") or imageio_ffmpeg.get_ffmpeg_exe()
    said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20, check=True)
    return Finding("ffmpeg", "good", said.stdout.splitlines()[0])


def _models() -> Finding:
    found = sorted(path.name for path in (ROOT / "scoring" / "models").glob("*") if path.is_file())
    if not found:
        return Finding("models", "bad", "The rating has no models: scoring/models is empty.")
    return Finding("models", "good", f"{len(found)} files for the rating.")


def _backup(settings: Settings) -> Finding:
    lacking: Verdict = "bad" if settings.production else "warning"
    note, nightly = read_note(settings.backup_note), settings.backups_kept and not settings.demo
    if note.failed_at:
        return Finding("backup", lacking, f"The last try failed: {note.problem} {_age_of(note)}")
    if note.made_at is None:
        advice = "The worker makes one within minutes." if nightly else "Run `flask backup FILE` each night."
        return Finding("backup", lacking, f"There is none yet. {advice}")
    too_old = now() - note.made_at > (NIGHTLY_AGE if nightly else BACKUP_AGE)
    lost = f" {note.missing} files were not in storage as they should be." if note.missing else ""
    return Finding("backup", lacking if too_old or lost else "good", _age_of(note) + lost)


def _age_of(note: Note) -> str:
    if note.made_at is None:
        return "There is none yet."
    read = ", and was read back" if note.checked else ""
    return f"The last one is {(now() - note.made_at).days} days old{read}."
