"""Commands that belong to no feature: the database's revisions and the worker."""

import threading
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.config import ROOT

from . import jobs

if TYPE_CHECKING:
    from alembic.config import Config

db = AppGroup("db", help="The database and its revisions.")


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(db)
    app.cli.add_command(worker)


def alembic_config() -> "Config":
    """Alembic, pointed at this application's database. Loaded here: only these commands need it."""
    from alembic.config import Config

    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engine"] = current_app.extensions["foreword.engine"]
    return config


@db.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database to a revision (the newest by default)."""
    from alembic import command

    command.upgrade(alembic_config(), revision)


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the database back to a revision."""
    from alembic import command

    command.downgrade(alembic_config(), revision)


@db.command("revision")
@click.argument("message")
@click.option("--rev-id", required=True, help="number of the revision, such as 0002")
def new_revision(message: str, rev_id: str) -> None:
    """Draft a revision from the difference between models and database."""
    from alembic import command

    command.revision(alembic_config(), message, autogenerate=True, rev_id=rev_id)


@db.command()
def check() -> None:
    """Fail if the models say something that the revisions do not."""
    from alembic import command

    command.check(alembic_config())


@click.command()
def worker() -> None:
    """Run queued jobs and sweeps until told to stop."""
    jobs.work(current_app._get_current_object(), threading.Event())  # type: ignore[attr-defined]  # werkzeug's LocalProxy
