"""Filling the demo course. Each step finds what is there already, so that a run that was cut short goes on."""

import logging
from datetime import datetime, time, timedelta
from io import BytesIO

from sqlalchemy import select

from app.accounts.queries import the_school
from app.assignments import operations as assigning
from app.assignments.models import Assignment
from app.assignments.schemas import AssignmentIn
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.policy import Viewer
from app.core.storage import File
from app.courses.models import Course, GroupSet
from app.courses.operations import dividing, enrolling, running
from app.courses.queries import groups_of, viewer_of
from app.documents import importing
from app.documents import operations as library
from app.documents.models import Document, DocumentVersion
from app.documents.uploads import Upload

from . import calibrating, discussing, material, people, reporting, teaching
from .material import Task

log = logging.getLogger(__name__)

_NO_LIMIT = 1 << 30


def fill() -> bool:
    """Make what is missing of the demo course; returns whether anything was."""
    plan = material.course()
    with unit_of_work():
        made = not people.known(the_school())
        if made:
            _open_course(plan)
    for task in plan.assignments:
        made = _fill_task(task) or made
    with unit_of_work():
        return calibrating.calibrate() or made


def _open_course(plan: material.Course) -> None:
    """People, course, groups and the files of the library: all or nothing."""
    school = the_school()
    accounts = {key: people.add(school, key, person) for key, person in plan.people.items()}
    lee = viewer_of(accounts["lee"])
    course = running.create_course(lee, plan.title)
    for key, person in plan.people.items():
        if person.role != "teacher":
            enrolling.enroll(lee, course, accounts[key], person.role)
    _group(lee, course, plan, {key: account.id for key, account in accounts.items()})
    for task in plan.assignments:
        library.add_file(lee, course, _upload(task.file), task.title)


def _group(lee: Viewer, course: Course, plan: material.Course, ids: dict[str, str]) -> None:
    tables = {name: keys for name, keys in plan.groups.items() if isinstance(keys, list)}
    made = dividing.add_group_set(lee, course, str(plan.groups["name"]), list(tables))
    for group in session.scalars(groups_of(made.id)):
        dividing.set_members(lee, group, [ids[key] for key in tables[group.name]])


def _upload(name: str) -> Upload:
    return Upload(BytesIO((material.FOLDER / name).read_bytes()), name, _NO_LIMIT)


def _fill_task(task: Task) -> bool:
    with unit_of_work():
        document = _document(task)
    if document is None or _is_assigned(document):
        return False
    _import(document, task)
    session.refresh(document)
    if document.status != "ready":
        log.warning("%s of the demo course could not be read: %s", task.file, document.problem)
        return False
    with unit_of_work():
        viewers = {key: viewer_of(account) for key, account in people.known(the_school()).items()}
        assignment = _assign(viewers["lee"], document, task)
        discussing.discuss(assignment, task, viewers)
        if topics := material.discussion(task).topics:
            found = reporting.report(viewers["lee"], assignment, topics)
            if task.taught:
                teaching.teach(assignment, viewers, dict(zip([row.id for row in found], topics, strict=True)))
            if task.planned:
                teaching.plan_ahead(assignment, viewers["lee"])
    return True


def _document(task: Task) -> Document | None:
    """The document that was made from the task's file, whatever it is called by now."""
    return session.scalar(
        select(Document)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(File, File.id == DocumentVersion.source_file_id)
        .where(Document.created_by == _teacher().account_id, Document.deleted_at.is_(None))
        .where(DocumentVersion.number == 1, File.name == task.file)
        .order_by(Document.id)
        .limit(1)
    )


def _is_assigned(document: Document) -> bool:
    return bool(session.scalar(select(Assignment.id).where(Assignment.document_id == document.id).limit(1)))


def _import(document: Document, task: Task) -> None:
    """Read the file here and now: the discussion needs its text, and there may be no worker yet."""
    if document.status == "failed":
        with unit_of_work():
            library.retry_import(_teacher(), document)
    importing.run(document.id)
    if task.captions:
        with unit_of_work():
            session.refresh(document)
            if document.status == "ready" and document.version == 1:
                library.add_version(_teacher(), document, _upload(task.captions))
        importing.run(document.id)


def _teacher() -> Viewer:
    return viewer_of(people.known(the_school())["lee"])


def _assign(lee: Viewer, document: Document, task: Task) -> Assignment:
    course = session.get_one(Course, document.course_id)
    tables = session.scalar(select(GroupSet.id).where(GroupSet.course_id == course.id).order_by(GroupSet.id))
    draft = AssignmentIn(
        document_id=document.id,
        title=task.title,
        instructions=task.instructions,
        expected_annotations=task.expected_annotations,
        expected_questions=task.expected_questions,
        opens_at=_morning(task.opens),
        due_at=_morning(task.due),
        group_set_id=tables if task.groups else None,
        scores_released=task.released,
    )
    return assigning.assign(lee, course, draft)


def _morning(days: int) -> datetime:
    """Eight o'clock, so many days from today."""
    today = now()
    return datetime.combine(today.date() + timedelta(days=days), time(8), tzinfo=today.tzinfo)
