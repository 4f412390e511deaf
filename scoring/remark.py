"""What rating is told of an annotation, and what it answers."""

from dataclasses import dataclass, field
from typing import Any, Literal

MODEL_VERSION = "2026.11.4"

ModelName = Literal["licensed", "full"]


@dataclass(frozen=True, slots=True)
class Remark:
    """An annotation as rating sees it: words and their surroundings, never who wrote them."""

    id: str
    text: str
    quote: str = ""  # the highlighted passage
    context: str = ""  # the text around the passage
    parent: str = ""  # the annotation that this one answers
    earlier: tuple[str, ...] = ()  # what peers wrote before, near the same place
    language: str = ""  # what the author's interface says, "" when not known


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that moved a rating; ``text`` is the English of ``code`` and ``params``."""

    code: str
    params: dict[str, Any]
    text: str
    effect: float  # on quality: above 0 it raised the rating, below 0 it is what is missing


@dataclass(frozen=True, slots=True)
class Rating:
    """How a remark reads: ``quality`` 0 to 2; ``confusion``, ``question``, ``certainty`` 0 to 1."""

    id: str
    quality: float
    level: int
    confusion: float
    question: float
    certainty: float
    reasons: list[Reason] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)  # code points of the text as it was given
    flags: list[str] = field(default_factory=list)
    traits: tuple[float, ...] = ()  # what the comment is like, for calibration: see TRAITS in quality.py
    model: str = MODEL_VERSION
