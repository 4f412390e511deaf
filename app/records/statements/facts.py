"""What happened, as plain values, with nothing in them that the school does not let out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Somebody:
    """A person under a pseudonym; with name and e-mail only where the school says so."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Place:
    """Where it happened. ``length`` is that of a video or audio in seconds, where it is known."""

    home: str
    course_id: str
    course: str
    assignment_id: str
    assignment: str
    document_id: str
    document: str
    medium: str
    length: float | None = None

    def iri(self, kind: str, id: str) -> str:
        """A name for a thing that is the same in every record."""
        return f"{self.home}/{kind}/{id}"


@dataclass(frozen=True)
class Annotated:
    """An annotation or a reply. ``text`` and ``quote`` are None unless the school lets words out."""

    id: str
    motivation: str
    parent_id: str | None
    thread_id: str | None
    start: float | None
    end: float | None
    text: str | None = None
    quote: str | None = None


@dataclass(frozen=True)
class Answered:
    """An answer to an embedded question; ``text`` is None unless the school lets words out."""

    id: str
    question_id: str
    kind: str
    stem: str
    options: tuple[tuple[str, str], ...]
    attempt: int
    option: str | None
    text: str | None
    correct: bool | None


@dataclass(frozen=True)
class Watched:
    """A stretch that was played. ``came_from`` is where the last one ended; ``segments`` is all watched so far."""

    id: str
    start: float
    end: float
    ended_at: datetime
    came_from: float | None
    segments: tuple[tuple[float, float], ...]
    share: float | None
    completes: bool


@dataclass(frozen=True)
class Scored:
    """The released score of an assignment."""

    points: float
    maximum: float


@dataclass(frozen=True)
class Fact:
    """One deed: who, when, where, what."""

    id: str
    at: datetime
    who: Somebody
    place: Place
    deed: Annotated | Answered | Watched | Scored


def id_of(fact: Fact, part: int) -> str:
    """The id of one statement of a fact, the same however often it is sent."""
    if part == 0:
        return fact.id
    return str(UUID(bytes=blake2b(f"{fact.id} {part}".encode(), digest_size=16).digest(), version=4))


def moment(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as both standards want it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds(value: float) -> float:
    """A point in a video, to the millisecond."""
    return round(value, 3)


def duration(value: float) -> str:
    """ISO 8601 duration."""
    return f"PT{seconds(value):.2f}S"


def filled(**fields: Any) -> dict[str, Any]:
    """Only what has a value: neither standard knows null."""
    return {name: value for name, value in fields.items() if value is not None}
