"""The verbs of embedded questions."""

from typing import Any

from flask_babel import gettext as _

from annotators.selectors import dump
from app.assignments.models import Assignment
from app.core import events
from app.core.changes import log_change, take_turn
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.documents.anchoring import check_source, current_version, find_place

from .models import Answer, Question
from .queries import answers_to, attempts_of
from .schemas import AnswerIn, OptionIn, QuestionIn, QuestionPatch, SelfCheck, check_parts


def create_question(viewer: Viewer, assignment: Assignment, draft: QuestionIn) -> Question:
    """Embed a question in the assignment's document."""
    version = current_version(assignment.document_id)
    if version is None:
        raise Conflict(_("The document of this assignment is not ready yet."), "not_ready")
    check_source(version, draft.target.source)
    place = find_place(version, draft.target.selector)
    options, key = _split(draft.options, draft.model_answer, draft.explanation)
    question = Question(
        assignment_id=assignment.id,
        version_id=version.id,
        kind=draft.kind,
        stem=draft.stem,
        options=options,
        key=key,
        selectors=dump(draft.target.selector),
        start=place.start,
        end=place.end,
        required=draft.required,
        attempts=draft.attempts,
        show_others=draft.show_others,
        created_by=viewer.account_id,
    )
    session.add(question)
    session.flush()
    tell(question)
    return question


def edit_question(question: Question, patch: QuestionPatch) -> Question:
    """Change a question; options keep their ids, so that given answers stay what they were."""
    given = patch.model_dump(exclude_unset=True, exclude={"options", "model_answer", "explanation"})
    for name, value in given.items():
        setattr(question, name, value)
    options = patch.options if patch.options is not None else _joined(question)
    model_answer = question.key.get("model_answer", "") if patch.model_answer is None else patch.model_answer
    explanation = question.key.get("explanation", "") if patch.explanation is None else patch.explanation
    try:
        check_parts(question.kind, options, model_answer)
    except ValueError as error:
        raise Invalid(str(error), "incomplete_question") from error
    question.options, question.key = _split(options, model_answer, explanation)
    question.modified_at = now()
    _judge_again(question)
    tell(question)
    return question


def _judge_again(question: Question) -> None:
    """A mended key also counts for those who have answered already."""
    if question.kind == "choice":
        for answer in session.scalars(answers_to(question.id)):
            answer.correct = answer.value.get("option") in question.key["correct"]


def delete_question(question: Question) -> None:
    """Take a question out; its answers are kept for the report of what was."""
    question.deleted_at = now()
    log_change(
        question.assignment_id,
        "question.changed",
        question.id,
        before=f"course:{question.course_id}",
        after=None,
    )


def answer_question(viewer: Viewer, question: Question, draft: AnswerIn) -> Answer:
    """Record an attempt and judge it. Short texts are judged by the learner, beside the model answer."""
    take_turn(question.assignment_id)  # two windows that answer at once are two attempts, one after the other
    earlier = attempts_of(question.id, viewer.account_id)
    if len(earlier) >= question.attempts or (earlier and earlier[-1].correct):
        raise Conflict(_("You have answered this already; your answer is kept."), "already_answered")
    answer = Answer(
        question_id=question.id,
        assignment_id=question.assignment_id,
        account_id=viewer.account_id,
        attempt=len(earlier) + 1,
        value=_value(question, draft.value),
        confidence=draft.confidence,
        composed_at=draft.composed_at,
        correct=draft.value in question.key["correct"] if question.kind == "choice" else None,
    )
    session.add(answer)
    session.flush()
    _tell_staff(question, answer)
    events.tell("answered", question.assignment_id, [(answer.id, viewer.account_id)])
    return answer


def check_oneself(viewer: Viewer, question: Question, self_check: SelfCheck) -> Answer:
    """Note how the learner judges their short text, once they have seen the model answer."""
    earlier = attempts_of(question.id, viewer.account_id)
    if question.kind != "short_text" or not earlier:
        raise Conflict(_("Answer the question first, then say how you did."), "not_answered")
    answer = earlier[-1]
    answer.self_check = self_check
    answer.correct = {"had_it": True, "not_yet": False}.get(self_check)
    _tell_staff(question, answer)
    return answer


def _value(question: Question, value: str) -> dict[str, Any]:
    if question.kind == "short_text":
        return {"text": value}
    if value not in {option["id"] for option in question.options}:
        raise Invalid(_("Choose one of the options."), "unknown_option", "/value")
    return {"option": value}


def _split(
    options: list[OptionIn], model_answer: str, explanation: str
) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """What learners see, apart from what they must not see yet."""
    ids = [option.id or new_id() for option in options]
    public = [{"id": key, "text": option.text} for key, option in zip(ids, options, strict=True)]
    return public, {
        "correct": [key for key, option in zip(ids, options, strict=True) if option.correct],
        "feedback": {k: o.feedback for k, o in zip(ids, options, strict=True) if o.feedback},
        "model_answer": model_answer,
        "explanation": explanation,
    }


def _joined(question: Question) -> list[OptionIn]:
    return [
        OptionIn(
            id=option["id"],
            text=option["text"],
            correct=option["id"] in question.key.get("correct", []),
            feedback=question.key.get("feedback", {}).get(option["id"], ""),
        )
        for option in question.options
    ]


def tell(question: Question) -> None:
    """Let everybody in the assignment hear of a question that is new or has changed."""
    audience = f"course:{question.course_id}"
    log_change(question.assignment_id, "question.changed", question.id, before=audience, after=audience)


def _tell_staff(question: Question, answer: Answer) -> None:
    staff = f"staff:{question.course_id}"
    log_change(question.assignment_id, "answer.created", answer.id, before=None, after=staff)
