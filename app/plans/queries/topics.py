"""The report's topics as a plan needs them: facts for the draft, questions to ask again, words to show."""

from collections import Counter
from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import NotFound
from app.core.policy import Viewer
from app.questions.models import Answer, Question
from app.questions.queries import questions_of
from app.reports.queries import report_for
from app.reports.schemas import TopicOut
from scoring.planning import Topic

from ..models import Plan
from ..schemas import QuestionShown, TopicShown

TAKEN = 0.2  # an answer is a side if this share of the class took it


def topics_of(assignment: Assignment, viewer: Viewer) -> list[TopicOut]:
    """The topics of the newest report, in its order; none while it is being made."""
    return report_for(assignment, viewer).topics


def chosen(found: list[TopicOut], keys: list[str] | None) -> list[TopicOut]:
    """The topics of these keys, in the report's order; without keys the first three."""
    return found[:3] if keys is None else [topic for topic in found if topic.key in keys]


def facts(topic: TopicOut, questions: list[QuestionShown], sides: dict[str, int]) -> Topic:
    """What the draft needs to know of a topic; ``questions`` are those that stand at its passages."""
    best = best_question(questions)
    right = best.right_count / best.answered if best and best.answered and best.right else None
    return Topic(
        key=topic.key,
        students=topic.students,
        open_share=topic.open_share,
        right=right,
        sides=sides.get(best.id, 0) if best else 0,
        places=max(1, len(topic.passages)),
    )


def best_question(questions: list[QuestionShown]) -> QuestionShown | None:
    """Which of a topic's questions to ask again: the one that most have answered."""
    return max(questions, key=lambda one: one.answered, default=None)


def votable(assignment: Assignment) -> list[Question]:
    """The assignment's questions with options, in reading order."""
    return [question for question in session.scalars(questions_of(assignment.id)) if question.options]


def at_topic(topic: TopicOut, questions: Iterable[Question]) -> list[Question]:
    """The questions that stand within or across a topic's passages."""
    return [
        question
        for question in questions
        if question.start is not None
        and any(question.start <= end and (question.end or 0) >= start for start, end in topic.passages)
    ]


def answers_by_option(questions: list[Question]) -> dict[str, Counter[str]]:
    """Question id to how many chose which option at their first attempt."""
    rows = session.execute(
        select(Answer.question_id, Answer.value).where(
            Answer.question_id.in_([question.id for question in questions]), Answer.attempt == 1
        )
    )
    found: dict[str, Counter[str]] = {question.id: Counter() for question in questions}
    for question_id, value in rows:
        found[question_id][value.get("option", "")] += 1
    return found


def sides_of(counts: dict[str, Counter[str]]) -> dict[str, int]:
    """Question id to how many of its options a fifth of those who answered took, or more."""
    return {
        question_id: sum(count >= TAKEN * counted.total() for count in counted.values() if count)
        for question_id, counted in counts.items()
    }


def shown(question: Question, counts: Counter[str]) -> QuestionShown:
    """A question for staff, with its key and how it was answered at first."""
    right = [str(key) for key in question.key.get("correct", [])]
    return QuestionShown(
        id=question.id,
        stem=question.stem,
        options=[{"id": option["id"], "text": option["text"]} for option in question.options],
        right=right,
        answered=counts.total(),
        right_count=sum(counts[key] for key in right),
    )


def topics_shown(plan: Plan, found: list[TopicOut]) -> list[TopicShown]:
    """The topics of a plan's steps under the names that the report has for them today."""
    by_key = {topic.key: topic for topic in found}
    keys = dict.fromkeys(key for step in plan.steps for key in step.get("topics", []))
    return [_shown_topic(key, by_key.get(key)) for key in keys]


def _shown_topic(key: str, topic: TopicOut | None) -> TopicShown:
    if topic is None:
        return TopicShown(key=key, label="", students=0, share=0.0, gone=True)
    return TopicShown(key=key, label=topic.label, students=topic.students, share=topic.share)


def members_of(assignment: Assignment, viewer: Viewer, key: str) -> list[str]:
    """The annotations of one topic that the viewer may read."""
    for topic in topics_of(assignment, viewer):
        if topic.key == key:
            return [voice.id for voice in topic.members]
    raise NotFound(_("This topic is not in the report any more. Reload the report."))
