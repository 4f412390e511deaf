"""Appeals: a student asks for a second look, staff answer."""

from flask_babel import gettext as _

from app.annotations.models import Annotation
from app.core import audit
from app.core.db import session, upsert
from app.core.errors import Conflict
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.scores.models import Appeal
from app.scores.queries import body_hash, standing_of

from .levels import give_level
from .telling import tell_author, tell_staff


def appeal(annotation: Annotation, sentence: str) -> None:
    """Ask to have the rating of one's annotation looked at again; once for the same words."""
    level = standing_of(annotation).level
    if annotation.assignment.scores_released_at is None or level is None:
        raise Conflict(_("There is no rating yet that could be looked at again."), "not_rated")
    if level == 2:
        raise Conflict(_("This is rated as high as can be."), "nothing_to_raise")
    made = session.execute(
        upsert(Appeal)
        .values(
            id=new_id(),
            annotation_id=annotation.id,
            course_id=annotation.course_id,
            body_hash=body_hash(annotation.body),
            sentence=sentence,
            answer="",
            created_at=now(),
        )
        .on_conflict_do_nothing(index_elements=["annotation_id", "body_hash"])
        .returning(Appeal.id)  # PostgreSQL's driver does not count inserted rows
    ).first()
    if made is None:
        raise Conflict(_("You have asked about this already."), "asked_already")
    tell_staff(annotation)


def answer(viewer: Viewer, appealed: Appeal, annotation: Annotation, level: int, sentence: str) -> None:
    """Keep the rating or change it, with a sentence to the author; an answer stands."""
    if appealed.answered_at is not None:
        raise Conflict(_("Somebody has answered this already."), "answered_already")
    if appealed.body_hash != body_hash(annotation.body):
        raise Conflict(_("The words have changed since. They are rated anew."), "words_changed")
    before = standing_of(annotation).level
    if level != before:
        give_level(viewer, annotation, level, sentence)
    appealed.kept, appealed.level, appealed.answer = level == before, level, sentence
    appealed.answered_by, appealed.answered_at = viewer.account_id, now()
    audit.record(
        "appeal.answered",
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=annotation.course_id,
        object_id=annotation.id,
        before=before,
        level=level,
    )
    tell_author(annotation)
