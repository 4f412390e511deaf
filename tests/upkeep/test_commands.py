"""`user`, `token` and `doctor` on the command line."""

import re

import pytest

from app.core.commands import alembic_config
from app.upkeep.operations import examining
from tests.accounts.browser import Browser


def run(app, *args):
    with app.app_context():
        return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


def test_a_first_admin_is_made_on_the_command_line(app, cast):
    done = run(app, "user", "create", "--email", "Root@school.example", "--name", "Rita Root", "--admin")
    link = re.search(r"http://[^/]+(/reset-password/\S+)", done.output).group(1)
    browser = Browser(app)
    assert browser.send(link, password="three quiet words").status_code == 303
    assert browser.get("/admin").status_code == 200


def test_the_same_person_is_not_made_twice(app, cast):
    args = ("user", "create", "--email", "t@school.example", "--name", "T", "--teacher")
    assert run(app, *args).exit_code == 0
    again = run(app, *args)
    assert again.exit_code == 1
    assert "already here" in again.output


def test_a_token_is_the_last_word_and_works(app, cast):
    run(app, "user", "create", "--email", "t@school.example", "--name", "Ms Tee", "--teacher")
    token = run(app, "token", "create", "--email", "t@school.example").output.split()[-1]
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/me", headers=headers).get_json()["name"] == "Ms Tee"
    assert client.post("/api/v1/courses", json={"title": "T"}, headers=headers).status_code == 201
    assert run(app, "token", "create", "--email", "nobody").exit_code == 1


@pytest.mark.usefixtures("durable")
def test_the_doctor_finds_a_database_without_its_revision(app, cast):
    done = run(app, "doctor")
    assert done.exit_code == 1
    assert re.search(r"bad\s+revision: None", done.output)
    assert re.search(r"good\s+database", done.output)
    assert re.search(r"warning\s+backup: There is none yet", done.output)


@pytest.mark.usefixtures("durable")
def test_the_doctor_is_content_after_an_upgrade_and_a_backup(app, cast, tmp_path, monkeypatch):
    from alembic import command

    with app.app_context():
        command.stamp(alembic_config(), "head")
    run(app, "backup", tmp_path / "b.zip")
    (tmp_path / "scoring" / "models").mkdir(parents=True)
    done = run(app, "doctor")
    bad = [line for line in done.output.splitlines() if line.startswith("bad") and "models" not in line]
    assert bad == []
    assert "The last one is 0 days old." in done.output


@pytest.mark.parametrize(
    ("settings", "verdict"),
    [
        ({"mail_url": "smtp://mail", "base_url": ""}, "bad"),
        ({"production": True, "base_url": "http://school"}, "bad"),
        ({"production": True, "base_url": "https://school", "mail_url": "smtp://mail"}, "good"),
    ],
)
def test_the_doctor_knows_settings_that_do_not_fit(app, cast, settings, verdict, tmp_path):
    changed = app.config["SETTINGS"].model_copy(update=settings)
    engine = app.extensions["foreword.engine"]
    findings = {one.what: one for one in examining.examine(engine, changed)}
    assert findings["settings"].verdict == verdict
    assert findings["backup"].verdict == ("bad" if changed.production else "warning")
