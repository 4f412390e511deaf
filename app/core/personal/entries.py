"""What the registry says of a table: which columns are about a person, why, and what erasing does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

# What becomes of a person's rows. `keep`: the row says nothing without the emptied account it points to.
Erasing = Literal["delete", "empty", "keep"]
NOW: Final = object()


@dataclass(frozen=True)
class Owner:
    """How to find a person's rows: the column with the account's id, here or in a table it leads to."""

    column: str
    table: str = ""
    matches: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Entry:
    """One table. Columns are named once each: ``plain``, ``personal``, ``hashed`` or ``pointers``.

    ``hashed`` columns let somebody in and are never exported; ``pointers`` are ids of other people who did
    something to the row. ``emptied`` is what an erased person's row says instead.
    """

    plain: str
    personal: str = ""
    hashed: str = ""
    pointers: str = ""
    owner: Owner | None = None
    why: str = ""
    kept: str = ""
    erasing: Erasing = "keep"
    emptied: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Every column that the entry names."""
        return " ".join((self.plain, self.personal, self.hashed, self.pointers)).split()


COURSE = "as long as the course"
ACCOUNT = Owner("account_id")
ANNOTATION = Owner("annotation_id", table="annotation", matches="id", owner="creator_id")
