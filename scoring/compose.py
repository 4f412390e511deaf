"""Comments and notes for fitting, composed from written parts: every subject in every pattern, in several voices.

The parts (``corpus/subjects.txt``, ``patterns.txt``, ``fillers.txt``) were written for this project; this module only
puts them together, seeded. Length is held apart from level: empty sentences are added to deep and to shallow remarks
alike, and deep patterns may be short. What comes out teaches a form. It is never evidence of agreement with people.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
SEED = 20261122
SHOWN = 0.6  # share of remarks on a passage that come with it, so that having one means nothing
PADDED = 0.22  # share of remarks with empty sentences around them

# How many notes and remarks on the passage each subject gives, by grade: nothing, vague, general, specific.
NOTES = (14, 15, 44, 26)
ON_PASSAGE = (14, 12, 18, 24)

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Composed:
    """A remark with what its pattern says of it: grade 0 to 3, whether its author is lost, whether it asks."""

    subject: str
    passage: str  # "" for a note
    text: str
    grade: int
    lost: int
    asks: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    where: str
    grade: int
    lost: int
    asks: int
    text: str


def composed() -> Iterator[Composed]:
    """Every composed remark, in a fixed order."""
    subjects, (patterns, lists) = list(_subjects()), _patterns()
    fillers = (CORPUS / "fillers.txt").read_text("utf-8").splitlines()
    for subject in subjects:
        chance = _chance(subject["name"])
        shown = _chance(f"{subject['name']} shown")
        for where, counts in (("n", NOTES), ("p", ON_PASSAGE)):
            for grade, count in enumerate(counts):
                usable = [p for p in patterns if p.grade == grade and p.where in (where, "b")]
                for pattern in _spread(usable, count, chance):
                    text = _voiced(
                        _padded(_filled(pattern.text, subject, lists, chance), fillers, chance), chance
                    )
                    with_it = where == "p" and shown.random() < SHOWN
                    passage = subject["passage"] if with_it else ""
                    yield Composed(subject["name"], passage, text, grade, pattern.lost, pattern.asks)


def _chance(name: str) -> random.Random:
    return random.Random(f"{SEED}{name}")  # noqa: S311 - for variety, not for secrets


def _spread(patterns: list[_Pattern], count: int, chance: random.Random) -> list[_Pattern]:
    """So many patterns, none twice before all were used."""
    chosen: list[_Pattern] = []
    while len(chosen) < count:
        chosen += chance.sample(patterns, min(len(patterns), count - len(chosen)))
    return chosen


def _subjects() -> Iterator[dict[str, str]]:
    for block in (CORPUS / "subjects.txt").read_text("utf-8").strip().split("\n= "):
        head, *lines = block.removeprefix("= ").splitlines()
        name, _, passage = (part.strip() for part in head.partition("|"))
        parts = dict(line.split(": ", 1) for line in lines)
        yield parts | {"name": name, "passage": passage}


def _patterns() -> tuple[list[_Pattern], dict[str, list[str]]]:
    patterns, lists = [], {}
    for line in (CORPUS / "patterns.txt").read_text("utf-8").splitlines():
        if line.startswith(": "):
            name, _, words = line[2:].partition(" = ")
            lists[name] = words.split("; ")
        elif line and not line.startswith("#"):
            where, digits, text = line.split(" ", 2)
            grade, lost, asks = (int(digit) for digit in digits)
            patterns.append(_Pattern(where, grade, lost, asks, text))
    return patterns, lists


def _filled(text: str, subject: dict[str, str], lists: dict[str, list[str]], chance: random.Random) -> str:
    """A pattern with its slots filled; {Fact} is {fact} with a capital, {fact2} another one."""
    choices = lists | {
        "thing": subject["things"].split("; "),
        "narrow": subject["narrow"].split("; "),
        "fact": subject["facts"].split("; "),
        "like": subject["like"].split("; "),
        "ask": subject["ask"].split("; "),
        "if": subject["if"].split("; "),
    }
    cause, effect = chance.choice(subject["because"].split("; ")).split(" > ")
    kept = {"cause": cause, "effect": effect}
    for name, options in choices.items():
        kept[name], kept[f"{name}2"] = chance.sample(options, 2) if len(options) > 1 else options * 2

    def fill(match: re.Match[str]) -> str:
        found = kept[match[1].lower()]
        return found[0].upper() + found[1:] if match[1][0].isupper() else found

    return _SLOT.sub(fill, text)


def _padded(text: str, fillers: list[str], chance: random.Random) -> str:
    if chance.random() > PADDED:
        return text
    more = chance.sample(fillers, chance.choice((1, 1, 2, 3)))
    closed = text if text.endswith((".", "?", "!")) else f"{text}."
    return (
        f"{closed} {' '.join(more)}"
        if chance.random() < 0.7
        else f"{more[0]} {closed[0].upper()}{closed[1:]}"
    )


def _voiced(text: str, chance: random.Random) -> str:
    """The same remark as another hand writes it: hasty, in lower case, or in a learner's English."""
    voice = chance.random()
    if voice < 0.12:
        return text.lower().rstrip(".")
    if voice < 0.2:
        return text[0].lower() + text[1:].replace("I ", "i ").replace("'", "")
    if voice < 0.36:
        return _learner(text, chance)
    return _hasty(text, chance) if voice < 0.44 else text


_LEARNT = (
    (r"\b(?:the|a|an) ", 0.6, ""), (r"\b(it|that|one|he|she) is\b", 0.3, r"\1"), (r"(\w{3,}[^s\W])s\b", 0.12, r"\1"),
    (r"\bdoes not\b", 0.7, "not"), (r"\bdo not\b", 0.6, "not"), (r"\bin the\b", 0.3, "on"), (r"\bhas\b", 0.5, "have"),
    (r"\bwas\b", 0.2, "is"), (r"\bon\b", 0.3, "in"), (r"\bbecause\b", 0.2, "because of"), (r"\bmuch\b", 0.5, "many"),
)  # fmt: skip


def _learner(text: str, chance: random.Random) -> str:
    """Some articles, endings and auxiliaries lost or exchanged, as in a second language."""
    for rule, share, instead in _LEARNT:

        def exchange(match: re.Match[str], share: float = share, instead: str = instead) -> str:
            return match.expand(instead) if chance.random() < share else match[0]

        text = re.sub(rule, exchange, text)
    return text.strip() or "nothing"


def _hasty(text: str, chance: random.Random) -> str:
    """One or two letters swapped or left out."""
    letters = list(text)
    for _ in range(chance.choice((1, 2))):
        place = chance.randrange(len(letters))
        if letters[place].isalpha() and place + 1 < len(letters) and letters[place + 1].isalpha():
            letters[place : place + 2] = chance.choice((letters[place], letters[place + 1] + letters[place]))
    return "".join(letters)
