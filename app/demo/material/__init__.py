"""The words of the demo course, read from the files beside this one."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.questions.schemas import Confidence, Kind, OptionIn, SelfCheck

FOLDER = Path(__file__).parent
Place = float | tuple[float, float]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(_Part):
    """Somebody of the demo; the key it stands under is also the first part of the host name."""

    name: str
    role: str = "student"


class Task(_Part):
    """A document and its assignment. ``opens``, ``due`` and ``talk`` are days from today."""

    file: str
    title: str
    instructions: str
    captions: str = ""
    expected_annotations: int = 0
    expected_questions: int = 0
    opens: int
    due: int
    talk: tuple[float, float]
    released: bool = False
    groups: bool = False
    taught: bool = False
    planned: bool = False


class Course(_Part):
    """The whole course."""

    title: str
    people: dict[str, Person]
    groups: dict[str, str | list[str]]
    assignments: list[Task]


class Somewhere(_Part):
    """Something at a passage (``quote``, words of the reading) or a moment (``at``, seconds)."""

    quote: str = ""
    at: Place | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> "Somewhere":
        if not self.quote and self.at is None:
            raise ValueError("needs a quote or a moment")
        return self


class Reply(_Part):
    """An answer in a thread."""

    by: str
    body: str
    helpful: list[str] = []
    me_too: list[str] = []


class Thread(Somewhere):
    """An annotation with its replies and votes."""

    by: str
    body: str
    asks: bool = False
    highlight: bool = False
    audience: str = "class"
    anonymous: bool = False
    helpful: list[str] = []
    me_too: list[str] = []
    flagged_by: dict[str, str] = {}
    solved: bool = False
    replies: list[Reply] = []


class Marks(Somewhere):
    """People who tapped “I'm lost here” on the same place."""

    by: list[str]


class Rereads(Somewhere):
    """People who came back to a place and said nothing about it."""

    by: list[str]


class Question(Somewhere):
    """An embedded question. An answer is the number of an option, or a text with its self-check."""

    kind: Kind
    stem: str
    options: list[OptionIn] = []
    model_answer: str = ""
    explanation: str = ""
    required: bool = False
    attempts: int = 1
    show_others: bool = False
    answers: dict[str, tuple[int, Confidence] | tuple[str, Confidence, SelfCheck]] = Field(default={})


class Topic(_Part):
    """A topic of the report as the teacher has sorted it: ``of`` are the beginnings of what belongs to it. What she
    ``did`` about it in class stands there once that was.
    """

    label: str
    of: list[str]
    in_our_words: str = ""
    did: str = ""
    would_change: str = ""


class Discussion(_Part):
    """What was said about one document, and what was made of its report."""

    questions: list[Question]
    marks: list[Marks]
    threads: list[Thread]
    rereads: list[Rereads] = []
    topics: list[Topic] = []


class Rated(_Part):
    """What staff gave to an annotation, rating blind; found by how it begins."""

    begins: str
    tom: int
    lee: int | None = None


class Asked(_Part):
    """A student's appeal against a rating."""

    begins: str
    sentence: str


class Calibration(_Part):
    """How far the course is with fitting its ratings."""

    rated: list[Rated]
    appeals: list[Asked]


def course() -> Course:
    """The course and its people."""
    return Course.model_validate(_read("course.toml"))


def discussion(task: Task) -> Discussion:
    """The discussion of an assignment's document."""
    return Discussion.model_validate(_read(f"{Path(task.file).stem}.toml"))


def calibration() -> Calibration:
    """What staff rated blind, and what students ask."""
    return Calibration.model_validate(_read("calibration.toml"))


def _read(name: str) -> object:
    return tomllib.loads((FOLDER / name).read_text())
