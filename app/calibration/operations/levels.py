"""Levels that people gave while calibrating: they stand once the adaptation is accepted."""

from sqlalchemy import delete, select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.calibration import queries
from app.core.db import session, upsert
from app.core.ids import now
from app.core.policy import Viewer
from app.scores.models import TeacherScore
from app.scores.queries import body_hash


def keep_own_levels(viewer: Viewer, course_id: str) -> None:
    """What people rated keeps the level they gave; one that was given by hand outside stays as it is."""
    own = queries.own_levels(course_id)
    bodies = session.execute(
        select(Annotation.id, Annotation.body).where(Annotation.id.in_({key[0] for key in own}))
    ).all()
    for annotation_id, body in bodies:
        level = own.get((annotation_id, body_hash(body)))
        if level is not None:
            _keep(viewer, annotation_id, level)


def _keep(viewer: Viewer, annotation_id: str, level: int) -> None:
    session.execute(
        upsert(TeacherScore)
        .values(
            annotation_id=annotation_id,
            level=level,
            note="",
            origin="calibration",
            given_by=viewer.account_id,
            given_at=now(),
        )
        .on_conflict_do_nothing(index_elements=["annotation_id"])
    )


def take_back_own_levels(course_id: str) -> None:
    """Levels from calibration no longer stand; those given by hand outside it do."""
    of_course = (
        select(Annotation.id)
        .join(Assignment, Assignment.id == Annotation.assignment_id)
        .where(Assignment.course_id == course_id)
    )
    session.execute(
        delete(TeacherScore).where(
            TeacherScore.origin == "calibration", TeacherScore.annotation_id.in_(of_course)
        )
    )
