"""One answer under all questions of a topic."""

from flask_babel import gettext as _

from app.annotations.models import Annotation
from app.annotations.operations import create_annotation
from app.annotations.queries import visible
from app.annotations.schemas import AnnotationIn
from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import Invalid
from app.core.policy import Viewer

MOST = 200  # threads at once
LONGEST = 10_000  # characters, as for any annotation


def reply_to_topic(viewer: Viewer, assignment: Assignment, member_ids: list[str], body: str) -> int:
    """Answer each thread of a topic once; returns how many. A member within a thread is answered where it stands."""
    rows = session.scalars(
        visible(viewer, assignment)
        .where(Annotation.id.in_(member_ids), Annotation.deleted_at.is_(None), Annotation.hidden_at.is_(None))
        .order_by(Annotation.id)
    )
    threads: dict[str, Annotation] = {}
    for row in rows:
        threads.setdefault(row.thread_id or row.id, row)
    if not threads:
        raise Invalid(_("This topic has no questions that can be answered."), "no_questions", "/body")
    if len(threads) > MOST:
        raise Invalid(_("These are too many threads at once. Split the topic first."), "too_many", "/body")
    for row in threads.values():
        create_annotation(viewer, assignment, AnnotationIn(body=body, parent_id=row.id))
    return len(threads)
