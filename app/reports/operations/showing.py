"""What may be shown in class: a teacher's own words, or a student's with their yes."""

from app.annotations.models import Annotation
from app.core.db import session, upsert
from app.core.ids import now
from app.core.policy import Viewer

from ..models import Quotation, Topic


def put_in_our_words(topic: Topic, words: str) -> None:
    """Say a topic in one's own words, for the projector; nothing takes them away."""
    topic.in_our_words = words


def ask_to_show(viewer: Viewer, annotation: Annotation) -> None:
    """Ask an author whether their words may be shown in class; asking again does not undo an answer."""
    session.execute(
        upsert(Quotation)
        .values(annotation_id=annotation.id, asked_by=viewer.account_id, asked_at=now(), allowed=False)
        .on_conflict_do_nothing(index_elements=["annotation_id"])
    )


def answer_to_show(annotation: Annotation, *, allowed: bool) -> None:
    """The author's yes or no; they may change their mind at any time, asked or not."""
    new = {"answered_at": now(), "allowed": allowed}
    session.execute(
        upsert(Quotation)
        .values(annotation_id=annotation.id, asked_at=now(), **new)
        .on_conflict_do_update(index_elements=["annotation_id"], set_=new)
    )
