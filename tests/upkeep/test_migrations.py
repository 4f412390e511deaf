"""The migrations lead from nothing to what the models say, and back again, on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, make_url, text

from app import create_app
from app.config import load_settings
from app.core.commands import alembic_config
from app.core.db import Model
from app.core.web import Foreword

from ..conftest import DATABASE


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Foreword]:
    """The application on a database without any table; on PostgreSQL one of its own."""
    url = make_url(DATABASE) if DATABASE else None
    own = url.set(database=f"{url.database}_migrations") if url else None
    server = create_engine(url, isolation_level="AUTOCOMMIT") if url else None
    if server and own:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{own.database}"'))
            connection.execute(text(f'CREATE DATABASE "{own.database}"'))
    address = own.render_as_string(hide_password=False) if own else ""
    app = create_app(
        load_settings(instance=tmp_path, database_url=address, secret_key="t" * 40), testing=True
    )
    with app.app_context():
        yield app
    app.extensions["foreword.engine"].dispose()
    if server and own:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{own.database}"'))
        server.dispose()


def test_models_and_migrations_say_the_same(untouched):
    command.upgrade(alembic_config(), "head")
    with untouched.extensions["foreword.engine"].connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": bool(DATABASE)})
        assert compare_metadata(context, Model.metadata) == []


def test_each_migration_can_be_taken_back_and_made_again(untouched):
    config = alembic_config()
    command.upgrade(config, "head")
    revisions = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    for older in [*revisions[1:], "base"]:
        command.downgrade(config, older)
    left = set(inspect(untouched.extensions["foreword.engine"]).get_table_names())
    assert left <= {"alembic_version"}
    command.upgrade(config, "head")
