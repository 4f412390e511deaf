"""Questions go where their document and their assignment go: to a corrected version, and into a copy."""

from sqlalchemy import select

from annotators.selectors import SELECTORS, TextQuoteSelector, pick
from app.assignments.models import Assignment
from app.assignments.operations import COPIERS
from app.core.db import session
from app.documents.anchoring import CurrentVersion, Place, current_version, find_place
from app.documents.models import Document, DocumentVersion
from app.documents.versions import Outcome, Plan, reanchors

from .models import Question
from .operations import tell
from .queries import questions_of

COPIED = (
    "kind",
    "stem",
    "options",
    "key",
    "selectors",
    "start",
    "end",
    "required",
    "attempts",
    "show_others",
)


@reanchors
def move_questions(document: Document, version: DocumentVersion) -> Plan:
    """Questions move with their words; one that lost its place stays, shown as such."""
    known = CurrentVersion(version.id, document.id, document.medium, version.length)
    stale = list(
        session.scalars(
            select(Question)
            .join(Assignment, Assignment.id == Question.assignment_id)
            .where(Assignment.document_id == document.id, Question.version_id != version.id)
            .where(Question.deleted_at.is_(None))
            .order_by(Question.id)
        )
    )
    places = {one.id: find_place(known, SELECTORS.validate_python(one.selectors)) for one in stale}
    return Plan(
        [_outcome(one, places[one.id]) for one in stale], lambda: _move(list(places.items()), version.id)
    )


def _outcome(question: Question, place: Place) -> Outcome:
    quote = pick(SELECTORS.validate_python(question.selectors), TextQuoteSelector)
    kept = (place.start, place.end) == (question.start, question.end)
    return Outcome(
        kind="question",
        id=question.id,
        assignment_id=question.assignment_id,
        became="kept" if kept else "lost" if place.start is None else "moved",
        quote=quote.exact if quote else "",
    )


def _move(places: list[tuple[str, Place]], version_id: str) -> None:
    for question_id, place in places:
        question = session.get_one(Question, question_id)
        question.version_id, question.start, question.end = version_id, place.start, place.end
        tell(question)


def copy_questions(source: Assignment, made: Assignment) -> None:
    """A copied assignment asks the same questions; nobody has answered them yet."""
    version = current_version(made.document_id)
    if version is None:
        return
    for question in session.scalars(questions_of(source.id)):
        same = {name: getattr(question, name) for name in COPIED}
        session.add(
            Question(
                assignment_id=made.id,
                version_id=version.id,
                created_by=made.created_by,
                **same,
            )
        )


COPIERS.append(copy_questions)
