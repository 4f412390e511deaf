"""The backup that the worker makes each night: when, what is kept, and what is said of it."""

import io
import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.operations import people
from app.core import jobs, storage
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.storage import File
from app.upkeep import jobs as upkeep_jobs
from app.upkeep.operations import backing_up, each_night, examining
from app.upkeep.operations.notes import Note, read_note, write_note
from tests.accounts.browser import Browser
from tests.accounts.conftest import PASSWORD

from .test_backups import rows, run

EVENING = datetime(2026, 3, 9, 21, 0).astimezone()


@pytest.fixture
def settings(app):
    return app.config["SETTINGS"]


@pytest.fixture
def engine(app):
    return app.extensions["foreword.engine"]


@pytest.fixture
def admin(app, cast):
    """Ada, an admin, at a computer."""
    with unit_of_work():
        people.register(cast.school.id, "Ada Other", "ada", PASSWORD).is_admin = True
    computer = Browser(app)
    computer.sign_in("ada", PASSWORD)
    return computer


def stored(cast, name, data):
    with unit_of_work():
        made = storage.store(
            io.BytesIO(data), school_id=cast.school.id, name=name, media_type="text/plain", limit=1 << 20
        )
        return made.id


def archives(settings):
    return sorted(settings.backup_folder.glob("*.zip"))


def on_shelf(settings):
    return sorted(path for path in settings.backup_folder.glob("files/??/*"))


def night(engine, settings, monkeypatch, number):
    """Make the backup of one night; each has a moment of its own."""
    moment = datetime(2026, 3, 1, 2, 5, tzinfo=UTC) + timedelta(days=number)
    monkeypatch.setattr(each_night, "now", lambda: moment)
    return each_night.make(engine, settings)


def test_it_is_due_once_a_night(settings):
    hour = EVENING.replace(hour=settings.backup_hour)
    assert each_night.is_due(settings, EVENING)  # none was ever made: at once
    write_note(settings.backup_note, Note(made_at=hour + timedelta(minutes=5)))
    assert not each_night.is_due(settings, EVENING)
    assert not each_night.is_due(settings, hour + timedelta(hours=23, minutes=59))
    assert each_night.is_due(settings, hour + timedelta(days=1, minutes=1))
    assert each_night.is_due(settings, hour + timedelta(days=9, hours=7))  # the machine was off at that hour


def test_after_a_failure_it_waits_an_hour(settings):
    write_note(settings.backup_note, Note(failed_at=EVENING, problem="The disk for the backups is full."))
    assert not each_night.is_due(settings, EVENING + timedelta(minutes=59))
    assert each_night.is_due(settings, EVENING + timedelta(minutes=61))


@pytest.mark.parametrize("change", [{"demo": True}, {"backups_kept": 0}])
def test_a_demo_and_who_wants_none_get_none(settings, change):
    assert not each_night.is_due(settings.model_copy(update=change), EVENING)


def test_the_worker_makes_it_and_the_doctor_and_the_page_say_so(app, cast, settings, engine, admin):
    stored(cast, "a.txt", b"some words")
    upkeep_jobs.back_up_each_night()
    assert jobs.run_pending() >= 1
    [made] = archives(settings)
    assert (made.stat().st_mode & 0o077, made.parent.stat().st_mode & 0o077) == (0, 0)
    upkeep_jobs.back_up_each_night()
    upkeep_jobs.make_backup.now()
    assert archives(settings) == [made]
    findings = {one.what: one for one in examining.examine(engine, settings)}
    assert findings["backup"].verdict == "good"
    assert findings["backup"].sentence == "The last one is 0 days old, and was read back."
    page = admin.get("/admin/health").get_data(as_text=True)
    assert "1 file<" in page or "1 file " in page
    assert "read back" in page


def test_it_brings_everything_back(app, cast, settings, engine):
    file_id = stored(cast, "a.txt", b"some words")
    before = rows()
    made = each_night.make(engine, settings)
    with unit_of_work():
        session.get(Account, cast.ana.id).name = "Changed since"
        storage.remove(session.get(File, file_id))
    done = run(app, "restore", made, "--yes")
    assert done.exit_code == 0, done.output
    session.expire_all()
    assert rows() == before
    assert storage.open_file(session.scalar(select(File))).read() == b"some words"


def test_it_can_be_restored_elsewhere_when_its_folder_is_copied(app, cast, settings, engine, tmp_path):
    stored(cast, "a.txt", b"some words")
    each_night.make(engine, settings)
    elsewhere = shutil.copytree(settings.backup_folder, tmp_path / "other disk")
    [copied] = elsewhere.glob("*.zip")
    assert "can be restored" in run(app, "restore", copied, "--check").output
    shutil.rmtree(elsewhere / "files")
    alone = run(app, "restore", copied, "--yes")
    assert alone.exit_code == 1
    assert "Was the folder moved in parts?" in alone.output


def test_the_same_bytes_are_kept_once_and_forgotten_with_their_last_night(
    cast, settings, engine, monkeypatch
):
    few = settings.model_copy(update={"backups_kept": 2})
    first = stored(cast, "a.txt", b"the same words")
    stored(cast, "b.txt", b"the same words")
    stored(cast, "c.txt", b"other words")
    night(engine, few, monkeypatch, 1)
    assert len(on_shelf(few)) == 2
    with unit_of_work():
        for file in session.scalars(select(File).where(File.name != "c.txt")):
            storage.remove(file)
    assert session.get(File, first) is None
    night(engine, few, monkeypatch, 2)
    assert len(on_shelf(few)) == 2  # the first night still names it
    night(engine, few, monkeypatch, 3)
    assert len(on_shelf(few)) == 1
    assert [path.name[9:17] for path in archives(few)] == ["20260303", "20260304"]


def spoil_a_file(settings):
    [path] = on_shelf(settings)
    path.write_bytes(b"x" * path.stat().st_size)


def cut_a_file(settings):
    [path] = on_shelf(settings)
    path.write_bytes(b"")


def climb_out(settings):
    [made] = archives(settings)
    with zipfile.ZipFile(made) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(members["manifest.json"])
    for told in manifest["beside"].values():
        told["sha256"] = "../../../secret_key"
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(made, "w") as opened:
        for name, data in members.items():
            opened.writestr(name, data)


@pytest.mark.parametrize("trick", [spoil_a_file, cut_a_file, climb_out])
def test_what_was_touched_changes_nothing(app, cast, settings, engine, trick):
    stored(cast, "a.txt", b"some words")
    made = each_night.make(engine, settings)
    before = rows()
    trick(settings)
    assert run(app, "restore", made, "--check").exit_code == 1
    assert run(app, "restore", made, "--yes").exit_code == 1
    session.rollback()
    assert rows() == before


def test_a_backup_that_cannot_be_read_back_is_none(app, cast, settings, engine, monkeypatch, admin):
    good = each_night.make(engine, settings)
    whole = backing_up.back_up

    def torn(engine, target: Path, shelf):
        done = whole(engine, target, shelf)
        target.write_bytes(target.read_bytes()[:-200])
        return done

    monkeypatch.setattr(each_night, "back_up", torn)
    monkeypatch.setattr(each_night, "now", lambda: now() + timedelta(days=1))
    done = run(app, "backup")
    assert done.exit_code == 1
    assert archives(settings) == [good]
    note = read_note(settings.backup_note)
    assert note.file == str(good)
    assert note.problem == "This file is no backup, or it was cut off."
    findings = {one.what: one for one in examining.examine(engine, settings)}
    assert "The last try failed: This file is no backup" in findings["backup"].sentence
    assert "could not be made" in admin.get("/admin/health").get_data(as_text=True)


def test_a_full_disk_is_said_in_words(cast, settings, engine, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device", "/srv/somewhere")

    monkeypatch.setattr(each_night, "back_up", full)
    with pytest.raises(OSError, match="No space"):
        each_night.make(engine, settings)
    assert read_note(settings.backup_note).problem == "The disk for the backups is full."


def test_two_workers_make_one(cast, settings, engine):
    with each_night._alone(settings.backup_folder.mkdir(parents=True) or settings.backup_folder) as free:
        assert free
        assert each_night.make(engine, settings) is None
    assert archives(settings) == []


def test_an_old_one_is_worth_a_look(settings, engine):
    write_note(settings.backup_note, Note(made_at=now() - timedelta(days=3), checked=True))
    findings = {one.what: one for one in examining.examine(engine, settings)}
    assert findings["backup"].verdict == "warning"
    strict = settings.model_copy(update={"production": True})
    findings = {one.what: one for one in examining.examine(engine, strict)}
    assert findings["backup"].verdict == "bad"


def test_a_damaged_note_is_no_note(settings):
    for text in ("", "[]", '{"made_at": "soon"}', '{"made_at": 7}'):
        settings.backup_note.write_text(text, encoding="utf-8")
        assert read_note(settings.backup_note) == Note()
