"""Ways of saying it: closed lists of English turns of phrase, each a regular expression (``words/``).

Matched on lower-case text with straight apostrophes, which may be missing ("dont").
"""

import json
import re
from functools import cache
from pathlib import Path

PHRASES: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "words" / "phrases.json").read_text("utf-8")
)

_ASKING_START = re.compile(
    r"^(?:(?:so|and|but|ok|okay|hi|hello|sir|also|well|um|sorry|then|in that case|professor)[, ]+){0,3}"
    r"(?:why|how|what|what's|whats|when|where|which|who|whose|is|are|does|do|did|can|could|would|should|will|was|were|has|have|"
    r"isn't|aren't|doesn't|don't|didn't|can't|couldn't|wouldn't|shouldn't|am i|any(?:one|body))\b"
)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The regular expression of one concept of PHRASES."""
    ways = [way + r"(?![\w'])" if way[-1].isalnum() else way for way in PHRASES[name]]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(ways)})")  # one look behind for all: six times as fast


def count(name: str, lower: str) -> int:
    """How often a concept is said in a lower-case text."""
    return sum(1 for _ in pattern(name).finditer(lower))


def starts_like_a_question(sentence: str) -> bool:
    """Whether a lower-case sentence begins the way English questions do."""
    return bool(_ASKING_START.match(sentence.strip(" \t\"'*-–—(,")))
