"""Rows for tests. Each function adds one thing and returns it; only what matters needs saying."""

from itertools import count
from typing import Any

from app.accounts.models import Account, School, Token
from app.accounts.queries import token_hash
from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Course, Enrollment, Group, GroupMember, GroupSet, Section
from app.documents.models import Document, DocumentVersion

_numbers = count(1)
TEXT = "Light bends when it passes from air into glass, because its speed changes. The cat sat on the mat."
HTML = (
    '<p data-block="b1">Light bends when it passes from air into glass, because its speed changes. '
    "The cat sat on the mat.</p>"
)


def add(row: Any) -> Any:
    """Add a row and give it its id."""
    session.add(row)
    session.flush()
    return row


def school(name: str = "Hill School") -> School:
    return add(School(name=name))


def account(school: School, name: str, **more: Any) -> Account:
    return add(Account(school_id=school.id, name=name, **more))


def token(account: Account) -> str:
    """A bearer token for the account."""
    secret = f"token-of-{account.id}"
    add(Token(account_id=account.id, token_hash=token_hash(secret), name="test"))
    return secret


def course(school: School, title: str = "Optics 7B") -> Course:
    return add(Course(school_id=school.id, title=title, join_code=f"CODE{next(_numbers):04d}"))


def enroll(
    course: Course, account: Account, role: str = "student", section: Section | None = None
) -> Enrollment:
    return add(
        Enrollment(
            course_id=course.id, account_id=account.id, role=role, section_id=section.id if section else None
        )
    )


def groups(course: Course, *members: list[Account]) -> GroupSet:
    """A group set with one group for each list of people."""
    made = add(GroupSet(course_id=course.id, name="Tables"))
    for number, people in enumerate(members, 1):
        group = add(Group(group_set_id=made.id, course_id=course.id, name=f"Table {number}"))
        for person in people:
            add(GroupMember(group_id=group.id, account_id=person.id))
    return made


def document(
    course: Course, text: str = TEXT, html: str = HTML, medium: str = "text", **more: Any
) -> Document:
    """A ready document with one version."""
    made = add(
        Document(
            course_id=course.id,
            school_id=course.school_id,
            title="Refraction",
            medium=medium,
            status="ready",
            progress=1.0,
            version=1,
        )
    )
    add(DocumentVersion(document_id=made.id, number=1, text=text, html=html, length=len(text), **more))
    return made


def assignment(course: Course, document: Document, **more: Any) -> Assignment:
    return add(
        Assignment(course_id=course.id, document_id=document.id, title=more.pop("title", "Read this"), **more)
    )
