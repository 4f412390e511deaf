"""One application for many tests: making one takes as long as a short test does."""

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from app import create_app, flask_config
from app.config import load_settings
from app.core import jobs, limits, storage
from app.core.web import Foreword

SECRET = "t" * 40


class House:
    """Keeps an application between tests, and gives each test one that knows nothing of the test before.

    ``empty`` is a SQLite file with empty tables, or None where ``database`` is the address of PostgreSQL. The file of
    the tests lies in ``folder``: SQLAlchemy remembers what it has compiled by engine, and an engine by its file.
    """

    def __init__(self, folder: Path, empty: Path | None, database: str) -> None:
        self.file, self.empty = folder / "foreword.db", empty
        self.database = database or f"sqlite:///{self.file}"
        self.app: Foreword | None = None
        self.config: dict[str, Any] = {}

    def application(self, instance: Path) -> Foreword:
        """The application on an empty database, with its files in ``instance``."""
        settings = load_settings(instance=instance, database_url=self.database, secret_key=SECRET)
        if self.app is None:
            self.app = create_app(settings, testing=True)
            self.config = dict(self.app.config)
        app = self.app
        app.config.clear()
        app.config.update(self.config | flask_config(settings))
        storage.init_app(app, settings.storage_url, settings.secret_key)
        jobs.init_app(app, settings.redis_url, str(settings.instance / "queue.db"))
        if limiter := app.extensions[limits.KEY]:
            limiter.reset()
        if self.empty:
            self.begin_with(self.empty)
        return app

    def begin_with(self, tables: Path) -> None:
        """Have the application read a copy of this SQLite file from now on."""
        assert self.app
        engine: Engine = self.app.extensions["foreword.engine"]
        engine.dispose()
        for part in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + part).unlink(missing_ok=True)
        shutil.copy(tables, self.file)
        if not event.contains(engine, "connect", need_not_outlive_the_machine):
            event.listen(engine, "connect", need_not_outlive_the_machine)

    def leave(self, app: Foreword) -> None:
        """Sockets that were opened have threads that read on: such an application is not used again."""
        if "foreword.live" in app.extensions:
            app.extensions["foreword.engine"].dispose()
            self.app = None


def need_not_outlive_the_machine(connection: Any, _record: object) -> None:
    """What a test wrote may go with a power cut. What the product promises of one is benchmarked with real kills."""
    connection.execute("PRAGMA synchronous=OFF")
