"""Embedded questions over HTTP."""

from apiflask import APIBlueprint
from flask import g

from app.assignments.queries import assignment_or_404
from app.core.db import session
from app.core.paging import PageIn, page
from app.core.policy import Action
from app.core.web import requires

from . import operations, queries
from .models import Answer
from .queries import question_or_404
from .schemas import (
    AnswerIn,
    AnswerList,
    AnswerOut,
    Outcome,
    OutcomeList,
    QuestionIn,
    QuestionList,
    QuestionPatch,
    SelfCheckIn,
    StaffQuestionOut,
)

api = APIBlueprint("questions", __name__, url_prefix="/api/v1", tag="questions")
BLUEPRINTS = [api]


@api.get("/assignments/<assignment_id>/questions")
@api.output(QuestionList)
@requires(Action.READ_QUESTION, load=assignment_or_404)
def index(assignment_id: str) -> QuestionList:
    """The questions of an assignment in reading order; staff also see the keys."""
    rows = list(session.scalars(queries.questions_of(assignment_id)))
    if not g.viewer.is_staff_of(g.thing.course_id):
        return QuestionList(items=[queries.question_out(row) for row in rows])
    found = queries.tallies([row.id for row in rows])
    return QuestionList(items=[queries.staff_question_out(row, found.get(row.id)) for row in rows])


@api.post("/assignments/<assignment_id>/questions")
@api.input(QuestionIn, arg_name="draft")
@api.output(StaffQuestionOut, status_code=201)
@requires(Action.EDIT_ASSIGNMENT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def create(assignment_id: str, draft: QuestionIn) -> StaffQuestionOut:
    """Embed a question in the assignment's document."""
    return queries.staff_question_out(operations.create_question(g.viewer, g.thing, draft))


@api.patch("/questions/<question_id>")
@api.input(QuestionPatch, arg_name="patch")
@api.output(StaffQuestionOut)
@requires(Action.EDIT_QUESTION, load=question_or_404, see=Action.READ_QUESTION)
def edit(question_id: str, patch: QuestionPatch) -> StaffQuestionOut:
    """Change a question."""
    changed = operations.edit_question(g.thing, patch)
    session.flush()
    return queries.staff_question_out(changed, queries.tallies([question_id]).get(question_id))


@api.delete("/questions/<question_id>")
@api.output({}, status_code=204)
@requires(Action.EDIT_QUESTION, load=question_or_404, see=Action.READ_QUESTION)
def delete(question_id: str) -> str:
    """Take a question out of the document."""
    operations.delete_question(g.thing)
    return ""


@api.post("/questions/<question_id>/answers")
@api.input(AnswerIn, arg_name="draft")
@api.output(Outcome, status_code=201)
@requires(Action.ANSWER_QUESTION, load=question_or_404, see=Action.READ_QUESTION)
def answer(question_id: str, draft: AnswerIn) -> Outcome:
    """Answer a question; the feedback comes back."""
    given = operations.answer_question(g.viewer, g.thing, draft)
    return queries.outcome(g.thing, given, queries.others_of([question_id]).get(question_id))


@api.put("/questions/<question_id>/answers/mine")
@api.input(SelfCheckIn, arg_name="check")
@api.output(Outcome)
@requires(Action.ANSWER_QUESTION, load=question_or_404, see=Action.READ_QUESTION)
def check(question_id: str, check: SelfCheckIn) -> Outcome:
    """Say how your short text compares with the model answer."""
    given = operations.check_oneself(g.viewer, g.thing, check.self_check)
    return queries.outcome(g.thing, given, queries.others_of([question_id]).get(question_id))


@api.get("/assignments/<assignment_id>/answers/mine")
@api.output(OutcomeList)
@requires(Action.TAKE_PART, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def mine(assignment_id: str) -> OutcomeList:
    """Your own answers in an assignment, with what you were told."""
    return OutcomeList(items=queries.outcomes_of(g.thing, g.viewer))


@api.get("/questions/<question_id>/answers")
@api.input(PageIn, location="query", arg_name="wanted")
@api.output(AnswerList)
@requires(Action.READ_ANSWERS, load=question_or_404, see=Action.READ_QUESTION)
def answers(question_id: str, wanted: PageIn) -> AnswerList:
    """Everybody's answers, for staff."""
    rows, cursor = page(queries.answers_to(question_id), Answer.id, wanted)
    return AnswerList(items=[_answer_out(row) for row in rows], next=cursor)


def _answer_out(row: Answer) -> AnswerOut:
    return AnswerOut(
        id=row.id,
        question_id=row.question_id,
        account_id=row.account_id,
        attempt=row.attempt,
        value=row.value.get("option") or row.value.get("text", ""),
        confidence=row.confidence,
        correct=row.correct,
        self_check=row.self_check,
        created_at=row.created_at,
    )
