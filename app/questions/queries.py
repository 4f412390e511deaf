"""Reading questions and answers."""

from collections import Counter, defaultdict
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from app.assignments.models import Assignment
from app.core.changes import describes
from app.core.db import session
from app.core.errors import NotFound
from app.core.markdown import render
from app.core.policy import Viewer

from .models import Answer, Question
from .schemas import OptionOut, Others, Outcome, QuestionOut, StaffQuestionOut, Tally


def question_or_404(question_id: str) -> Question:
    """The question, unless it was removed."""
    question = session.get(Question, question_id)
    if question is None or question.deleted_at is not None or question.assignment.deleted_at is not None:
        raise NotFound(_("This question does not exist, or is not shared with you."))
    return question


def questions_of(assignment_id: str) -> Select[Question]:
    """The questions of an assignment in reading order; those that lost their place come last."""
    return (
        select(Question)
        .where(Question.assignment_id == assignment_id, Question.deleted_at.is_(None))
        .order_by(Question.start.is_(None), Question.start, Question.id)
    )


def answers_to(question_id: str) -> Select[Answer]:
    """Every attempt at a question."""
    return select(Answer).where(Answer.question_id == question_id)


def attempts_of(question_id: str, account_id: str) -> list[Answer]:
    """One person's attempts, oldest first."""
    mine = answers_to(question_id).where(Answer.account_id == account_id)
    return list(session.scalars(mine.order_by(Answer.attempt)))


def question_out(question: Question) -> QuestionOut:
    """What everybody may know of a question."""
    return QuestionOut(**_public(question))


def staff_question_out(question: Question, tally: Tally | None = None) -> StaffQuestionOut:
    """The same with the key and how it was answered, for staff."""
    return StaffQuestionOut(**_public(question), key=question.key, tally=tally or Tally())


def tallies(question_ids: list[str]) -> dict[str, Tally]:
    """How each question was answered at the first attempt."""
    wrong = Answer.correct.is_(False)
    rows = session.execute(
        select(
            Answer.question_id,
            func.count(),
            func.count().filter(Answer.correct.is_(True)),
            func.count().filter(wrong, Answer.confidence == "sure"),
        )
        .where(Answer.question_id.in_(question_ids), Answer.attempt == 1)
        .group_by(Answer.question_id)
    )
    return {key: Tally(answered=n, right=right, sure_but_wrong=sure) for key, n, right, sure in rows}


def _public(question: Question) -> dict[str, Any]:
    span = None
    if question.start is not None and question.end is not None:
        span = {"start": question.start, "end": question.end}
    return {
        "id": question.id,
        "assignment_id": question.assignment_id,
        "kind": question.kind,
        "stem": question.stem,
        "stem_html": render(question.stem),
        "options": [OptionOut(**option, text_html=render(option["text"])) for option in question.options],
        "target": {"source": question.assignment.document_id, "selector": question.selectors},
        "span": span,
        "required": question.required,
        "attempts": question.attempts,
        "show_others": question.show_others,
    }


def outcome(question: Question, answer: Answer, others: Others | None) -> Outcome:
    """What the learner is told about an answer; the solution once no attempt is left or it is right."""
    chosen = answer.value.get("option") or answer.value.get("text", "")
    left = max(0, question.attempts - answer.attempt)
    settled = left == 0 or answer.correct is True or question.kind == "short_text"
    return Outcome(
        question_id=question.id,
        attempt=answer.attempt,
        attempts_left=0 if settled else left,
        value=chosen,
        confidence=answer.confidence,
        correct=answer.correct,
        feedback_html=render(question.key.get("feedback", {}).get(chosen, "")),
        explanation_html=render(question.key.get("explanation", "")) if settled else "",
        model_answer_html=render(question.key.get("model_answer", "")) if settled else "",
        self_check=answer.self_check,
        right_options=question.key.get("correct", []) if settled else [],
        others=others if settled and question.show_others else None,
    )


def outcomes_of(assignment: Assignment, viewer: Viewer) -> list[Outcome]:
    """The viewer's newest answer to each question of the assignment, with what they were told."""
    questions = {q.id: q for q in session.scalars(questions_of(assignment.id))}
    rows = select(Answer).where(Answer.assignment_id == assignment.id, Answer.account_id == viewer.account_id)
    newest = {a.question_id: a for a in session.scalars(rows.order_by(Answer.attempt))}
    shown = others_of([question_id for question_id in newest if question_id in questions])
    return [outcome(questions[key], newest[key], shown.get(key)) for key in newest if key in questions]


def others_of(question_ids: list[str]) -> dict[str, Others]:
    """How everybody answered each question: the newest attempt of each person counts."""
    newest = (
        select(Answer.question_id, Answer.account_id, func.max(Answer.attempt).label("attempt"))
        .where(Answer.question_id.in_(question_ids))
        .group_by(Answer.question_id, Answer.account_id)
        .subquery()
    )
    rows = session.execute(
        select(Answer.question_id, Answer.value, Answer.self_check).join(
            newest,
            (Answer.question_id == newest.c.question_id)
            & (Answer.account_id == newest.c.account_id)
            & (Answer.attempt == newest.c.attempt),
        )
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for question_id, value, self_check in rows:
        counts[question_id][value.get("option") or self_check or "unjudged"] += 1
    return {key: Others(answered=sum(found.values()), counts=dict(found)) for key, found in counts.items()}


@describes("question.changed")
def describe_questions(ids: list[str]) -> dict[str, dict[str, Any]]:
    """The public JSON of questions, for live updates; a removed one is left out."""
    rows = session.scalars(select(Question).where(Question.id.in_(ids), Question.deleted_at.is_(None)))
    return {question.id: question_out(question).model_dump(mode="json") for question in rows}


@describes("answer.created")
def describe_answers(ids: list[str]) -> dict[str, dict[str, Any]]:
    """What staff hear when somebody has answered."""
    rows = session.scalars(select(Answer).where(Answer.id.in_(ids)))
    return {
        answer.id: {
            "id": answer.id,
            "question_id": answer.question_id,
            "correct": answer.correct,
            "confidence": answer.confidence,
        }
        for answer in rows
    }
