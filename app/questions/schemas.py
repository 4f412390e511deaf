"""The JSON of embedded questions and answers, in and out."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from flask_babel import gettext as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from annotators.selectors import Selector

Kind = Literal["choice", "short_text"]
Confidence = Literal["sure", "unsure", "guessing"]
SelfCheck = Literal["had_it", "partly", "not_yet"]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TargetIn(_In):
    """Where the question stands in the document."""

    source: str | None = Field(default=None, max_length=500)
    selector: list[Selector] = Field(min_length=1, max_length=8)


class OptionIn(_In):
    """One option of a choice, with what to say to those who choose it."""

    id: str | None = Field(default=None, max_length=36)
    text: Sentence
    correct: bool = False
    feedback: Remark = ""


class QuestionIn(_In):
    """A new question. A choice has two to eight options; a short text has a model answer."""

    kind: Kind
    stem: Sentence
    target: TargetIn
    options: list[OptionIn] = Field(default_factory=list, max_length=8)
    model_answer: Remark = ""
    explanation: Remark = ""
    required: bool = False
    attempts: int = Field(default=1, ge=1, le=5)
    show_others: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        check_parts(self.kind, self.options, self.model_answer)
        return self


class QuestionPatch(_In):
    """What may be changed of a question; what is left out stays."""

    stem: Sentence | None = None
    options: list[OptionIn] | None = Field(default=None, max_length=8)
    model_answer: Remark | None = None
    explanation: Remark | None = None
    required: bool | None = None
    attempts: int | None = Field(default=None, ge=1, le=5)
    show_others: bool | None = None


def check_parts(kind: str, options: list[OptionIn], model_answer: str) -> None:
    """Raise ValueError, with a sentence for the teacher, unless the question can be answered and judged."""
    if kind == "short_text":
        if options:
            raise ValueError(_("A question with a short text has no options."))
        if not model_answer:
            raise ValueError(_("Write the model answer: students compare their own with it."))
        return
    if len(options) < 2:
        raise ValueError(_("A choice needs at least two options."))
    if not any(option.correct for option in options):
        raise ValueError(_("Say which option is right."))
    ids = [option.id for option in options if option.id]
    if len(ids) != len(set(ids)):
        raise ValueError(_("Two options have the same id."))


class OptionOut(BaseModel):
    """An option as learners see it; the HTML is the text's Markdown, sanitised."""

    id: str
    text: str
    text_html: str


class QuestionOut(BaseModel):
    """A question as everybody sees it: no key, no feedback."""

    id: str
    assignment_id: str
    kind: Kind
    stem: str
    stem_html: str
    options: list[OptionOut]
    target: dict[str, Any]
    span: dict[str, float] | None
    required: bool
    attempts: int
    show_others: bool


class Tally(BaseModel):
    """How a question was answered, in students; what they thought first, before any feedback."""

    answered: int = 0
    right: int = 0
    sure_but_wrong: int = 0


class StaffQuestionOut(QuestionOut):
    """A question as staff see it: with the key, and how it was answered."""

    key: dict[str, Any]
    tally: Tally


class QuestionList(BaseModel):
    """All questions of an assignment, in reading order."""

    items: list[QuestionOut | StaffQuestionOut]
    next: None = None


class AnswerIn(_In):
    """An answer: the id of the chosen option, or a text; the confidence is the button that was pressed."""

    value: Words
    confidence: Confidence | None = None
    composed_at: AwareDatetime | None = None


class SelfCheckIn(_In):
    """How the learner judges a short text beside the model answer."""

    self_check: SelfCheck


class Others(BaseModel):
    """How the others answered: per option for a choice, per self-check for a short text."""

    answered: int
    counts: dict[str, int]


class Outcome(BaseModel):
    """What a learner gets back for an answer, and only then. What the teacher wrote is sanitised HTML."""

    question_id: str
    attempt: int
    attempts_left: int
    value: str
    confidence: Confidence | None
    correct: bool | None
    feedback_html: str
    explanation_html: str
    model_answer_html: str
    self_check: SelfCheck | None
    right_options: list[str]
    others: Others | None


class OutcomeList(BaseModel):
    """My own answers in an assignment."""

    items: list[Outcome]
    next: None = None


class AnswerOut(BaseModel):
    """A learner's answer as staff see it."""

    id: str
    question_id: str
    account_id: str
    attempt: int
    value: str
    confidence: Confidence | None
    correct: bool | None
    self_check: SelfCheck | None
    created_at: datetime


class AnswerList(BaseModel):
    """Answers, newest last."""

    items: list[AnswerOut]
    next: str | None = None
