"""What people see first."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from app.activity.models import Opening
from app.annotations.models import Annotation, Flag
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.documents.models import DocumentVersion
from app.notifications.models import Notification
from tests import factories


def annotate(cast, person, body, motivation="commenting", **more):
    version = session.scalars(select(DocumentVersion.id)).first()
    fields = {"audience": f"course:{cast.course.id}", "version_id": version} | more
    return factories.add(
        Annotation(
            assignment_id=cast.assignment.id, creator_id=person.id, body=body, motivation=motivation, **fields
        )
    )


def expect(cast, **fields):
    with unit_of_work():
        assignment = session.get_one(Assignment, cast.assignment.id)
        for name, value in fields.items():
            setattr(assignment, name, value)


def test_a_stranger_is_told_what_this_is(app, cast):
    page = app.test_client().get("/")
    assert page.status_code == 200
    assert "/sign-in" in page.text


def test_a_student_sees_what_is_missing(cast):
    expect(cast, expected_annotations=3, due_at=now() + timedelta(days=1))
    with unit_of_work():
        annotate(cast, cast.ana, "one")
    page = cast.ana.get("/").text
    assert "Read this" in page
    assert "1 of 3 annotations" in page
    assert "0 of 3 annotations" in cast.bob.get("/").text


def test_what_is_done_leaves_the_list(cast):
    expect(cast, expected_annotations=1)
    with unit_of_work():
        annotate(cast, cast.ana, "one")
    assert "Nothing is waiting for you" in cast.ana.get("/").text


def test_an_answer_by_somebody_without_name_stays_so(cast):
    with unit_of_work():
        answer = annotate(cast, cast.bob, "Because of its wheels", "replying", anonymous=True)
        factories.add(
            Notification(
                account_id=cast.ana.id,
                kind="answer",
                assignment_id=cast.assignment.id,
                annotation_id=answer.id,
            )
        )
    page = cast.ana.get("/").text
    assert "Because of its wheels" in page
    assert "Bob" not in page


def test_news_of_what_is_hidden_now_is_not_shown(cast):
    with unit_of_work():
        hidden = annotate(cast, cast.bob, "A rude word", "replying", audience=f"staff:{cast.course.id}")
        factories.add(
            Notification(
                account_id=cast.ana.id,
                kind="answer",
                assignment_id=cast.assignment.id,
                annotation_id=hidden.id,
            )
        )
    assert "A rude word" not in cast.ana.get("/").text


def test_a_teacher_sees_what_needs_her(cast):
    expect(cast, due_at=now() + timedelta(days=1))
    with unit_of_work():
        asked = annotate(cast, cast.ana, "Why?", "questioning")
        factories.add(Flag(annotation_id=asked.id, reporter_id=cast.bob.id))
        factories.add(Opening(assignment_id=cast.assignment.id, account_id=cast.bob.id))
    page = cast.teacher.get("/").text
    assert "needs you: 1" in page
    assert "1 question without an answer" in page
    assert "2 opened · 1 started · 0 not yet" in cast.teacher.get(f"/courses/{cast.course.id}").text


def test_the_course_page_is_for_its_members(cast):
    path = f"/courses/{cast.course.id}"
    assert cast.eve.get(path).status_code == 404
    for name in ("ana", "teacher", "observer", "assistant"):
        assert "Read this" in cast.people[name].get(path).text


@pytest.mark.parametrize("path", ["/", "course"])
@pytest.mark.parametrize("name", ["ana", "teacher"])
def test_a_page_takes_few_statements_whatever_there_is(app, cast, path, name):
    with unit_of_work():
        for number in range(12):
            course = factories.course(cast.school, f"Course {number}")
            factories.enroll(course, cast.people[name].account, "teacher" if name == "teacher" else "student")
            for _again in range(3):
                factories.assignment(course, factories.document(course))
                factories.assignment(cast.course, cast.document)
    statements = []
    engine = app.extensions["foreword.engine"]
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_r: statements.append(statement))
    cast.people[name].get(f"/courses/{cast.course.id}" if path == "course" else path)
    assert len(statements) <= 14, "\n".join(statements)
