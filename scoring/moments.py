"""Moments of a recording that a question names (“at 40:59, why …?”), and where they are in its transcript."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.embeddings import Vectors

_CLOCK = re.compile(
    r"(?<![\d.:])(?:(\d{1,2})[:h])?(\d{1,3})(?:[:.'\u2019\u2032]|m(?=[0-5]\ds))([0-5]\d)(?![\d.:])"
)
_DECIMAL = re.compile(r"\d{1,3}\.\d{2}")
_SAYS_MINUTE = re.compile(r"\b(?:at|in|around|about|min|minute)\W*$")
_MINUTES = re.compile(r"\W*min(?:ute)?s?\b")
_WHOLE = re.compile(
    r"\b(?:at|around|about) (?:around |about )?(?:the )?(\d{1,3})(?:th|st|nd|rd)? ?min(?:ute)?s?\b"
)

RATES = np.arange(80.0, 181.0, 2.5)  # words a minute in a lecture
USUAL_RATE, SPREAD = 125.0, 20.0
BLUR_S, BLUR = (
    15.0,
    0.03,
)  # how far from the moment its sentence is: seconds, and share of the time until then
ELSEWHERE = 0.05  # probability that a question is about another moment than the one that it names
SHARPNESS = 8.0  # how many times as likely, in powers of e, a sentence is that is more alike by one


def moment_in(text: str) -> float | None:
    """The second that a text names as a time (8:38, 1:12:36, “at 17.03”, “at 33 minutes”), or None; “3.14” alone
    is no time.
    """
    lower = text.lower()
    for match in _CLOCK.finditer(lower):
        said = _SAYS_MINUTE.search(lower[: match.start()]) or _MINUTES.match(lower, match.end())
        if _DECIMAL.fullmatch(match.group()) and not said:
            continue
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return float(hours * 3600 + minutes * 60 + seconds)
    whole = _WHOLE.search(lower)
    return 60.0 * int(whole.group(1)) if whole else None


def nearness(questions: Sequence[str], sentences: Sequence[str], scores: Vectors) -> Vectors:
    """What each sentence gains for being said at the moment that a question names; shape of ``scores``.

    The sentences have no times here. They are worked out from counted words at a rate of speech that is not known:
    every rate counts by how well it suits the likeness (``scores``) of all other questions that name a moment,
    beside what is usual. One question alone points to a long stretch, several together to a short one.
    """
    gained = np.zeros_like(scores)
    named = [(row, moment) for row, text in enumerate(questions) if (moment := moment_in(text)) is not None]
    if not named:
        return gained
    words = np.array([len(sentence.split()) for sentence in sentences], float)
    said = (np.cumsum(words) - words / 2) * 60 / RATES[:, None]  # rates x sentences: seconds
    whole = max(1.0, words.sum() * 60 / USUAL_RATE)
    near = [_density(said, moment, whole) for _, moment in named]
    suits = [np.log(at @ _chances(scores[row])) for at, (row, _) in zip(near, named, strict=True)]
    together = sum(suits) - ((RATES - USUAL_RATE) / SPREAD) ** 2 / 2
    for at, own, (row, _) in zip(near, suits, named, strict=True):
        gain = np.log(_unlogged(together - own) @ at) / SHARPNESS
        gained[row] = gain - gain.min()
    return gained


def _density(said: NDArray[Any], moment: float, whole: float) -> NDArray[Any]:
    """How likely a question that names this moment is about what is said at those times, in a lecture so long."""
    blur = BLUR_S + BLUR * moment
    bump = np.exp(-(((said - moment) / blur) ** 2) / 2) / (blur * np.sqrt(2 * np.pi))
    return np.asarray((1 - ELSEWHERE) * bump + ELSEWHERE / whole)


def _chances(scores: Vectors) -> NDArray[Any]:
    return _unlogged(SHARPNESS * scores.astype(float))


def _unlogged(logs: NDArray[Any]) -> NDArray[Any]:
    """Probabilities from logarithms that lack a constant."""
    raised = np.exp(logs - logs.max())
    return np.asarray(raised / raised.sum())
