"""What admins read. Every query names the school."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Account, SignIn
from app.annotations.models import Annotation
from app.core.audit import AuditEntry
from app.core.db import session
from app.core.ids import now
from app.core.storage import File
from app.courses.models import Course, Enrollment
from app.documents.models import Document, DocumentVersion
from app.documents.queries import is_of_version
from app.lti.models import Context, Passback, Registration, ResourceLink
from app.plans.models import Plan
from app.questions.models import Answer, Question
from app.upkeep.models import PersonMerge
from app.upkeep.operations.merging import UNDONE_WITHIN


def enrollments(account_id: str) -> Select[Enrollment]:
    """A person's courses, those they left too; deleted courses are gone for everybody."""
    return (
        select(Enrollment)
        .join(Course, Course.id == Enrollment.course_id)
        .options(joinedload(Enrollment.course))
        .where(Enrollment.account_id == account_id, Course.deleted_at.is_(None))
        .order_by(Course.title, Enrollment.id)
    )


def last_seen(account_id: str) -> datetime | None:
    """When a browser of the person was last in use, as far as that is still known."""
    return session.scalar(select(func.max(SignIn.last_seen_at)).where(SignIn.account_id == account_id))


def imports(school_id: str) -> Select[Document]:
    """Documents that are being read, or could not be; the newest first."""
    return (
        select(Document)
        .where(Document.school_id == school_id, Document.deleted_at.is_(None))
        .where(Document.status.in_(("processing", "failed")))
        .order_by(Document.created_at.desc(), Document.id)
    )


def rosters(school_id: str) -> Select[Context]:
    """LMS courses whose class list waits to be fetched, or could not be."""
    return (
        select(Context)
        .join(Registration, Registration.id == Context.registration_id)
        .where(Registration.school_id == school_id)
        .where(or_(Context.roster_problem != "", Context.roster_wanted_at.is_not(None)))
        .order_by(Context.title, Context.id)
    )


def grade_counts(school_id: str) -> dict[str, int]:
    """State to number of grades for LMSs that are in it."""
    rows = (
        select(Passback.state, func.count())
        .join(ResourceLink, ResourceLink.id == Passback.resource_link_id)
        .join(Context, Context.id == ResourceLink.lti_context_id)
        .join(Registration, Registration.id == Context.registration_id)
        .where(Registration.school_id == school_id)
        .group_by(Passback.state)
    )
    return {state: count for state, count in session.execute(rows)}


class Stored(NamedTuple):
    """What one course keeps in files."""

    course: Course
    files: int
    bytes: int


def stored(school_id: str) -> list[Stored]:
    """Each course of the school with its files, the largest first. A file that two documents share counts once."""
    used = (
        select(Document.course_id, File.id, File.size)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(File, is_of_version())
        .where(Document.school_id == school_id)
        .distinct()
        .subquery()
    )
    total = func.coalesce(func.sum(used.c.size), 0)
    rows = (
        select(Course, func.count(used.c.id), total)
        .outerjoin(used, used.c.course_id == Course.id)
        .where(Course.school_id == school_id, Course.deleted_at.is_(None))
        .group_by(Course.id)
        .order_by(total.desc(), Course.title, Course.id)
    )
    return [Stored(course, files, int(size)) for course, files, size in session.execute(rows)]


class Entry(NamedTuple):
    """An entry of the audit log with the names that go with it."""

    row: AuditEntry
    actor: str | None
    person: str | None
    course: str | None


def entries(
    school_id: str,
    *,
    words: str = "",
    action: str = "",
    first: datetime | None = None,
    before: datetime | None = None,
) -> Select[AuditEntry, str, str, str]:
    """The audit log of a school, the newest first: by a name (who did it, or to whom), a deed, and two moments.

    Names are those of today; who was erased has none.
    """
    actor, person = aliased(Account), aliased(Account)
    found = (
        select(AuditEntry, actor.name, person.name, Course.title)
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .outerjoin(person, person.id == AuditEntry.object_id)
        .outerjoin(Course, Course.id == AuditEntry.course_id)
        .where(AuditEntry.school_id == school_id)
        .order_by(AuditEntry.created_at.desc(), AuditEntry.id.desc())
    )
    if words:
        wanted = words.lower()
        columns = (actor.name, actor.email, person.name, person.email)
        found = found.where(or_(*(func.lower(one).contains(wanted, autoescape=True) for one in columns)))
    if action:
        found = found.where(AuditEntry.action == action)
    if first:
        found = found.where(AuditEntry.created_at >= first)
    if before:
        found = found.where(AuditEntry.created_at < before)
    return found


def actions(school_id: str) -> list[str]:
    """Every deed that occurs in the school's log."""
    wanted = select(AuditEntry.action).where(AuditEntry.school_id == school_id).distinct()
    return sorted(session.scalars(wanted))


class Figures(NamedTuple):
    """How much there is of one person."""

    courses: int
    annotations: int
    answers: int
    documents: int
    questions: int
    plans: int


def figures_of(account_id: str) -> Figures:
    """How much there is of one person, to tell two accounts apart."""

    def count(of: Select[str]) -> int:
        return session.scalar(select(func.count()).select_from(of.subquery())) or 0

    enrolled = select(Enrollment.id).where(Enrollment.account_id == account_id, Enrollment.ended_at.is_(None))
    written = select(Annotation.id).where(
        Annotation.creator_id == account_id, Annotation.deleted_at.is_(None)
    )
    return Figures(
        courses=count(enrolled),
        annotations=count(written),
        answers=count(select(Answer.id).where(Answer.account_id == account_id)),
        documents=count(
            select(Document.id).where(Document.created_by == account_id, Document.deleted_at.is_(None))
        ),
        questions=count(
            select(Question.id).where(Question.created_by == account_id, Question.deleted_at.is_(None))
        ),
        plans=count(select(Plan.id).where(Plan.created_by == account_id, Plan.deleted_at.is_(None))),
    )


def merges_of(account_id: str) -> list[tuple[PersonMerge, str]]:
    """Merges into a person that can still be undone, with the name of the account that went."""
    rows = session.execute(
        select(PersonMerge, Account.name)
        .join(Account, Account.id == PersonMerge.gone_id)
        .where(PersonMerge.kept_id == account_id, PersonMerge.undone_at.is_(None))
        .where(PersonMerge.created_at > now() - UNDONE_WITHIN)
        .order_by(PersonMerge.created_at.desc(), PersonMerge.id)
    )
    return [(row, name) for row, name in rows]
