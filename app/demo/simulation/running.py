"""Making a simulated course from nothing to its reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import TypeVar

from sqlalchemy import func, select

from annotators.text.anchor import describe
from app.accounts.models import Account
from app.accounts.operations import people
from app.accounts.queries import the_school
from app.annotations.models import Annotation
from app.assignments import operations as assigning
from app.assignments.models import Assignment
from app.assignments.schemas import AssignmentIn
from app.core.db import session, unit_of_work
from app.core.policy import Viewer
from app.courses.models import Course
from app.courses.operations import enrolling, running
from app.courses.queries import viewer_of
from app.documents import importing
from app.documents import operations as library
from app.documents.queries import version_of
from app.questions import operations as asking
from app.questions.models import Question
from app.questions.schemas import OptionIn, QuestionIn, TargetIn
from app.reports.jobs import make_report
from app.scores.jobs import rate_what_is_new
from app.scores.models import Score

from .students import Classroom
from .subjects import SUBJECTS
from .writing import Writer

AT_ONCE = 50
FIRST = (
    "Ada",
    "Amir",
    "Bo",
    "Clara",
    "Dev",
    "Ewa",
    "Femi",
    "Gita",
    "Hana",
    "Ivo",
    "Juno",
    "Kofi",
    "Lea",
    "Max",
)
LAST = (
    "Abe",
    "Berg",
    "Costa",
    "Diaz",
    "Eze",
    "Fox",
    "Gruber",
    "Huang",
    "Ito",
    "Jain",
    "Kaya",
    "Lund",
    "Moreau",
)
T = TypeVar("T")


def simulate(students: int, documents: int, seed: int) -> tuple[str, Counter[str]]:
    """Make a course, have it read, rated and reported; returns its id and how much of what was made."""
    random, made = Random(seed), Counter[str]()  # noqa: S311  # to be repeatable, not secret
    with unit_of_work():
        teacher = _teacher(random)
        course = running.create_course(viewer_of(teacher), f"Simulated course {seed}")
    class_list = _class(random, teacher, course, students)
    made["students"] = len(class_list)
    for _ in range(documents):
        room = _classroom(random, teacher, course, class_list, made)
        for steps in _batches(room.steps(), AT_ONCE):
            with unit_of_work():
                for step in steps:
                    step()
        _rate(room.assignment, made)
        make_report.now(room.assignment.id)
        made["reports"] += 1
    return course.id, made


def _teacher(random: Random) -> Account:
    account = people.add_without_password(the_school().id, f"{random.choice(FIRST)} {random.choice(LAST)}")
    account.may_create_courses = True
    return account


def _class(random: Random, teacher: Account, course: Course, students: int) -> list[Viewer]:
    made: list[Account] = []
    for numbers in _batches(range(students), AT_ONCE):
        with unit_of_work():
            staff = viewer_of(teacher)
            for number in numbers:
                name = f"{random.choice(FIRST)} {random.choice(LAST)} {number + 1}"
                row, _slip = enrolling.add_pupil(staff, course, name)
                made.append(session.get_one(Account, row.account_id))
    return [viewer_of(account) for account in made]


def _classroom(
    random: Random, teacher: Account, course: Course, students: list[Viewer], made: Counter[str]
) -> Classroom:
    writer = Writer(random, random.choice(SUBJECTS))
    staff = viewer_of(teacher)
    with unit_of_work():
        document = library.add_text(staff, course, writer.reading(), writer.title())
    importing.run(document.id)
    with unit_of_work():
        session.refresh(document)
        version = version_of(document)
        if version is None:
            raise RuntimeError(f"the reading could not be imported: {document.problem}")
        draft = AssignmentIn(document_id=document.id, expected_annotations=3)
        assignment = assigning.assign(staff, course, draft)
        questions = _questions(staff, assignment, version.text, writer)
    made["documents"] += 1
    made["questions"] += len(questions)
    return Classroom(random, assignment, version.text, writer, students, questions, made)


def _questions(staff: Viewer, assignment: Assignment, text: str, writer: Writer) -> list[Question]:
    places = [TargetIn(selector=describe(text, at, at + 40)) for at in (len(text) // 4, len(text) // 2)]
    options = [OptionIn(text=f"{number}. {writer.reply()}", correct=number == 1) for number in (1, 2, 3)]
    drafts = (
        QuestionIn(kind="choice", stem=writer.remark(asks=True), target=places[0], options=options),
        QuestionIn(
            kind="short_text", stem=writer.remark(asks=True), target=places[1], model_answer=writer.reply()
        ),
    )
    return [asking.create_question(staff, assignment, draft) for draft in drafts]


def _rate(assignment: Assignment, made: Counter[str]) -> None:
    """Let the worker's own job rate until nothing is left, or until it no longer gets anywhere."""
    rated = select(func.count(func.distinct(Score.annotation_id))).where(Score.assignment_id == assignment.id)
    wanted = select(func.count()).where(Annotation.assignment_id == assignment.id)
    before, now_rated = -1, 0
    while before < now_rated < (session.scalar(wanted) or 0) or before < 0:
        before = now_rated
        with unit_of_work():
            rate_what_is_new()
        now_rated = session.scalar(rated) or 0
    made["ratings"] += now_rated


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch
