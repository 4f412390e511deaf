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
from app.calibration.models import CalibrationItem, CalibrationRating
from app.config import load_settings
from app.core.db import Model, session
from app.core.policy import audiences
from app.core.web import Foreword
from app.courses.models import Course, Enrollment, Group, GroupMember
from app.courses.queries import viewer_of
from app.demo import material
from app.documents.models import Document
from app.plans.models import Plan, Seat
from app.plans.queries.votes import polls_out
from app.questions.models import Answer, Question
from app.reports.queries import report_for
from app.scores.models import Appeal
from tests.house import House


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
def demo(filled: Path | None, house: House, app: Foreword, tmp_path: Path) -> Iterator[Foreword]:
    """The application with the demo in it."""
    if filled:
        shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
        house.begin_with(filled / "foreword.db")
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


def test_staff_have_rated_blind_and_a_student_asks(demo: Foreword) -> None:
    said = material.calibration()
    items = select(func.count()).select_from(CalibrationItem)
    assert session.scalar(items) == len(said.rated) == 24
    rated = select(CalibrationRating.rater_id, func.count()).group_by(CalibrationRating.rater_id)
    assert sorted(number for _rater, number in session.execute(rated)) == [18, 24]
    assert session.scalar(select(func.count()).select_from(Appeal)) == len(said.appeals)


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


def test_a_lesson_was_planned_and_held(demo: Foreword) -> None:
    plan = session.scalars(select(Plan).where(Plan.run_at.is_not(None))).one()
    assert [step["kind"] for step in plan.steps] == ["vote", "pairs", "exit_ticket"]
    assert sum(step["minutes"] for step in plan.steps) == plan.minutes
    before, after = polls_out(plan)
    right = set(before.right)
    shares = [sum(poll.counts.get(one, 0) for one in right) / poll.voted for poll in (before, after)]
    assert shares[0] < shares[1] < 1
    assert not before.open
    assert session.scalar(select(func.count()).where(Seat.plan_id == plan.id)) == 16
    asked, talked = plan.steps[0]["topics"], plan.steps[1]["topics"]
    told = report_for(plan.assignment, viewer_of(_lee())).topics
    outcomes = {topic.key: topic.outcome for topic in told if topic.outcome}
    assert outcomes.keys() == {*asked, *talked}
    assert all(one.dealt_at and one.what_i_did for one in outcomes.values())
    vote = outcomes[asked[0]]
    assert vote.before.right / vote.before.of < vote.after.right / vote.after.of


def test_the_reports_are_worth_reading(demo: Foreword) -> None:
    for task in material.course().assignments:
        wanted = {topic.label for topic in material.discussion(task).topics}
        assignment = session.scalars(select(Assignment).where(Assignment.title == task.title)).one()
        shown = report_for(assignment, viewer_of(_lee()))
        if not wanted:
            continue
        found = {topic.label: topic for topic in shown.topics}
        assert wanted <= found.keys()
        assert all(found[label].students >= 4 for label in wanted)
        states = {voice.state for label in wanted for voice in found[label].members}
        assert {"open", "solved"} <= states
        assert any(place["students"] >= 5 for place in shown.silent)


def test_every_beginning_of_a_sorted_topic_is_somebodys_question(demo: Foreword) -> None:
    written = session.scalars(select(Annotation.body)).all()
    for task in material.course().assignments:
        for topic in material.discussion(task).topics:
            assert all(sum(body.startswith(words) for body in written) == 1 for words in topic.of)


def test_the_next_lesson_is_planned_from_topics_with_groups(demo: Foreword) -> None:
    plan = session.scalars(select(Plan).where(Plan.run_at.is_(None))).one()
    topics = [key for step in plan.steps for key in step["topics"]]
    assert len(set(topics)) == 3
    assert sum(step["minutes"] for step in plan.steps) == plan.minutes
    assert [step["kind"] for step in plan.steps][-1] == "exit_ticket"
    seats = session.scalars(select(Seat).where(Seat.plan_id == plan.id)).all()
    assert set(Counter(seat.number for seat in seats).values()) == {4}


def _lee() -> Account:
    return session.scalars(select(Account).where(Account.name == "Ms Lee")).one()
