"""Two accounts of one teacher, or of one admin, become one with all that they made, and two again."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.courses.models import Enrollment
from app.documents.models import Document
from app.engagement.models import ScoreOverride, ScoringTemplate
from app.lti.models import Registration
from app.plans.models import Plan
from app.questions.models import Question
from tests import factories

from .test_merging import bodies, everything, merge, undo, write


@pytest.fixture
def work(cast):
    """What Ms Wolf made under her other account: in her own course, and in Ms Lee's."""
    wolf, school = cast.other_teacher, cast.school.id
    with unit_of_work():
        factories.enroll(cast.course, wolf.account, "teacher")
        document = factories.document(cast.other_course)
        document.created_by = wolf.id
        assignment = factories.assignment(cast.other_course, document, created_by=wolf.id)
        place = {"assignment_id": assignment.id, "created_by": wolf.id}
        rows = {
            "plan": factories.add(
                Plan(
                    course_id=cast.other_course.id,
                    title="Monday",
                    minutes=45,
                    room="rows",
                    code="ABCD2345",
                    **place,
                )
            ),
            "override": factories.add(
                ScoreOverride(
                    assignment_id=assignment.id, account_id=cast.eve.id, percent=80, given_by=wolf.id
                )
            ),
            "registration": factories.add(
                Registration(
                    school_id=school, name="Moodle", issuer="https://m", client_id="1", created_by=wolf.id
                )
            ),
        }
        for person in (wolf, cast.teacher):
            factories.add(ScoringTemplate(account_id=person.id, name="Mine", settings={"of": person.name}))
        made = {"assignment": assignment.id, "document": document.id}
        made |= {name: row.id for name, row in rows.items()}
    asked = wolf.post(
        f"/v1/assignments/{made['assignment']}/questions",
        json={
            "kind": "short_text",
            "stem": "Why?",
            "model_answer": "It slows down.",
            "target": {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]},
        },
    )
    assert asked.status_code == 201, asked.json
    return made | {"question": asked.json["id"]}


def test_all_that_a_teacher_made_comes_along_and_goes_back(admin, cast, work):
    lee, wolf = cast.teacher, cast.other_teacher
    write(cast, wolf, "A word from Ms Wolf.")
    before = everything(lee.id), everything(wolf.id)
    assert merge(admin, lee, wolf).status_code == 303
    makers = {
        "document": session.get(Document, work["document"]).created_by,
        "plan": session.get(Plan, work["plan"]).created_by,
        "question": session.get(Question, work["question"]).created_by,
        "override": session.get(ScoreOverride, work["override"]).given_by,
        "registration": session.get(Registration, work["registration"]).created_by,
    }
    assert set(makers.values()) == {lee.id}, makers
    assert "A word from Ms Wolf." in bodies(cast, lee)
    assert lee.get(f"/v1/assignments/{work['assignment']}").status_code == 200
    assert lee.get(f"/v1/activity-plans/{work['plan']}").status_code == 200
    assert lee.patch(f"/v1/questions/{work['question']}", json={"stem": "Why so?"}).status_code == 200
    assert lee.get(f"/courses/{cast.other_course.id}/settings").status_code == 200
    assert wolf.get("/v1/me").status_code == 401
    assert undo(admin, lee).status_code == 303
    assert (everything(lee.id), everything(wolf.id)) == before
    assert lee.get(f"/courses/{cast.other_course.id}/settings").status_code == 404
    assert wolf.get(f"/courses/{cast.other_course.id}/settings").status_code == 200


def test_both_teach_one_course_and_it_keeps_a_teacher(admin, cast, work):
    assert merge(admin, cast.teacher, cast.other_teacher).status_code == 303
    teaching = select(Enrollment).where(
        Enrollment.course_id == cast.course.id, Enrollment.role == "teacher", Enrollment.ended_at.is_(None)
    )
    assert [row.account_id for row in session.scalars(teaching)] == [cast.teacher.id]


def test_rules_of_one_name_are_both_kept(admin, cast, work):
    merge(admin, cast.teacher, cast.other_teacher)
    wanted = select(ScoringTemplate).where(ScoringTemplate.account_id == cast.teacher.id)
    assert {row.name: row.settings["of"] for row in session.scalars(wanted)} == {
        "Mine": "Ms Lee",
        "Mine (2)": "Ms Wolf",
    }
    undo(admin, cast.teacher)
    assert {row.name for row in session.scalars(select(ScoringTemplate))} == {"Mine"}


def test_an_admins_rights_go_into_staff_and_come_back(admin, cast):
    page = admin.get(f"/admin/people/{cast.teacher.id}/merge?other={cast.admin.id}").get_data(as_text=True)
    assert "Ms Lee then administers the school, too." in page
    assert merge(admin, cast.teacher, cast.admin).status_code == 303
    assert session.get(Account, cast.teacher.id).is_admin
    assert cast.teacher.get("/admin").status_code == 200
    assert undo(admin, cast.teacher).status_code == 303
    assert [session.get(Account, one.id).is_admin for one in (cast.teacher, cast.admin)] == [False, True]
    assert cast.teacher.get("/admin").status_code == 403
    assert cast.admin.get("/admin").status_code == 200
