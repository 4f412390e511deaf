"""Commands of those who run the server: `person`, `backup`, `restore`, `doctor`."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts.commands import known_person
from app.config import Settings
from app.core import audit, personal
from app.core.db import unit_of_work
from app.core.ids import now

from .operations import archive, backing_up, each_night, examining, personal_data, restoring
from .operations.notes import Note, write_note

person = AppGroup("person", help="What is stored about one person.")
_File = click.Path(dir_okay=False, path_type=Path)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _ledger() -> Path:
    return _settings().instance / "erased_people.txt"


@person.command("export")
@click.argument("email_or_id")
@click.argument("file", type=_File)
def export(email_or_id: str, file: Path) -> None:
    """Write everything about a person into a JSON file."""
    account = known_person(email_or_id)
    with unit_of_work():
        found = personal_data.export_person(account)
        audit.record("account.exported", school_id=account.school_id, actor_id=None, object_id=account.id)
    file.touch(mode=0o600)
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"{sum(map(len, found['tables'].values()))} rows about {account.name} are in {file}.")


@person.command("erase")
@click.argument("email_or_id")
@click.option("--yes", is_flag=True, help="do not ask")
def erase(email_or_id: str, yes: bool) -> None:
    """Forget a person. It cannot be undone; threads stay readable, their words say “removed”."""
    account = known_person(email_or_id)
    if not yes:
        click.confirm(f"Erase {account.name} ({account.email or email_or_id}) for good?", abort=True)
    with unit_of_work():
        personal_data.erase_person(account)
    personal_data.note_erasure(_ledger(), account.id)
    click.echo("Erased.")


@person.command("registry")
@click.argument("file", type=_File)
def registry(file: Path) -> None:
    """Write docs/data.md: what is stored about people, and why."""
    file.write_text(personal.as_markdown(), encoding="utf-8")


@click.command()
@click.argument("file", type=_File, required=False)
def backup(file: Path | None) -> None:
    """Write a backup of rows and files into FILE, while people go on working.

    Without FILE: into the folder of the nightly ones, as each night.
    """
    engine = current_app.extensions["foreword.engine"]
    if file is None:
        try:
            made = each_night.make(engine, _settings())
        except (archive.Damaged, OSError) as error:
            raise click.ClickException(f"{error} No backup was made.") from error
        click.echo(f"It is in {made}, and was read back." if made else "One is being made right now.")
        return
    made_at = now()
    done = backing_up.back_up(engine, file)
    write_note(_settings().backup_note, Note(made_at, str(file), done["rows"], done["files"]))
    for name in done["missing"]:
        click.echo(f"Not in storage, so not in the backup: {name}", err=True)
    click.echo(f"{done['rows']} rows and {done['files']} files are in {file}.")


@click.command()
@click.argument("file", type=_File)
@click.option("--yes", is_flag=True, help="do not ask")
@click.option("--check", is_flag=True, help="only read it from end to end; nothing is changed")
def restore(file: Path, yes: bool, check: bool) -> None:
    """Replace everything by a backup. Stop the server first."""
    if check:
        _say_whether_whole(file)
        return
    if not yes:
        click.confirm("Replace everything that is stored now by this backup?", abort=True)
    try:
        done = restoring.restore(file, _ledger())
    except archive.Damaged as error:
        raise click.ClickException(f"{error} Nothing was restored.") from error
    click.echo(f"{done['rows']} rows and {done['files']} files are back.")
    if done["erased"]:
        click.echo(f"{done['erased']} people who were erased since the backup are erased again.")


def _say_whether_whole(file: Path) -> None:
    try:
        manifest = each_night.check(file)
    except archive.Damaged as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The backup of {manifest['made_at']} is whole and can be restored.")


@click.command()
def doctor() -> None:
    """Look whether everything is as it should be; exit status 1 if not."""
    findings = examining.examine(current_app.extensions["foreword.engine"], _settings())
    for finding in findings:
        click.echo(f"{finding.verdict:8}{finding.what}: {finding.sentence}")
    if any(finding.verdict == "bad" for finding in findings):
        sys.exit(1)


COMMANDS = [person, backup, restore, doctor]
