"""What an annotation stands at: a person's level goes before the course's reading, and that before the model's."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from sqlalchemy import Select, func, select

from app.annotations.models import Annotation
from app.core.db import session
from app.scores.models import CourseAdaptation, Score, TeacherScore
from app.scores.wording import SURE_ENOUGH

from .finding import body_hash

if TYPE_CHECKING:
    from scoring.calibration import Adaptation

Source = Literal["teacher", "course", "model", "none"]
# No course reads these as more than the model does: the words are nobody's own.
NOT_OWN_WORDS = frozenset({"gibberish", "copied_from_passage", "copied_from_peer"})


class Standing(NamedTuple):
    """The rating that counts. ``quality`` and ``level`` are None where nobody has rated: that is never zero."""

    quality: float | None
    level: int | None
    source: Source
    certainty: float


FACTS = (
    *(Score.annotation_id, Score.body_hash, Score.model_version, Score.quality, Score.level),
    *(Score.certainty, Score.flags, Score.traits),
)
UNRATED = Standing(None, None, "none", 0.0)


class Rated(Protocol):
    """What is needed of a `Score`; a row of its columns does as well."""

    quality: float
    level: int
    certainty: float
    model_version: str
    flags: list[str]
    traits: list[float]


class Reading:
    """How a course reads ratings: through its adaptation, where that was fitted to the same model."""

    def __init__(self, adaptation: "Adaptation | None" = None, model_version: str = "") -> None:
        self.adaptation, self.model_version = adaptation, model_version

    def standing(self, score: "Rated | None", given: int | None) -> Standing:
        """What counts, from the model's rating of the words as they are and the level given by hand, if any."""
        if given is not None:
            return Standing(float(given), given, "teacher", 1.0)
        if score is None or score.certainty < SURE_ENOUGH:
            return UNRATED
        if self.adaptation is None or score.model_version != self.model_version:
            return Standing(score.quality, score.level, "model", score.certainty)
        return self._adapted(self.adaptation, score)

    @staticmethod
    def _adapted(adaptation: "Adaptation", score: "Rated") -> Standing:
        quality, level = adaptation.apply(score.quality, score.traits)
        if quality > score.quality and NOT_OWN_WORDS.intersection(score.flags):
            quality, level = score.quality, score.level
        return Standing(quality, level, "course", score.certainty)


def reading_of(course_id: str) -> Reading:
    """How the course reads ratings now."""
    kept = session.get(CourseAdaptation, course_id)
    if kept is None:
        return Reading()
    from scoring.calibration import Adaptation  # numpy, and only where a course needs it

    return Reading(Adaptation.from_json(kept.parameters), kept.model_version)


def current_score(annotation: Annotation) -> Score | None:
    """The newest rating of an annotation's words as they are."""
    return session.scalar(
        select(Score)
        .where(Score.annotation_id == annotation.id, Score.body_hash == body_hash(annotation.body))
        .order_by(Score.created_at.desc(), Score.id.desc())
        .limit(1)
    )


def standing_of(annotation: Annotation) -> Standing:
    """What one annotation stands at."""
    given = session.get(TeacherScore, annotation.id)
    reading = reading_of(annotation.course_id)
    return reading.standing(current_score(annotation), given.level if given else None)


def newest_scores(assignment_id: str) -> dict[str, Score]:
    """The newest rating of each annotation of an assignment, whatever words it was for."""
    rows = session.scalars(_newest(select(Score), assignment_id))
    return {score.annotation_id: score for score in rows}


def newest_facts(assignment_id: str, facts: Sequence[Any] = FACTS) -> dict[str, Any]:
    """The same for whoever needs no reasons: rows of plain columns, for thousands of annotations at once.

    ``facts`` are the columns; the annotation's id is one of them.
    """
    # Most annotations have one rating: reading all in their order costs half of looking for the newest of each.
    every = select(*facts).where(Score.assignment_id == assignment_id).order_by(Score.created_at, Score.id)
    return {row.annotation_id: row for row in session.execute(every)}


def _newest(wanted: Select[Any], assignment_id: str) -> Select[Any]:
    """Only the newest rating of each annotation; of two at the same moment the later row comes last."""
    last = (
        select(Score.annotation_id, func.max(Score.created_at).label("at"))
        .where(Score.assignment_id == assignment_id)
        .group_by(Score.annotation_id)
        .subquery()
    )
    is_last = (Score.annotation_id == last.c.annotation_id) & (Score.created_at == last.c.at)
    return wanted.join(last, is_last).order_by(Score.id)


def teacher_scores(assignment_ids: Iterable[str]) -> dict[str, TeacherScore]:
    """Levels that staff gave by hand, by annotation."""
    rows = session.scalars(
        select(TeacherScore)
        .join(Annotation, Annotation.id == TeacherScore.annotation_id)
        .where(Annotation.assignment_id.in_(list(assignment_ids)))
    )
    return {given.annotation_id: given for given in rows}
