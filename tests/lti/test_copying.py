"""What comes along into a course that was copied in the LMS: what the teacher ticked, never students' work."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.courses.models import Course
from app.courses.queries import viewer_of
from app.lti.models import Context
from app.plans.models import Plan
from app.plans.operations.sharing import PlanFile, import_plan
from app.questions.models import Question
from app.questions.operations import create_question
from app.questions.schemas import QuestionIn
from tests import factories

from .test_deep_linking import token_of

NEXT_YEAR = {"id": "8", "title": "Optics 7B next year"}
STEP = {"kind": "pairs", "minutes": 5, "title": "Talk", "prompt": "WHAT-I-WROTE"}
QUESTION = {
    "kind": "choice",
    "stem": "Which way?",
    "target": {"selector": [{"type": "TextQuoteSelector", "exact": "Light"}]},
    "options": [{"text": "Up", "correct": True}, {"text": "Down"}],
}


@pytest.fixture
def originals(lee):
    """Two readings of last year's course, each with a question, a plan and a student's annotation."""
    lee.as_teacher()
    with unit_of_work():
        course = session.get_one(Course, session.scalars(select(Context.course_id)).one())
        viewer = viewer_of(session.scalars(select(Account).where(Account.name == "Ms Lee")).all()[-1])
        made = [
            factories.assignment(course, factories.document(course), title=f"Reading {n}") for n in range(2)
        ]
        for assignment in made:
            create_question(viewer, assignment, QuestionIn.model_validate(QUESTION))
            import_plan(
                viewer,
                assignment,
                PlanFile.model_validate({"title": "Plan", "minutes": 45, "room": "tables", "steps": [STEP]}),
            )
        ids = [each.id for each in made]
    session.expunge_all()
    return ids


def held(model, assignment_id):
    session.expunge_all()
    return session.scalar(select(func.count()).where(model.assignment_id == assignment_id))


@pytest.mark.lti(row=36)
@pytest.mark.parametrize(
    "parts", [[], ["questions"], ["plans"], ["questions", "plans"], ["annotations", "'"]]
)
def test_the_teacher_chooses_what_comes_along_once(lee, originals, parts):
    def opens(number):
        link = {
            "resource_link": {"id": f"copied-{number}"},
            "custom": {"foreword_assignment": originals[number]},
        }
        return lee.as_teacher(context=NEXT_YEAR, **link).headers["Location"]

    place = opens(0)
    form = {"csrf_token": token_of(lee.get(place).get_data(as_text=True)), "part": parts}
    first = lee.client.post(f"{place}/take-along", data=form).headers["Location"].split("/")[2]
    second = opens(1).split("/")[2]  # by itself, in the same way
    for made, original in zip((first, second), originals, strict=True):
        assert made not in originals
        assert session.get_one(Assignment, made).state == "draft"
        assert held(Question, made) == ("questions" in parts)
        assert held(Plan, made) == ("plans" in parts)
        assert held(Annotation, made) == 0
        assert (held(Question, original), held(Plan, original)) == (1, 1)
