"""Everything between a fresh clone and a start: packages, front end, messages, database, demo course."""

import os
from pathlib import Path

from console import say
from environment import PYTHON, ROOT, RUN_FILES, digest, install, is_done, mark_done, run
from settings import setting

INSTANCE = Path(setting("FOREWORD_INSTANCE", str(ROOT / "instance")))
TRANSLATIONS = ROOT / "app" / "translations"


def prepare() -> None:
    """Make the checkout ready to start; each step is skipped when nothing it reads has changed."""
    install(RUN_FILES)
    build_frontend()
    compile_messages()
    migrate()
    fill_demo()


def flask(*arguments: str) -> list[str | Path]:
    """Return the command line of one of the application's own commands."""
    return [PYTHON, "-m", "flask", "--app", "wsgi", *arguments]


def build_frontend() -> None:
    """Build the front end; the builder looks by itself for what changed."""
    say("Building what changed in the front end")
    run([PYTHON, ROOT / "tools" / "build_frontend.py", "build"], "building the front end")


def compile_messages() -> None:
    """Compile the translations: the compiled ones are not in the repository."""
    catalogues = sorted(TRANSLATIONS.rglob("*.po"))
    state = digest(catalogues)
    compiled = all(path.with_suffix(".mo").is_file() for path in catalogues)
    if catalogues and not (compiled and is_done("messages", state)):
        say("Compiling the translations")
        run(
            [PYTHON, "-m", "babel.messages.frontend", "compile", "-d", TRANSLATIONS],
            "compiling the translations",
        )
        mark_done("messages", state)


def migrate() -> None:
    """Bring the database to the newest migration.

    A start must be quick, so the default database is asked only when a migration came or the file went;
    a database of one's own may have changed without our seeing it, and is asked each time.
    """
    state = digest(sorted((ROOT / "migrations").rglob("*.py")))
    if is_untouched_default_database() and is_done("migrated", state, INSTANCE):
        return
    say("Bringing the database up to date")
    INSTANCE.mkdir(exist_ok=True)
    run(flask("db", "upgrade"), "bringing the database up to date")
    mark_done("migrated", state, INSTANCE)


def fill_demo() -> None:
    """Fill the demo course; the command finds by itself what is there already."""
    if os.environ.get("FOREWORD_DEMO") != "1":
        return
    if is_untouched_default_database() and is_done("demo", database_file_born(), INSTANCE):
        return
    say("Filling the demo course")
    run(flask("demo"), "filling the demo course")
    mark_done("demo", database_file_born(), INSTANCE)


def is_untouched_default_database() -> bool:
    return not setting("FOREWORD_DATABASE_URL") and bool(database_file_born())


def database_file_born() -> str:
    """Name the default database file so that a new one in its place is seen as new; empty without one."""
    return " ".join(f"{path.name}:{path.stat().st_ino}" for path in sorted(INSTANCE.glob("*.db")))
