"""Levels given by hand."""

from app.annotations.models import Annotation
from app.core import audit
from app.core.db import session
from app.core.ids import now
from app.core.policy import Viewer
from app.scores.models import TeacherScore

from .telling import tell_staff


def give_level(viewer: Viewer, annotation: Annotation, level: int | None, note: str = "") -> None:
    """Give an annotation a level by hand, or take it back; it stands above every model's."""
    given = session.get(TeacherScore, annotation.id)
    if level is None:
        if given is not None:
            session.delete(given)
    else:
        if given is None:
            given = TeacherScore(annotation_id=annotation.id)
            session.add(given)
        given.level, given.note, given.origin = level, note, "hand"
        given.given_by, given.given_at = viewer.account_id, now()
    audit.record(
        "score.given",
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=annotation.course_id,
        object_id=annotation.id,
        level=level,
        noted=bool(note),
    )
    tell_staff(annotation)
