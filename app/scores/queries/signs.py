"""Signs of how an annotation came about. They accuse nobody and count for nothing; see docs/calibration.md."""

from sqlalchemy import select

from app.annotations.models import Annotation
from app.core.db import session
from app.courses.models import Enrollment
from app.scores.models import Score, SignsShown
from app.scores.schemas import SignOut, SignsOut
from app.scores.wording import SIGNS

from .standing import current_score

LONG = 80  # characters; what is shorter may well be typed in one go
PASTED_SHARE = 0.8
FASTEST = 15  # characters a second; the quickest typists reach ten


def may_have_signs(annotation: Annotation) -> bool:
    """A student's, with its author's name: a sign inside a nameless annotation would say who wrote it."""
    if annotation.anonymous or annotation.creator_id is None or annotation.deleted_at is not None:
        return False
    role = select(Enrollment.role).where(
        Enrollment.course_id == annotation.course_id, Enrollment.account_id == annotation.creator_id
    )
    return session.scalar(role) == "student"


def signs_of(annotation: Annotation) -> SignsOut:
    """The signs of one annotation; none unless staff asked to see them for its author."""
    if not may_have_signs(annotation):
        return SignsOut(available=False, shown=False, signs=[])
    shown = session.get(SignsShown, (annotation.course_id, annotation.creator_id)) is not None
    codes = _codes(annotation, current_score(annotation)) if shown else []
    return SignsOut(
        available=True, shown=shown, signs=[SignOut(code=code, text=str(SIGNS[code])) for code in codes]
    )


def _codes(annotation: Annotation, score: Score | None) -> list[str]:
    flagged = [flag for flag in (score.flags if score else []) if flag in SIGNS]
    return [*(["in_one_piece"] if came_in_one_piece(annotation) else []), *flagged]


def came_in_one_piece(annotation: Annotation) -> bool:
    """Much more was there at once than anybody types; says nothing of an annotation that was edited since."""
    length = len(annotation.body)
    if annotation.edited_at is not None or length < LONG:
        return False
    pasted, seconds = annotation.pasted, annotation.typing_seconds
    much = pasted is not None and pasted >= PASTED_SHARE * length
    fast = seconds is not None and length > FASTEST * max(1, seconds)
    return much or fast
