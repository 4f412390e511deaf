"""What an annotation points with: the selectors of the W3C Web Annotation model, and the span they lead to.

Pure values, shared by the API, the database and the anchoring of every medium. ``selectors.ts`` is the twin.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator, model_validator

from annotators.fragments import Fragment, parse_fragment

CONTEXT = 32
"""Code points of prefix and suffix that ``describe`` writes."""

MAX_QUOTE = 5_000
MAX_CONTEXT = 200
MAX_OFFSET = 2**31 - 1
MEDIA_FRAGMENTS: Literal["http://www.w3.org/TR/media-frags/"] = "http://www.w3.org/TR/media-frags/"
_BLOCK = re.compile(r"#(b[0-9a-f]{10}(?:-[0-9]{1,5})?)")


class Span(NamedTuple):
    """A stretch of a document's axis: code points of its text, or seconds. ``end`` is not included."""

    start: float
    end: float


class Anchored(NamedTuple):
    """Where selectors point today: the span, how it was found, and how sure that is (0–1).

    ``how``: ``exact`` (position and quote agree), ``position`` (nothing to compare with), ``quote`` (the
    words were found, elsewhere or among changed neighbours), ``fuzzy`` (the words themselves have changed a
    little).
    """

    span: Span
    how: Literal["exact", "position", "quote", "fuzzy"]
    score: float


class _Selector(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TextQuoteSelector(_Selector):
    """The words themselves, with what stands before and after them."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str = Field(min_length=1, max_length=MAX_QUOTE)
    prefix: str = Field(default="", max_length=MAX_CONTEXT)
    suffix: str = Field(default="", max_length=MAX_CONTEXT)


class TextPositionSelector(_Selector):
    """Offsets in code points of the stored version's text; ``end`` is not included."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int = Field(ge=0, le=MAX_OFFSET)
    end: int = Field(ge=0, le=MAX_OFFSET)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start > self.end:
            raise ValueError("start lies after end")
        return self


class FragmentSelector(_Selector):
    """Media Fragments: ``t=12.5,17``, ``xywh=percent:10,20,30,40``, ``page=3``, joined by ``&``."""

    type: Literal["FragmentSelector"] = "FragmentSelector"
    value: str = Field(min_length=1, max_length=200)
    conforms_to: Literal["http://www.w3.org/TR/media-frags/"] | None = Field(default=None, alias="conformsTo")

    @field_validator("value")
    @classmethod
    def _readable(cls, value: str) -> str:
        parse_fragment(value)
        return value

    @property
    def fragment(self) -> Fragment:
        """The value, parsed."""
        return parse_fragment(self.value)


class CssSelector(_Selector):
    """The block (paragraph, heading, list item…) that holds the words, as ``#`` and its ``data-block`` id.

    Kept beside the quote, so that an annotation still finds its paragraph where the browser has
    translated the page and no word of the quote is left.
    """

    type: Literal["CssSelector"] = "CssSelector"
    value: str = Field(max_length=24, pattern=rf"^{_BLOCK.pattern}$")

    @property
    def block(self) -> str:
        """The id without its ``#``."""
        return self.value[1:]


Selector = Annotated[
    TextQuoteSelector | TextPositionSelector | FragmentSelector | CssSelector, Field(discriminator="type")
]
"""Any selector, told apart by ``type``; for use in Pydantic models of the API."""

SELECTORS: TypeAdapter[list[Selector]] = TypeAdapter(
    Annotated[list[Selector], Field(min_length=1, max_length=8)]
)
"""Reads and writes the list that a target carries."""

Kind = TypeVar("Kind", bound=_Selector)


def pick(selectors: Iterable[object], kind: type[Kind]) -> Kind | None:
    """Return the first selector of this kind, or None."""
    return next((selector for selector in selectors if isinstance(selector, kind)), None)


def dump(selectors: Iterable[_Selector]) -> list[dict[str, object]]:
    """Return selectors as the plain JSON that W3C names, for storage and answers."""
    return [selector.model_dump(by_alias=True, exclude_none=True) for selector in selectors]
