"""Who is connected, and who follows which assignment."""

from dataclasses import dataclass, field

from app.core.envelopes import Reader
from app.core.policy import STAFF


@dataclass(frozen=True)
class Seat:
    """A connected browser or program, and what lets it in."""

    sid: str
    account_id: str
    name: str
    sign_in_id: str | None
    token_hash: str | None


@dataclass
class Member:
    """A seat that follows an assignment: as which reader, and how far its chain has been told.

    ``seq`` is the place in the log (everybody's), ``head`` the cursor of the reader's own chain.
    """

    seat: Seat
    reader: Reader
    role: str
    seq: int
    head: str
    joined_at: float

    @property
    def is_staff(self) -> bool:
        """Do they see names in the presence?"""
        return self.role in STAFF


@dataclass
class Room:
    """The members of one assignment in this process."""

    assignment_id: str
    course_id: str
    members: dict[str, Member] = field(default_factory=dict)
    sent_at: float = 0.0
    presence_at: float = 0.0
    presence_told: tuple[str, ...] = ()

    def present(self) -> dict[str, str]:
        """The people here, each once, as id to name."""
        return {member.seat.account_id: member.seat.name for member in self.members.values()}
