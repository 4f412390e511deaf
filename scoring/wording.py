"""Words and sentences of a text, with their places in the text as it was given.

Invisible characters are dropped and look-alikes folded before anything is counted, because they are the
cheapest way to look longer or less copied than one is.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

MAX_CHARACTERS = 20_000  # of 10,000 words the beginning decides

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;]+(?=\s|$)|[.!?;]|\n|$)")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_APOSTROPHE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, with its place in the cleaned text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the cleaned text and the words in it."""

    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)


class Wording:
    """A text made ready for counting; ``original(start, end)`` leads back to the text as given."""

    def __init__(self, text: str) -> None:
        self.text, self._places = _cleaned(text[:MAX_CHARACTERS])

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the cleaned text stands in the text as given."""
        return self._places[start], self._places[end - 1] + 1

    @cached_property
    def lower(self) -> str:
        return self.text.lower() if len(self.text.lower()) == len(self.text) else self.text.casefold()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        found = []
        for match in _SENTENCE.finditer(self.text):
            inside = words_of(self.text, match.start(), match.end())
            if inside:
                found.append(Sentence(match.start(), match.end(), inside))
        return tuple(found)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for sentence in self.sentences for word in sentence.words)


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words between two places of a text, in lower case."""
    stop = len(text) if end is None else end
    return tuple(Word(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text, start, stop))


def _cleaned(text: str) -> tuple[str, list[int]]:
    if text.isascii():  # nothing to fold, which is most of what is read
        plain = _without_quotes(text)
        return plain.translate(_APOSTROPHE), list(range(len(plain)))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(_without_quotes(text)):
        for folded in _fold(character):
            characters.append(folded)
            places.append(place)
    return "".join(characters).translate(_APOSTROPHE), places


def _without_quotes(text: str) -> str:
    """Blank out links and quoted lines at the same length: they are not the author's words."""
    for pattern in (_LINK, _QUOTED_LINE):
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    return text


def _fold(character: str) -> str:
    if character < "\x7f":
        return character
    if unicodedata.category(character) in {"Cf", "Cs", "Co", "Cn", "Mn"} or character == "\u3164":
        return ""
    return unicodedata.normalize("NFKC", character)
