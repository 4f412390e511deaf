"""The registry of personal columns, and exporting and erasing a person."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.accounts.models import Account, Identity, Token
from app.accounts.operations import people
from app.annotations.models import Annotation
from app.core import personal
from app.core.db import Model, session, unit_of_work
from app.upkeep.operations import personal_data
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "three quiet words"


@pytest.mark.usefixtures("app")  # the models are there once an application was made
def test_every_column_of_every_table_is_in_the_registry():
    listed = {name: sorted(entry.columns) for name, entry in personal.REGISTRY.items()}
    real = {table.name: sorted(table.columns.keys()) for table in Model.metadata.sorted_tables}
    assert listed == real


def test_what_is_emptied_and_who_owns_it_are_real_columns():
    for name, entry in personal.REGISTRY.items():
        if entry.owner:
            assert entry.why, name
            assert entry.kept, name
        assert set(entry.emptied) <= set(entry.columns), name


def test_the_page_about_data_is_fresh():
    assert (ROOT / "docs" / "data.md").read_text(encoding="utf-8") == personal.as_markdown()


def say(person, assignment, words, **more):
    target = {
        "selector": [{"type": "TextQuoteSelector", "exact": "The cat"}],
    }
    body = {"body": words, "motivation": "commenting", "target": target, **more}
    answer = person.post(f"/v1/assignments/{assignment.id}/annotations", json=body)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["id"]


def test_an_export_has_all_of_one_person_and_nothing_of_others(app, cast, tmp_path):
    say(cast.ana, cast.assignment, "CANARY-ANA says this")
    say(cast.bob, cast.assignment, "CANARY-BOB says that")
    file = tmp_path / "ana.json"
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["person", "export", cast.ana.id, str(file)])
    assert done.exit_code == 0, done.output
    written = file.read_text()
    assert "CANARY-ANA" in written
    assert "Ana Pires" in written
    assert "CANARY-BOB" not in written
    assert "token_hash" not in written
    assert json.loads(written)["format"] == "foreword-person/1"


def everything() -> str:
    return "\n".join(
        str(tuple(row))
        for table in Model.metadata.sorted_tables
        for row in session.execute(text(f'SELECT * FROM "{table.name}"'))
    )


def test_an_erased_person_is_in_no_row_and_threads_stay(app, cast):
    with unit_of_work():
        people._add(cast.school.id, "x", "ana.canary", None, PASSWORD)
        session.scalar(select(Identity).where(Identity.subject == "ana.canary")).account_id = cast.ana.id
    thread = say(cast.ana, cast.assignment, "CANARY-ANA asks why")
    say(cast.bob, cast.assignment, "Because of BOB", parent_id=thread, motivation="replying")
    cast.ana.patch(f"/v1/annotations/{thread}", json={"body": "CANARY-ANA asks again"})
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["person", "erase", cast.ana.id, "--yes"])
    assert done.exit_code == 0, done.output
    session.expire_all()
    left = everything()
    for canary in ("CANARY-ANA", "Ana Pires", "ana.canary"):
        assert canary not in left
    assert "Because of BOB" in left
    assert session.get(Account, cast.ana.id).erased_at is not None
    assert session.scalar(select(Token).where(Token.account_id == cast.ana.id)) is None
    listed = cast.bob.get(f"/v1/assignments/{cast.assignment.id}/annotations").get_json()["items"]
    assert {item["body"] for item in listed} == {"removed", "Because of BOB"}
    assert cast.ana.get("/v1/me").status_code == 401


def test_erasing_leaves_others_alone(cast):
    before = say(cast.bob, cast.assignment, "BOB stays")
    with unit_of_work():
        personal_data.erase_person(session.get(Account, cast.eve.id))
    assert session.get(Annotation, before).body == "BOB stays"
    assert session.get(Account, cast.bob.id).name == "Bob Oduya"


def test_a_stranger_cannot_be_exported(app, cast, tmp_path):
    with app.app_context():
        done = app.test_cli_runner().invoke(
            args=["person", "export", "nobody@x.example", str(tmp_path / "f")]
        )
    assert done.exit_code == 1
    assert "Nobody here is known as nobody@x.example." in done.output
    assert factories.TEXT
