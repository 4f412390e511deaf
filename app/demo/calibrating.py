"""The staff of the demo course have begun to rate blind, and a student asks for a second look."""

from collections.abc import Mapping

from sqlalchemy import select

from app.accounts.queries import the_school
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.calibration.models import CalibrationItem
from app.calibration.operations import rate
from app.core.db import session
from app.core.policy import Viewer
from app.courses.queries import viewer_of
from app.scores.models import Appeal
from app.scores.queries import body_hash

from . import material, people


def calibrate() -> bool:
    """Make what is missing of it; returns whether anything was. There are no ratings by machine yet, nor needed."""
    viewers = {key: viewer_of(account) for key, account in people.known(the_school()).items()}
    course_id = min(viewers["lee"].memberships, default="")  # the oldest: somebody may have made others
    begun = select(CalibrationItem.id).where(CalibrationItem.course_id == course_id).limit(1)
    if not course_id or session.scalar(begun):
        return False
    said, written = material.calibration(), _written(course_id)
    for one in said.rated:
        for annotation in _beginning(written, one.begins):
            _rate(course_id, annotation, one, viewers)
    for asked in said.appeals:
        for annotation in _beginning(written, asked.begins):
            words = {"annotation_id": annotation.id, "body_hash": body_hash(annotation.body)}
            session.add(Appeal(course_id=course_id, sentence=asked.sentence, **words))
    return bool(written)


def _written(course_id: str) -> list[Annotation]:
    rows = select(Annotation).join(Assignment).where(Assignment.course_id == course_id)
    return list(session.scalars(rows.order_by(Annotation.id)))


def _beginning(written: list[Annotation], words: str) -> list[Annotation]:
    """The annotation that begins so; none if somebody has removed or changed it meanwhile."""
    return [row for row in written if row.body.startswith(words)][:1]


def _rate(
    course_id: str, annotation: Annotation, said: material.Rated, viewers: Mapping[str, Viewer]
) -> None:
    words = body_hash(annotation.body)
    item = CalibrationItem(course_id=course_id, annotation_id=annotation.id, body_hash=words)
    session.add(item)
    session.flush()
    for key, level in (("tom", said.tom), ("lee", said.lee)):
        if level is not None:
            rate(viewers[key], item, level)
