"""Letting the demo people talk: every word through the verbs, in the order in which it was said."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from app.annotations import operations as annotating
from app.annotations.models import Annotation
from app.annotations.schemas import AnnotationEditIn, AnnotationIn, MarkIn
from app.annotations.schemas import TargetIn as PassageIn
from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.documents.queries import version_of
from app.questions import operations as asking
from app.questions.models import Question
from app.questions.schemas import AnswerIn, QuestionIn, SelfCheckIn, TargetIn

from . import material
from .material import Reply, Thread
from .talk import Span, Talk
from .visiting import visit

Motivation = Literal["commenting", "questioning", "highlighting"]


class Said(NamedTuple):
    """One thing said: when, in which thread, and the how-manieth reply (-1: it opened the thread)."""

    at: datetime
    thread: int
    reply: int


def discuss(assignment: Assignment, task: material.Task, viewers: Mapping[str, Viewer]) -> None:
    """Make the discussion of an assignment: questions and answers, marks, threads, votes."""
    said = material.discussion(task)
    version = version_of(assignment.document)
    if version is None:
        raise RuntimeError(f"{task.file} has no version that people can see")
    today = now()
    span = Span(*(today + timedelta(days=days) for days in task.talk))
    talk = Talk(assignment, viewers, version.text, version.length, span)
    for question in said.questions:
        _ask(talk, question)
    for number, marks in enumerate(said.marks):
        _mark(talk, marks, number / max(1, len(said.marks)))
    annotations = _say_everything(talk, said.threads)
    visit(talk, said, annotations)


def _ask(talk: Talk, said: material.Question) -> None:
    fields = said.model_dump(include=set(QuestionIn.model_fields))
    draft = QuestionIn.model_validate({**fields, "target": TargetIn(selector=talk.place(said))})
    question = asking.create_question(talk.viewers["lee"], talk.assignment, draft)
    for number, (key, answer) in enumerate(said.answers.items()):
        _answer(talk, question, key, answer, talk.span.part((number + 1) / (len(said.answers) + 1)))


def _answer(talk: Talk, question: Question, key: str, answer: tuple[object, ...], at: datetime) -> None:
    value, confidence, *check = answer
    chosen = question.options[value]["id"] if isinstance(value, int) else value
    draft = AnswerIn.model_validate({"value": chosen, "confidence": confidence, "composed_at": at})
    row = asking.answer_question(talk.viewers[key], question, draft)
    if check:
        said = SelfCheckIn.model_validate({"self_check": check[0]})
        asking.check_oneself(talk.viewers[key], question, said.self_check)
    row.created_at = at


def _mark(talk: Talk, marks: material.Marks, share: float) -> None:
    target = PassageIn(selector=talk.place(marks))
    for number, key in enumerate(marks.by, 1):
        mark = annotating.put_mark(talk.viewers[key], talk.assignment, new_id(), MarkIn(target=target))
        mark.created_at = talk.span.part((share + number / (len(marks.by) + 1)) / 2)


def _say_everything(talk: Talk, threads: list[Thread]) -> list[Annotation]:
    heads: dict[int, Annotation] = {}
    annotations = []
    for said in sorted(_when(talk.span, threads)):
        thread = threads[said.thread]
        words = thread if said.reply < 0 else thread.replies[said.reply]
        row = _say(talk, words, said.at, heads.get(said.thread))
        heads.setdefault(said.thread, row)
        annotations.append(row)
        for key in words.helpful:
            annotating.endorse(talk.viewers[key], row, "helpful")
        for key in words.me_too:
            annotating.endorse(talk.viewers[key], row, "me_too")
    for number, thread in enumerate(threads):
        _afterwards(talk, thread, heads[number])
    return annotations


def _when(span: Span, threads: list[Thread]) -> Iterable[Said]:
    """People begin anywhere in the text, and answer while the talk lasts."""
    for number, thread in enumerate(threads):
        at = span.part(0.9 * ((number * 7) % len(threads) + 0.5) / len(threads))
        yield Said(at, number, -1)
        for reply in range(len(thread.replies)):
            yield Said(at + (span.end - at) * (reply + 1) / (len(thread.replies) + 1) * 0.6, number, reply)


def _say(talk: Talk, words: Thread | Reply, at: datetime, head: Annotation | None) -> Annotation:
    draft = AnnotationIn(body=words.body, composed_at=at, parent_id=head.id if head else None)
    if isinstance(words, Thread):
        draft = draft.model_copy(
            update={
                "motivation": _motivation(words),
                "target": PassageIn(selector=talk.place(words)),
                "audience": words.audience,
                "anonymous": words.anonymous,
            }
        )
    row = annotating.create_annotation(talk.viewers[words.by], talk.assignment, draft)
    _date(row, at)
    return row


def _motivation(thread: Thread) -> Motivation:
    if thread.highlight:
        return "highlighting"
    return "questioning" if thread.asks else "commenting"


def _date(row: Annotation, at: datetime) -> None:
    """The verb writes today's date; a discussion that begins with “just now” everywhere would be no discussion."""
    row.created_at = row.modified_at = at
    session.flush()


def _afterwards(talk: Talk, thread: Thread, head: Annotation) -> None:
    at = head.created_at
    if thread.solved:
        annotating.edit_annotation(talk.viewers[thread.by], head, AnnotationEditIn(resolved=True))
        _date(head, at)
    for key, reason in thread.flagged_by.items():
        annotating.flag_annotation(talk.viewers[key], head, reason)
