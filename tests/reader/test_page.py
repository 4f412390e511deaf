"""Opening the reading page: who may, what it starts with, and at what price."""

import json
import re

import pytest
from sqlalchemy import event

from app.core.db import unit_of_work
from tests import factories

MOST_STATEMENTS = 12


def page_data(answer):
    found = re.search(r'id="fw-page">(.*?)</script>', answer.text, re.S)
    return json.loads(found.group(1)) if found else None


@pytest.fixture
def statements(app):
    """The SQL statements of what happens in a test."""
    engine = app.extensions["foreword.engine"]
    seen = []
    listen = lambda _c, _cursor, statement, *_rest: seen.append(statement)  # noqa: E731  # SQLAlchemy wants a callable to remove
    event.listen(engine, "before_cursor_execute", listen)
    yield seen
    event.remove(engine, "before_cursor_execute", listen)


def test_the_text_is_on_the_page_without_any_script(cast):
    answer = cast.ana.get(f"/assignments/{cast.assignment.id}")
    assert answer.status_code == 200
    assert "Light bends when it passes" in answer.text
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_nothing_stands_between_the_document_and_its_words(cast):
    text = cast.ana.get(f"/assignments/{cast.assignment.id}").text
    start = text.index('id="fw-document"')
    assert text[text.index(">", start) + 1 :].startswith(factories.HTML + "</article>")


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("teacher", 200), ("observer", 200), ("eve", 404)])
def test_who_opens_the_page(cast, who, status):
    assert cast.people[who].get(f"/assignments/{cast.assignment.id}").status_code == status


def test_a_stranger_is_asked_to_sign_in(app, cast):
    assert app.test_client().get(f"/assignments/{cast.assignment.id}").status_code in {302, 303, 401}


def test_a_draft_is_only_for_staff(cast):
    with unit_of_work():
        draft = factories.assignment(cast.course, cast.document, state="draft")
    assert cast.teacher.get(f"/assignments/{draft.id}").status_code == 200
    assert cast.ana.get(f"/assignments/{draft.id}").status_code == 404


def test_the_page_costs_few_statements(cast, statements):
    statements.clear()
    cast.ana.get(f"/assignments/{cast.assignment.id}")
    assert len(statements) <= MOST_STATEMENTS, "\n".join(statements)


def test_staff_can_look_at_the_page_as_a_student(cast):
    viewer = page_data(cast.teacher.get(f"/assignments/{cast.assignment.id}?as=student"))["viewer"]
    assert (viewer["role"], viewer["staff"], viewer["previewing"]) == ("student", False, True)
    viewer = page_data(cast.ana.get(f"/assignments/{cast.assignment.id}?as=student"))["viewer"]
    assert viewer["previewing"] is False


def test_the_group_and_the_teachers_are_named(cast):
    with unit_of_work():
        tables = factories.groups(cast.course, [cast.ana.account], [cast.bob.account])
        grouped = factories.assignment(cast.course, cast.document, group_set_id=tables.id)
    data = page_data(cast.bob.get(f"/assignments/{grouped.id}"))
    assert data["viewer"]["group"] == "Table 2"
    assert data["teachers"] == ["Ms Lee"]


@pytest.mark.parametrize(
    ("status", "words"),
    [("processing", "still being prepared"), ("failed", "protected by a password")],
)
def test_material_that_is_not_ready_says_so(cast, status, words):
    with unit_of_work():
        document = factories.document(cast.course)
        document.version, document.status = 0, status
        document.problem = {"code": "password", "params": {}} if status == "failed" else None
        assignment = factories.assignment(cast.course, document)
    answer = cast.teacher.get(f"/assignments/{assignment.id}")
    assert answer.status_code == 200
    assert words in answer.text
    assert page_data(answer) is None


def test_the_preview_shows_markdown_and_no_scripts(cast):
    answer = cast.ana.post("/v1/preview", json={"body": "**Why** $x^2$? <script>alert(1)</script>"})
    assert answer.status_code == 200
    assert "<strong>Why</strong>" in answer.json["html"]
    assert "<math" in answer.json["html"]
    assert "<script" not in answer.json["html"]


@pytest.mark.parametrize("body", [{}, {"body": 3}, {"body": "x" * 10_001}, {"body": "x", "html": "y"}])
def test_a_preview_of_something_else_is_refused(cast, body):
    assert cast.ana.post("/v1/preview", json=body).status_code == 422
