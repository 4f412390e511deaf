"""Everything a confusion report is made from, gathered in the shape that `scoring.report` takes.

What people keep to themselves is not evidence. Authors are ids: the report counts distinct students and
never learns a name.
"""

from app.assignments.models import Assignment
from app.documents.models import Document
from scoring.evidence import Evidence, Signal, add_line

from .annotations import annotations_of
from .freshness import stamp
from .people import roles_of
from .signs import Line, signs, version_of

__all__ = ["evidence", "roles_of", "signals", "stamp", "version_of"]


def evidence(assignment: Assignment) -> Evidence:
    """The document, annotations, marks, answers and second readings."""
    roles = roles_of(assignment.course_id)
    gathered = Evidence(annotations=annotations_of(assignment.id, roles))
    add_line(gathered, _document(assignment.document, sum(role == "student" for role in roles.values())))
    for line in signs(assignment, roles):
        add_line(gathered, line)
    return gathered


def signals(assignment: Assignment, roles: dict[str, str]) -> list[Signal]:
    """What students did at a place without words."""
    gathered = Evidence()
    for line in signs(assignment, roles):
        add_line(gathered, line)
    return gathered.signals


def _document(document: Document, students: int) -> Line:
    version = version_of(document)
    return {
        "kind": "document",
        "title": document.title,
        "text": version.text,
        "medium": document.medium,
        "students": students,
        "cues": version.cues or [],
        "length": version.length,
    }
