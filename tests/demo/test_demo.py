"""The demo course: filled by the verbs, once, and worth opening."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import create_app
from app.accounts.models import Account
from app.annotations.models import Annotation, Flag, Mark
from app.assignments.models import Assignment
from app.config import load_settings
from app.core.db import Model, session
from app.core.policy import audiences
from app.core.web import Foreword
from app.courses.models import Course, Enrollment, Group, GroupMember
from app.courses.queries import viewer_of
from app.demo import material
from app.documents.models import Document
from app.questions.models import Answer, Question


@pytest.fixture(scope="module")
def filled(empty_database: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A folder in which the demo was filled once, to be copied; with PostgreSQL each test fills its own."""
    if empty_database is None:
        return None
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(empty_database, folder / "foreword.db")
    app = create_app(load_settings(instance=folder, secret_key="t" * 40), testing=True)
    _fill(app)
    app.extensions["foreword.engine"].dispose()
    return folder


def _fill(app: Foreword) -> None:
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output


@pytest.fixture
def demo(filled: Path | None, app: Foreword, tmp_path: Path) -> Iterator[Foreword]:
    """The application with the demo in it."""
    if filled:
        shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    else:
        _fill(app)
    with app.app_context():
        yield app


def rows_by_table() -> dict[str, int]:
    tables = Model.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_a_second_run_changes_nothing(demo: Foreword) -> None:
    before = rows_by_table()
    result = demo.test_cli_runner().invoke(args=["demo"])
    assert "nothing has changed" in result.output
    assert rows_by_table() == before


def test_a_run_that_was_cut_short_is_completed(app: Foreword, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.demo.filling.discussing.discuss", _power_cut)
        assert app.test_cli_runner().invoke(args=["demo"]).exit_code != 0
    _fill(app)
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Course)) == 1
        assigned = session.scalar(select(func.count()).select_from(Assignment))
        assert assigned == len(material.course().assignments)


def _power_cut(*_args: Any) -> None:
    raise KeyboardInterrupt


def test_everything_has_its_place_in_the_document(demo: Foreword) -> None:
    for table in (Annotation, Mark, Question):
        assert session.scalar(select(func.count()).select_from(table).where(table.start.is_(None))) == 0
        assert session.scalar(select(func.count()).select_from(table))


def test_the_discussion_is_lively(demo: Foreword) -> None:
    assert (session.scalar(select(func.count()).select_from(Annotation)) or 0) >= 90
    assert session.scalar(select(func.count()).select_from(Document).where(Document.status == "ready")) == 4
    assert session.scalar(select(func.count()).select_from(Flag)) == 1
    asked = session.execute(
        select(Assignment.title, func.count())
        .join(Annotation, Annotation.assignment_id == Assignment.id)
        .where(Annotation.motivation == "questioning")
        .group_by(Assignment.title)
    )
    questions = {title: number for title, number in asked}
    assert questions["Asking questions inside the material"] >= 12
    sure_but_wrong = select(func.count()).where(Answer.correct.is_(False), Answer.confidence == "sure")
    assert (session.scalar(sure_but_wrong) or 0) >= 5


def test_nobody_says_anything_before_the_talk_begins(demo: Foreword) -> None:
    for row in session.scalars(select(Annotation).where(Annotation.parent_id.is_not(None))):
        head = session.get_one(Annotation, row.parent_id)
        assert head.created_at < row.created_at


def test_no_student_sees_another_group(demo: Foreword) -> None:
    in_groups = list(session.scalars(select(Annotation).where(Annotation.audience.startswith("group:"))))
    assert in_groups
    tables = Counter(row.audience for row in in_groups)
    assert len(tables) == session.scalar(select(func.count()).select_from(Group))
    students = select(Account).join(Enrollment).where(Enrollment.role == "student")
    for student in session.scalars(students):
        own = session.scalars(select(GroupMember.group_id).where(GroupMember.account_id == student.id)).all()
        read = {audience for audience in audiences(viewer_of(student)) if audience.startswith("group:")}
        assert read == {f"group:{group}" for group in own}


def test_links_are_printed_for_everybody_and_sign_in(demo: Foreword) -> None:
    demo.config["SETTINGS"].demo = True
    lines = demo.test_cli_runner().invoke(args=["demo", "--links"]).output.splitlines()
    assert len(lines) == len(material.course().people)
    assert lines[0].startswith("Ms Lee (teacher): http://lee.localhost:8000/demo/")
    opened = _client(demo).get(_path(lines[0]))
    assert opened.status_code == 200
    assert "Ms Lee" in opened.text


def test_links_are_new_at_each_start(demo: Foreword) -> None:
    demo.config["SETTINGS"].demo = True
    first = demo.test_cli_runner().invoke(args=["demo", "--links"]).output.splitlines()
    demo.test_cli_runner().invoke(args=["demo", "--links"])
    assert _client(demo).get(_path(first[0])).status_code == 404


def test_without_the_setting_there_are_no_links(demo: Foreword) -> None:
    demo.config["SETTINGS"].demo = True
    line = demo.test_cli_runner().invoke(args=["demo", "--links"]).output.splitlines()[0]
    demo.config["SETTINGS"].demo = False
    refused = demo.test_cli_runner().invoke(args=["demo", "--links"])
    assert refused.exit_code == 1
    assert "FOREWORD_DEMO=1" in refused.output
    assert _client(demo).get(_path(line)).status_code == 404


def _client(app: Foreword) -> FlaskClient:
    return app.test_client()


def _path(line: str) -> str:
    return "/demo/" + line.rpartition("/")[2]
