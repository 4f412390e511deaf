"""Answering appeals; the answers help to fit the ratings."""

from app.annotations.models import Annotation
from app.calibration.models import CalibrationItem
from app.core.db import session, upsert
from app.core.ids import new_id, now
from app.core.policy import Viewer
from app.scores import operations as scores
from app.scores.models import Appeal

from .rating import rate


def answer_appeal(viewer: Viewer, appeal: Appeal, level: int, sentence: str) -> None:
    """Keep a rating or change it, tell its author why, and learn from it."""
    annotation = session.get_one(Annotation, appeal.annotation_id)
    scores.answer(viewer, appeal, annotation, level, sentence)
    rate(viewer, _item(appeal), level)


def _item(appeal: Appeal) -> CalibrationItem:
    """The annotation as an item of calibration; who has read an appeal about it rates it blind no more."""
    words = {
        "course_id": appeal.course_id,
        "annotation_id": appeal.annotation_id,
        "body_hash": appeal.body_hash,
    }
    session.execute(
        upsert(CalibrationItem)
        .values(id=new_id(), origin="appeal", chosen_at=now(), **words)
        .on_conflict_do_update(index_elements=list(words), set_={"origin": "appeal"})
    )
    return session.query(CalibrationItem).filter_by(**words).populate_existing().one()
