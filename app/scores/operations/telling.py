"""Telling open pages that a rating has changed."""

from app.annotations.models import Annotation
from app.core.changes import log_change


def tell_staff(annotation: Annotation) -> None:
    """Staff see all ratings, as they come in."""
    staff = f"staff:{annotation.course_id}"
    log_change(annotation.assignment_id, "score.changed", annotation.id, before=staff, after=staff)


def tell_author(annotation: Annotation) -> None:
    """The author hears that an appeal was answered, and nobody else."""
    mine = f"user:{annotation.creator_id}"
    log_change(
        annotation.assignment_id,
        "appeal.answered",
        annotation.id,
        owner_id=annotation.creator_id,
        before=mine,
        after=mine,
    )
