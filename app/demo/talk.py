"""One assignment as the demo people work on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from annotators.selectors import Selector
from app.assignments.models import Assignment
from app.core.policy import Viewer

from . import places
from .material import Somewhere


class Span(NamedTuple):
    """The days in which people talked."""

    begin: datetime
    end: datetime

    def part(self, share: float) -> datetime:
        """The moment at this share of the time."""
        return self.begin + (self.end - self.begin) * share


@dataclass
class Talk:
    """One assignment being discussed."""

    assignment: Assignment
    viewers: Mapping[str, Viewer]
    text: str
    length: float
    span: Span

    def place(self, thing: Somewhere) -> list[Selector]:
        """Where something of the discussion points."""
        return places.of_moment(thing.at) if thing.at is not None else places.of_quote(self.text, thing.quote)
