"""Questions about the course as a whole (“Which book do you use?”), and the sentences where a lecture speaks of it.

No sentence of the subject caused them. They belong where the lecturer greets, says what is to come, or takes leave.
"""

import re
from collections.abc import Sequence

import numpy as np

from scoring.embeddings import Vectors
from scoring.moments import moment_in

AT_START, AT_END = 8, 2  # sentences of a greeting (of a long lecture more) and of a farewell
SHARE = 0.02  # of a long lecture that is still its opening
GREETED, TOLD, OTHER = 0.6, 0.3, 0.1  # what a sentence there gains, beside a likeness of at most 1.4

_OF_COURSE = re.compile(
    r"\b(?:courses?|this class|(?:text)?books?|pre-?requisites?|syllabus|semesters?|playlists?)\b", re.I
)
_GREETING = re.compile(r"\b(?:welcome|hello|good (?:morning|afternoon|evening)|this course)\b", re.I)
_TELLING = re.compile(
    r"\b(?:today|(?:this|last|next|first|second) (?:lecture|time|week)|see you|thanks|thank you)\b", re.I
)


def is_about_the_course(question: str) -> bool:
    """Whether it asks about the course, its book or what to know before, and names no moment."""
    return bool(_OF_COURSE.search(question)) and moment_in(question) is None


def gain_of_openings(questions: Sequence[str], sentences: Sequence[str]) -> Vectors:
    """What each sentence gains for being where a lecture speaks of the course; shape (questions, sentences)."""
    opening = max(AT_START, int(SHARE * len(sentences)))
    gain = np.zeros(len(sentences), np.float32)
    for place, sentence in enumerate(sentences):
        if place < opening or place >= len(sentences) - AT_END:
            gain[place] = (
                GREETED if _GREETING.search(sentence) else TOLD if _TELLING.search(sentence) else OTHER
            )
    asked = np.array([is_about_the_course(question) for question in questions], np.float32)
    return asked[:, None] * gain
