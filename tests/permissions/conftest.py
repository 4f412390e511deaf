"""The world of the permission tests, made once for all of them, and put back after each change."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jinja2 import BaseLoader, ChoiceLoader, DictLoader
from sqlalchemy import event

from app import create_app
from app.config import load_settings
from app.core.db import unit_of_work
from app.core.web import Foreword

from ..conftest import DATABASE, empty
from .snapshot import Snapshot
from .world import World, build


@dataclass
class Stage:
    """The application on the filled world; ``snapshot`` is missing on PostgreSQL."""

    app: Foreword
    client: FlaskClient
    world: World
    snapshot: Snapshot | None

    def ask(self, who: str, method: str, path: str, **options: Any) -> Any:
        """One request by somebody; ``nobody`` sends no token. ``headers_more`` are sent along."""
        token = self.world.tokens.get(who)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= options.pop("headers_more", {})
        # A cookie left by an earlier answer must not speak for the next person.
        client = self.app.test_client(use_cookies=False)
        return client.open(path, method=method, headers=headers, **options)

    def put_back(self) -> None:
        """Have the world as it was built; on PostgreSQL it is built again, with new ids."""
        if self.snapshot:
            self.snapshot.restore()
            return
        empty(self.app.extensions["foreword.engine"])
        with self.app.app_context(), unit_of_work():
            self.world = build()


@pytest.fixture(scope="module")
def stage(empty_database: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("world")
    if empty_database:
        shutil.copy(empty_database, folder / "foreword.db")
    settings = load_settings(instance=folder, database_url=DATABASE, secret_key="t" * 40, rate_limits="off")
    app = create_app(settings, testing=True)
    app.config["WTF_CSRF_METHODS"] = set()  # the tests of CSRF are elsewhere; here nobody is held up by it
    # Half of all answers are refusals: their page, which is looked at elsewhere, is not drawn for each.
    whole: BaseLoader | None = app.jinja_env.loader
    assert whole
    app.jinja_env.loader = ChoiceLoader([DictLoader({"errors/error.html": "{{ status }}"}), whole])
    engine = app.extensions["foreword.engine"]
    if not DATABASE:
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous=OFF"))
    with app.app_context(), unit_of_work():
        world = build()
    snapshot = None if DATABASE else Snapshot(str(folder / "foreword.db"))
    yield Stage(app, app.test_client(use_cookies=False), world, snapshot)
    if DATABASE:
        empty(engine)
    engine.dispose()
