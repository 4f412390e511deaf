"""Reading ratings: what each annotation stands at, who sees it, and what has not been rated."""

from .finding import body_hash, is_ratable, unrated
from .qualities import Quality, Rated, qualities, ratings_of
from .ratings import ratings_for, teachers_name
from .signs import may_have_signs, signs_of
from .standing import (
    NOT_OWN_WORDS,
    Reading,
    Standing,
    current_score,
    newest_facts,
    newest_scores,
    reading_of,
    standing_of,
    teacher_scores,
)

__all__ = [
    "NOT_OWN_WORDS",
    "Quality",
    "Rated",
    "Reading",
    "Standing",
    "body_hash",
    "current_score",
    "is_ratable",
    "may_have_signs",
    "newest_facts",
    "newest_scores",
    "qualities",
    "ratings_for",
    "ratings_of",
    "reading_of",
    "signs_of",
    "standing_of",
    "teacher_scores",
    "teachers_name",
    "unrated",
]
