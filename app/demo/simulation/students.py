"""What simulated students do with one assignment, as single steps that a unit of work can bundle."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import get_args

from annotators.text.anchor import describe
from app.activity.operations import record_activity, record_opening
from app.activity.schemas import IntervalIn
from app.annotations import operations as annotating
from app.annotations.models import Annotation
from app.annotations.schemas import AnnotationIn, MarkIn, TargetIn
from app.assignments.models import Assignment
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.questions import operations as asking
from app.questions.models import Question
from app.questions.schemas import AnswerIn, SelfCheck

from .writing import Writer

Step = Callable[[], None]
SCREENFULS = 8


@dataclass
class Classroom:
    """One assignment, those who work on it, and what they have said so far."""

    random: Random
    assignment: Assignment
    text: str
    writer: Writer
    students: list[Viewer]
    questions: list[Question]
    made: Counter[str]
    annotations: list[Annotation] = field(default_factory=list)

    def steps(self) -> Iterator[Step]:
        """Everybody's steps, mixed as they are when a class works at the same time."""
        steps = [step for student in self.students for step in self._steps_of(student)]
        self.random.shuffle(steps)
        yield from steps

    def _steps_of(self, student: Viewer) -> Iterator[Step]:
        yield lambda: self._read(student)
        for _ in range(self.random.randint(2, 6)):
            yield lambda: self._annotate(student)
        for _ in range(self.random.randint(0, 3)):
            yield lambda: self._reply(student)
        for _ in range(self.random.randint(1, 6)):
            yield lambda: self._endorse(student)
        if self.random.random() < 0.4:
            yield lambda: self._mark(student)
        for question in self.questions:
            yield lambda question=question: self._answer(student, question)  # type: ignore[misc]  # mypy cannot type a lambda's default

    def _target(self) -> TargetIn:
        """A sentence, or a part of it; some places draw more people than others."""
        middle = min(len(self.text) - 2, int(self.random.betavariate(2, 4) * len(self.text)))
        start = max(0, self.text.rfind(" ", 0, middle) + 1)
        end = min(len(self.text), start + self.random.randint(20, 140))
        while self.text[start:end].isspace():
            end += 1
        return TargetIn(selector=describe(self.text, start, end))

    def _annotate(self, student: Viewer) -> None:
        asks = self.random.random() < 0.4
        draft = AnnotationIn(
            body=self.writer.remark(asks),
            motivation="questioning" if asks else "commenting",
            target=self._target(),
            typing_seconds=self.random.randint(10, 120),
        )
        self.annotations.append(annotating.create_annotation(student, self.assignment, draft))
        self.made["annotations"] += 1

    def _reply(self, student: Viewer) -> None:
        if not self.annotations:
            return
        parent = self.random.choice(self.annotations)
        draft = AnnotationIn(body=self.writer.reply(), parent_id=parent.id)
        annotating.create_annotation(student, self.assignment, draft)
        self.made["replies"] += 1

    def _endorse(self, student: Viewer) -> None:
        others = [row for row in self.annotations if row.creator_id != student.account_id]
        if not others:
            return
        row = self.random.choice(others)
        annotating.endorse(student, row, "me_too" if row.motivation == "questioning" else "helpful")
        self.made["votes"] += 1

    def _mark(self, student: Viewer) -> None:
        annotating.put_mark(student, self.assignment, new_id(), MarkIn(target=self._target()))
        self.made["marks"] += 1

    def _answer(self, student: Viewer, question: Question) -> None:
        value = self.writer.reply()
        if question.options:
            value = self.random.choice(question.options)["id"]
        confidence = self.random.choice(("sure", "unsure", "guessing"))
        draft = AnswerIn.model_validate({"value": value, "confidence": confidence})
        asking.answer_question(student, question, draft)
        if not question.options:
            check = self.random.choice(get_args(SelfCheck))
            asking.check_oneself(student, question, check)
        self.made["answers"] += 1

    def _read(self, student: Viewer) -> None:
        part = len(self.text) / SCREENFULS
        began = now() - timedelta(hours=self.random.uniform(2, 60))
        order = [*range(SCREENFULS), *self.random.sample(range(SCREENFULS), 2)]
        intervals = [
            IntervalIn(
                kind="read",
                start=part * number,
                end=part * (number + 1),
                seconds=self.random.uniform(10, 50),
                began_at=began + timedelta(seconds=70 * place),
            )
            for place, number in enumerate(order)
        ]
        record_opening(student, self.assignment, began)
        told = intervals[-1].began_at + timedelta(seconds=intervals[-1].seconds)
        self.made["reading intervals"] += record_activity(student, self.assignment, intervals, told)
