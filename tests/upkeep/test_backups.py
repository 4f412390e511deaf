"""Backups: whole, restorable, and refused when somebody has touched them."""

import hashlib
import io
import json
import zipfile

import pytest
from sqlalchemy import select, text

from app.accounts.models import Account
from app.core import storage
from app.core.db import Model, session, unit_of_work
from app.core.storage import File
from app.upkeep.operations import personal_data


def rows() -> dict[str, list[str]]:
    """Every row of every table as text, in a stable order."""
    return {
        table.name: sorted(
            repr(tuple(row)) for row in session.execute(select(table).order_by(*table.primary_key))
        )
        for table in Model.metadata.sorted_tables
    }


def run(app, *args):
    with app.app_context():
        return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


@pytest.fixture
def saved(app, cast, tmp_path):
    """A backup with some rows and a file."""
    with unit_of_work():
        storage.store(
            io.BytesIO(b"%PDF some bytes"),
            school_id=cast.school.id,
            name="a.pdf",
            media_type="application/pdf",
            limit=99,
        )
    target = tmp_path / "night.zip"
    done = run(app, "backup", target)
    assert done.exit_code == 0, done.output
    return target


def test_a_backup_brings_everything_back(app, cast, saved):
    before = rows()
    file = session.scalar(select(File))
    with unit_of_work():
        session.get(Account, cast.ana.id).name = "Changed since"
        storage.remove(session.get(File, file.id))
        cast.teacher.post("/v1/courses", json={"title": "Made since"})
    done = run(app, "restore", saved, "--yes")
    assert done.exit_code == 0, done.output
    session.expire_all()
    assert rows() == before
    assert storage.open_file(session.scalar(select(File))).read() == b"%PDF some bytes"


def test_who_was_erased_since_the_backup_stays_erased(app, cast, saved):
    run(app, "person", "erase", cast.ana.id, "--yes")
    done = run(app, "restore", saved, "--yes")
    assert "1 people who were erased since the backup are erased again." in done.output
    session.expire_all()
    assert (session.get(Account, cast.ana.id).name, session.get(Account, cast.bob.id).name) == (
        "",
        "Bob Oduya",
    )


def remake(saved, change):
    """The same archive after ``change(members)``; checksums are made to fit, as an attacker would."""
    with zipfile.ZipFile(saved) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members)
    manifest["members"] = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in members.items()
    }
    with zipfile.ZipFile(saved, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(manifest))


def file_row(**fields):
    row = {
        "id": "f",
        "school_id": "s",
        "key": "a" * 48,
        "name": "n",
        "media_type": "m",
        "size": 1,
        "sha256": "x",
    }
    return (json.dumps(row | {"created_at": "2026-01-01T00:00:00+00:00"} | fields) + "\n").encode()


HOSTILE = {
    "a path that climbs out": lambda m: m.update({"files/../../../etc/cron.d/x": b"x"}),
    "an absolute path": lambda m: m.update({"/etc/passwd": b"x"}),
    "a strange member": lambda m: m.update({"run.py": b"import os"}),
    "a file key that climbs out": lambda m: m.update(
        {"tables/file.jsonl": file_row(key="../../../secret_key")}
    ),
    "a table that we do not know": lambda m: m.update({"tables/sqlite_master.jsonl": b"{}\n"}),
    "a column that we do not know": lambda m: m.update({"tables/school.jsonl": b'{"id; DROP": "x"}\n'}),
    "no JSON": lambda m: m.update({"tables/school.jsonl": b"\x80\x04pickle\n"}),
    "a list for a row": lambda m: m.update({"tables/school.jsonl": b"[1]\n"}),
    "a moment that is none": lambda m: m.update(
        {"tables/school.jsonl": b'{"id": "x", "created_at": "soon"}\n'}
    ),
    "rows without their parents": lambda m: m.update({"tables/school.jsonl": b""}),
    "rows of different columns": lambda m: m.update(
        {"tables/school.jsonl": b'{"id": "x", "name": "a"}\n{"id": "y", "help_text": "b"}\n'}
    ),
}


@pytest.mark.parametrize("trick", HOSTILE)
def test_a_hostile_backup_changes_nothing(app, cast, saved, trick):
    before = rows()
    remake(saved, HOSTILE[trick])
    done = run(app, "restore", saved, "--yes")
    assert done.exit_code == 1
    assert "Nothing was restored." in done.output
    session.rollback()
    assert rows() == before


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.98])
def test_one_changed_byte_is_found_before_anything_changes(app, cast, saved, place):
    before = rows()
    data = bytearray(saved.read_bytes())
    data[int(len(data) * place)] ^= 0x41
    saved.write_bytes(bytes(data))
    run(app, "restore", saved, "--yes")
    session.rollback()
    assert rows() == before


def test_a_backup_that_was_cut_off_is_refused(app, cast, saved):
    saved.write_bytes(saved.read_bytes()[:-300])
    assert run(app, "restore", saved, "--yes").exit_code == 1
    assert run(app, "restore", saved.with_name("missing.zip"), "--yes").exit_code == 1


def test_a_failed_backup_leaves_no_half_file(app, cast, tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "open_file", lambda file: 1 / 0)
    with unit_of_work():
        storage.store(io.BytesIO(b"x"), school_id=cast.school.id, name="a", media_type="a/b", limit=9)
    assert run(app, "backup", tmp_path / "b.zip").exit_code != 0
    assert not list(tmp_path.glob("b.zip*"))


def test_the_ledger_survives_on_its_own(app, cast, tmp_path):
    ledger = tmp_path / "ledger"
    assert personal_data.erase_again(ledger) == 0
    personal_data.note_erasure(ledger, cast.ana.id)
    personal_data.note_erasure(ledger, "somebody-who-is-not-here")
    with unit_of_work():
        assert personal_data.erase_again(ledger) == 1
    assert session.scalar(text("SELECT count(*) FROM account WHERE erased_at IS NOT NULL")) == 1
