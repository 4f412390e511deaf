"""Plain tables whose columns an admin names."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session
from app.core.jobs import run_pending
from app.sis.models import RosterImport

from .test_oneroster import account, members

TABLE = """Vorname;Nachname;E-Mail;Klasse;Rolle
Mia;Rossi;mia@school.example;8B;Schülerin
Noah;Köhler;noah@school.example;8B;
Ines;Berg;berg@school.example;8B;Lehrerin
"""
COLUMNS = {"given": "Vorname", "family": "Nachname", "email": "E-Mail", "course": "Klasse", "role": "Rolle"}


def name_columns(desk, row, **fields):
    answer = desk.admin.post(f"/admin/rosters/{row.id}/columns", data=fields)
    run_pending()
    session.expire_all()
    return answer


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_is_read_by_the_columns_that_the_admin_names(desk, cast, encoding):
    row = desk.upload(TABLE.encode(encoding), "list.csv")
    page = desk.page(row)
    assert 'value="Vorname" selected' in page, "a column whose name says what it is stands there already"
    name_columns(desk, row, **COLUMNS)
    desk.take_over(row)
    assert members("8B") == {"Mia Rossi": "student", "Noah Köhler": "student", "Ines Berg": "teacher"}


def test_a_table_ends_nothing_unless_it_is_complete(desk, cast):
    for text, fields in ((TABLE, {}), (TABLE.replace("Noah;Köhler;noah@school.example;8B;\n", ""), {})):
        row = desk.upload(text.encode(), "list.csv")
        name_columns(desk, row, **COLUMNS, **fields)
        desk.take_over(row)
    assert "Noah Köhler" in members("8B")
    row = desk.upload(TABLE.replace("Noah;Köhler;noah@school.example;8B;\n", "").encode(), "list.csv")
    name_columns(desk, row, **COLUMNS, complete="1")
    desk.take_over(row)
    assert "Noah Köhler" not in members("8B")
    assert account("Noah Köhler").suspended_at is not None
    assert session.get(Account, cast.ana.id).suspended_at is None, "whom no roster brought, no roster ends"


def test_a_table_needs_a_name_and_something_that_tells_people_apart(desk, cast):
    row = desk.upload(TABLE.encode(), "list.csv")
    assert name_columns(desk, row, **COLUMNS | {"family": ""}).status_code == 422
    assert name_columns(desk, row, **COLUMNS | {"email": ""}).status_code == 422
    assert name_columns(desk, row, **COLUMNS | {"email": "Telefon"}).status_code == 422


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";;x@y.z;8B;", "name_missing"),
        ("A;B;;8B;", "id_or_email"),
        ("A;B;a@b.c;8B;Hausmeister", "role_unknown"),
        ("A;B;mia@school.example;8B;", "two_names"),
        ("A;B;a@b.c;8B", "field_count"),
    ],
)
def test_a_wrong_line_of_a_table_is_named(desk, cast, line, code):
    row = desk.upload((TABLE + line + "\n").encode(), "list.csv")
    name_columns(desk, row, **COLUMNS)
    row = session.get(RosterImport, row.id)
    assert [(one[1], one[2]) for one in row.problems] == [(5, code)]


@pytest.mark.parametrize("data", [b"", b"one column\nonly", b"\0\1\2"])
def test_what_is_no_table_is_refused_and_leaves_nothing_behind(desk, cast, data, tmp_path):
    answer = desk.upload(data, "list.csv")
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []
    assert answer.status_code == 422
    assert session.scalar(select(RosterImport.id)) is None
