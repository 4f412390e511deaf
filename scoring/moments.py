"""Moments of a recording that a question names (“at 40:59, why …?”), and where they are in its transcript."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.embeddings import Vectors

_CLOCK = re.compile(r"(?<![\d.:])(?:(\d{1,2}):)?(\d{1,3})[:.]([0-5]\d)(?![\d:.])")
_DECIMAL = re.compile(r"(?<![\d.:])\d{1,3}\.\d{2}(?![\d:.])")
_SAYS_MINUTE = re.compile(r"\b(?:at|in|around|about|min|minute)\W*$")

NEAR = 0.5  # what a sentence gains at the very moment, beside a likeness of at most 1.4
BLUR_S, BLUR = (
    15.0,
    0.08,
)  # of a moment worked out from counted words: seconds, and share of the time until then
RATES = range(90, 171, 5)  # words a minute in a lecture
USUAL_RATE, SPREAD = 125, 25
FIRMNESS = 0.3  # how much the usual rate counts beside one question


def moment_in(text: str) -> float | None:
    """The second that a text names as a time (8:38, 1:12:36, “at 17.03”), or None. “3.14” alone is no time."""
    for match in _CLOCK.finditer(text):
        if _DECIMAL.fullmatch(match.group()) and not _SAYS_MINUTE.search(text[: match.start()].lower()):
            continue
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return float(hours * 3600 + minutes * 60 + seconds)
    return None


def nearness(questions: Sequence[str], sentences: Sequence[str], scores: Vectors) -> Vectors:
    """What each sentence gains for being said at the moment that a question names; shape of ``scores``.

    The sentences have no times here. They are worked out from counted words, at the rate of speech that suits
    the likeness (``scores``) of all questions best: what one question alone cannot tell, several can.
    """
    gained = np.zeros_like(scores)
    named = [(row, moment) for row, text in enumerate(questions) if (moment := moment_in(text)) is not None]
    if not named:
        return gained
    said = np.cumsum([0, *(len(sentence.split()) for sentence in sentences)])[:-1]
    rows = [row for row, _ in named]
    found = {rate: np.stack([_bump(said * 60 / rate, moment) for _, moment in named]) for rate in RATES}

    def suits(rate: int) -> float:
        usual = FIRMNESS * ((rate - USUAL_RATE) / SPREAD) ** 2
        return float((scores[rows] + found[rate]).max(axis=1).sum()) - usual

    gained[rows] = found[max(RATES, key=suits)]
    return gained


def _bump(times: NDArray[np.float64], moment: float) -> Vectors:
    away = (times - moment) / (BLUR_S + BLUR * moment)
    return np.asarray(NEAR * np.exp(-(away**2) / 2), np.float32)
