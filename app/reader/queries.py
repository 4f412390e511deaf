"""What the reading page is opened with."""

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Course, Enrollment, Group, GroupMember
from app.documents.models import Document, DocumentVersion


def newest_version(document: Document) -> DocumentVersion | None:
    """The version that is read now, with what it shows; None while the document is not ready."""
    return session.scalar(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document.id, DocumentVersion.number == document.version)
        .options(undefer(DocumentVersion.html))
    )


def teachers(course: Course) -> list[str]:
    """Names of who teaches a course, the longest there first."""
    return list(
        session.scalars(
            select(func.coalesce(Account.name, ""))
            .join(Enrollment, Enrollment.account_id == Account.id)
            .where(Enrollment.course_id == course.id, Enrollment.role == "teacher")
            .where(Enrollment.ended_at.is_(None))
            .order_by(Enrollment.created_at, Enrollment.id)
        )
    )


def own_group(assignment: Assignment, account_id: str) -> str | None:
    """The name of the person's group in the assignment's group set."""
    if assignment.group_set_id is None:
        return None
    return session.scalar(
        select(Group.name)
        .join(GroupMember, GroupMember.group_id == Group.id)
        .where(Group.group_set_id == assignment.group_set_id, GroupMember.account_id == account_id)
    )
