"""A course that was copied in the LMS finds its assignments here; staff are asked once.

The copied link still names the old assignment. Where the old course is one of the same LMS, and either the LMS
says that this course was made from it (with the launch, or before by a notice) or the person teaches both, its
readings may be taken along: document, instructions and questions, as drafts, never students' work. Every further
link then finds its own by itself.
"""

from sqlalchemy import select

from app.accounts.models import Account
from app.assignments import operations as assigning
from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import Viewer
from app.courses.queries import viewer_of
from app.lti.models import Context, Copy, ResourceLink
from app.lti.protocol.messages import Launch
from app.plans.operations.sharing import as_file, import_plan
from app.plans.queries.plans import plans_of
from app.questions.queries import questions_of

from .noticing import origins_of

PARTS = frozenset({"questions", "plans"})
HISTORIES = ("context_history", "Context.id.history", "resource_link_history")


def counterpart(link: ResourceLink, original: Assignment, launch: Launch, account: Account) -> None:
    """Point a copied link at this course's own assignment, or note what it could be copied from."""
    context = link.context
    made = _copied(context, original.id)
    if made is None and may_copy(context, original.course_id, launch, account):
        link.copy_of = original.id
        if context.copied_from == original.course_id and _teaches(account, context):
            made = take_along(link, account)
    if made is not None:
        _settle(link, made)


def _copied(context: Context, original_id: str) -> Assignment | None:
    return session.scalar(
        select(Assignment)
        .join(Copy, Copy.assignment_id == Assignment.id)
        .where(Copy.lti_context_id == context.id, Copy.original_id == original_id)
        .where(Assignment.deleted_at.is_(None))
    )


def take_along(link: ResourceLink, account: Account, parts: frozenset[str] | None = None) -> Assignment:
    """Copy what the link named; from now on, whatever else its course is asked for comes along by itself.

    ``parts`` of ``PARTS`` come with the document and its instructions; None: those that were chosen the first time.
    """
    if parts is not None:
        link.context.copied_parts = " ".join(sorted(parts & PARTS))
    original = session.get_one(Assignment, link.copy_of)
    made = _copied(link.context, original.id)
    if made is None:
        made = _made(viewer_of(account), original, link.context)
        session.merge(Copy(lti_context_id=link.context.id, original_id=original.id, assignment_id=made.id))
    link.context.copied_from = original.course_id
    _settle(link, made)
    return made


def _made(viewer: Viewer, original: Assignment, context: Context) -> Assignment:
    chosen = context.copied_parts.split()
    made = assigning.copy_to(viewer, original, context.course)
    if "questions" not in chosen:
        for question in session.scalars(questions_of(made.id)):
            session.delete(question)
    if "plans" in chosen:
        for plan in reversed(session.scalars(plans_of(original.id)).all()):
            import_plan(viewer, made, as_file(plan))  # what the teacher wrote, nothing of that class
    return made


def _settle(link: ResourceLink, assignment: Assignment) -> None:
    link.assignment_id, link.assignment = assignment.id, assignment
    link.opens = link.opens or "assignment"


def may_copy(context: Context, course_id: str, launch: Launch, account: Account) -> bool:
    """Is that course one this one was made from, or one that the same person teaches at the same LMS?"""
    origins = list(
        session.scalars(
            select(Context).where(
                Context.course_id == course_id, Context.registration_id == context.registration_id
            )
        )
    )
    history = {former for name in HISTORIES for former in launch.history(name)} | origins_of(context)
    copied = any(origin.context_id in history for origin in origins)
    return bool(origins) and (copied or viewer_of(account).is_staff_of(course_id))


def _teaches(account: Account, context: Context) -> bool:
    return viewer_of(account).is_staff_of(context.course_id)
