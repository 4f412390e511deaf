"""Claims that there is nothing to say ("nothing was unclear", "it all made sense"), and what is left beside them."""

import json
import math
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from scoring.lexicon import carries_content
from scoring.reading import Reading

_FILE = Path(__file__).parents[1] / "words" / "claims.json"


def _rules() -> dict[str, re.Pattern[str]]:
    """The rules of ``words/claims.json``; <name> in one of them stands for a part with that name."""
    written: dict[str, dict[str, Any]] = json.loads(_FILE.read_text("utf-8"))
    rules = {name: _one(rule) for name, rule in written["rules"].items()}
    for name, part in written["parts"].items():
        rules = {key: rule.replace(f"<{name}>", _one(part)) for key, rule in rules.items()}
    return {name: re.compile(rule) for name, rule in rules.items()}


def _one(rule: Any) -> str:
    if isinstance(rule, str):
        return rule
    before, after = rule["edges"]
    return f"{before}(?:{'|'.join(rule['any'])}){after}"


_RULES = _rules()
_CLAIMS = ("bare", "nothing", "no_trouble", "all_fine", "understood", "resolved")


@lru_cache(maxsize=8192)
def _hits(said: str) -> dict[str, int]:
    return {name: min(3, sum(1 for _ in rule.finditer(said))) for name, rule in _RULES.items()}


@lru_cache(maxsize=8192)
def _claiming(sentence: str) -> bool:
    return any(_RULES[name].search(sentence) for name in _CLAIMS)


def _content(text: str) -> int:
    return sum(carries_content(word.strip(".,!?;:()\"'")) for word in text.split())


def _beside(r: Reading) -> float:
    """Content words of sentences that make no such claim."""
    left = 0
    for sentence in r.own:
        if not _claiming(r.wording.lower[sentence.start : sentence.end]):
            left += sum(carries_content(word) for word in sentence.key)
    return math.log1p(min(left, 30))


def _after_but(r: Reading) -> float:
    """Content words after the first turn away from such a claim."""
    match = _RULES["but"].search(r.said)
    return math.log1p(min(30, _content(r.said[match.end() :]) if match else 0))


def _troubles(r: Reading) -> float:
    """Troubles named and not denied."""
    hits = _hits(r.said)
    return math.log1p(max(0, hits["trouble"] - hits["no_trouble"]))


def _share(r: Reading) -> float:
    claiming = sum(_claiming(r.wording.lower[s.start : s.end]) for s in r.own)
    return claiming / max(1, len(r.own))


def _first(r: Reading) -> float:
    return float(bool(r.own) and _claiming(r.wording.lower[r.own[0].start : r.own[0].end]))


def _nothing_left(r: Reading) -> float:
    hits = _hits(r.said)
    return float(_share(r) == 1 and not hits["but"] and not hits["wishes"])


def says_nothing(r: Reading) -> bool:
    """Whether there is no more to it than that everything was clear, or that there is nothing to say."""
    return not r.content or bool(_nothing_left(r) and not _troubles(r))


def _said(name: str) -> Callable[[Reading], float]:
    return lambda r: math.log1p(_hits(r.said)[name])


FEATURES: dict[str, Callable[[Reading], float]] = {name: _said(name) for name in _RULES} | {
    "beside": _beside,
    "after_but": _after_but,
    "troubles": _troubles,
    "share": _share,
    "first": _first,
    "nothing_left": _nothing_left,
}
