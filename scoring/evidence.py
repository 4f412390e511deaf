"""What a report is made from: a document and all that students said, tapped, answered and reread in it."""

from dataclasses import dataclass, field
from typing import Any

from scoring.jsonlines import BadLine, flag_of, name_of, number_of, text_of

STAFF = frozenset({"teacher", "assistant", "observer"})

Id = str | int


@dataclass(frozen=True, slots=True)
class Cue:
    """A line of a transcript, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """The material. Places are code points of ``text``, or seconds where there are ``cues``."""

    title: str = ""
    text: str = ""
    medium: str = "text"
    students: int = 0  # size of the class; 0 when not known
    cues: tuple[Cue, ...] = ()
    length: float = 0.0  # of the axis where text and cues do not say, such as a video without captions


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation, its place, what became of it, and ratings made before (``confusion``, ``question``).

    ``endorsed`` says that staff found it helpful.
    """

    id: Id
    author: Id
    text: str
    role: str = "student"
    group: str = ""
    quote: str = ""
    start: float | None = None
    end: float | None = None
    parent: Id | None = None
    me_too: tuple[Id, ...] = ()
    resolved: bool | None = None
    created: str = ""
    confusion: float | None = None
    question: float | None = None
    endorsed: bool = False

    @property
    def by_staff(self) -> bool:
        return self.role in STAFF


@dataclass(frozen=True, slots=True)
class Signal:
    """Something done at a place without words: ``kind`` is "mark", "wrong", "sure_but_wrong" or "reread"."""

    kind: str
    author: Id
    start: float
    end: float


@dataclass
class Evidence:
    """A whole assignment, line by line."""

    document: Document = field(default_factory=Document)
    annotations: list[Annotation] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)

    @property
    def are_notes(self) -> bool:
        """Whether these are a class's notes on a lesson, such as its muddiest points: there is nothing to point at.

        Who is asked what was unclear answers with the thing alone, "the last proof", and not with a question.
        """
        material = self.document
        return not (material.text or material.cues or material.length or self.signals) and not any(
            a.quote or a.start is not None or a.parent is not None or a.confusion is not None
            for a in self.annotations
        )


def add_line(evidence: Evidence, value: dict[str, Any]) -> bool:
    """Add what one line says to the evidence; BadLine when it cannot be read."""
    kind = value.get("kind")
    if kind == "document":
        evidence.document = _document(value)
    elif kind == "annotation":
        evidence.annotations.append(annotation_of(value))
    elif kind in ("mark", "answer", "activity"):
        evidence.signals += _signals(str(kind), value)
    else:
        raise BadLine("kind must be document, annotation, mark, answer or activity")
    return True


def _document(value: dict[str, Any]) -> Document:
    students = number_of(value, "students") or 0
    cues = value.get("cues") or []
    if not isinstance(cues, list) or not all(isinstance(cue, dict) for cue in cues):
        raise BadLine("cues must be a list of objects")
    read = tuple(Cue(*_place(cue, required=True), text_of(cue, "text")) for cue in cues)
    return Document(
        title=text_of(value, "title"),
        text=text_of(value, "text"),
        medium=text_of(value, "medium"),
        students=max(0, int(students)),
        cues=read,
        length=max(0.0, number_of(value, "length") or 0.0),
    )


def _place(value: dict[str, Any], required: bool = False) -> tuple[Any, Any]:
    start, end = number_of(value, "start"), number_of(value, "end")
    if start is None:
        if required:
            raise BadLine("start must be a number")
        return None, None
    start = max(0.0, start)
    return start, max(start, start if end is None else end)


def annotation_of(value: dict[str, Any]) -> Annotation:
    """The annotation that a line tells of, or BadLine."""
    start, end = _place(value)
    me_too = value.get("me_too") or []
    if not isinstance(me_too, list):
        raise BadLine("me_too must be a list of authors")
    return Annotation(
        id=_required(value, "id"),
        author=_required(value, "author"),
        text=text_of(value, "text", required=True),
        role=text_of(value, "role") or "student",
        group=str(name_of(value, "group", required=False) or ""),
        quote=text_of(value, "quote"),
        start=start,
        end=end,
        parent=name_of(value, "parent", required=False),
        me_too=tuple(_required({"me_too": author}, "me_too") for author in me_too),
        resolved=flag_of(value, "resolved"),
        created=str(name_of(value, "created", required=False) or ""),
        confusion=number_of(value, "confusion"),
        question=number_of(value, "question"),
        endorsed=bool(flag_of(value, "endorsed")),
    )


def _required(value: dict[str, Any], name: str) -> Id:
    found = name_of(value, name)
    assert found is not None
    return found


def _signals(kind: str, value: dict[str, Any]) -> list[Signal]:
    author = _required(value, "author")
    if kind == "answer":
        return _from_answer(author, value)
    start, end = _place(value, required=True)
    if kind == "mark":
        return [Signal("mark", author, start, end)]
    times = number_of(value, "times")
    return [Signal("reread", author, start, end)] if times is not None and times >= 2 else []


def _from_answer(author: Id, value: dict[str, Any]) -> list[Signal]:
    correct, (start, end) = flag_of(value, "correct"), _place(value)
    _required(value, "question")
    confidence = value.get("confidence")
    if confidence is not None and not isinstance(confidence, str | int | float):
        raise BadLine("confidence must be a word or a number")
    if correct is not False or start is None:
        return []
    kind = "sure_but_wrong" if confidence == "sure" else "wrong"
    return [Signal(kind, author, start, end)]
