"""Which sentence of the material caused a question: ``python -m scoring causes``."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.embeddings import Vectors, embed
from scoring.jsonlines import BadLine, name_of, text_of, texts_of
from scoring.lexicon import carries_content, lemma
from scoring.wording import Wording

ANSWERS = 10
WINDOWS = ((1, 0.7), (3, 0.3))  # sentences around each one, and what their likeness weighs
WORDS_WEIGHT = 0.4


@dataclass(frozen=True)
class Lecture:
    """A material sentence by sentence, and the questions asked about it."""

    id: str | int
    sentences: tuple[str, ...]
    questions: tuple[tuple[str | int, str], ...]


def lecture_of(value: dict[str, Any]) -> Lecture:
    """The lecture on a line, or BadLine."""
    questions = value.get("questions")
    if not isinstance(questions, list) or not all(isinstance(question, dict) for question in questions):
        raise BadLine("questions must be a list of objects")
    name = name_of(value, "id")
    read = tuple((name_of(q, "id") or 0, text_of(q, "text", required=True)) for q in questions)
    return Lecture(name or 0, texts_of(value, "sentences"), read)


def answer(lecture: Lecture) -> dict[str, Any]:
    """The ten likeliest sentences for each question, likeliest first."""
    ranked = causes([text for _, text in lecture.questions], list(lecture.sentences))
    named = [
        {"id": name, "ranked": order} for (name, _), order in zip(lecture.questions, ranked, strict=True)
    ]
    return {"id": lecture.id, "questions": named}


def causes(questions: list[str], sentences: list[str]) -> list[list[int]]:
    """For each question the indices of the ten sentences likeliest to have caused it.

    Likeness in meaning to the sentence and its surroundings, and shared words that are rare in the material.
    """
    if not sentences:
        return [[] for _ in questions]
    asked, said = embed([" ".join(q.split()) for q in questions]), embed([s.strip() for s in sentences])
    scores = sum(weight * (asked @ _around(said, width).T) for width, weight in WINDOWS)
    scores = scores + WORDS_WEIGHT * _shared_words(questions, sentences)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :ANSWERS]
    return [[int(index) for index in row] for row in order]


def _around(vectors: Vectors, width: int) -> Vectors:
    """Each row averaged with its neighbours, this many rows in all, at unit length."""
    half = width // 2
    padded = np.pad(vectors, ((half, half), (0, 0)))
    summed = sum(padded[shift : shift + len(vectors)] for shift in range(width))
    unit: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
    return unit


def _shared_words(questions: list[str], sentences: list[str]) -> Vectors:
    """Share of each question's weight of rare words that a sentence holds, shape (questions, sentences)."""
    said = [_stems(sentence) for sentence in sentences]
    spread: dict[str, int] = {}
    for stems in said:
        for stem in stems:
            spread[stem] = spread.get(stem, 0) + 1
    weight = {stem: float(np.log(1 + len(sentences) / count)) for stem, count in spread.items()}
    rows = np.zeros((len(questions), len(sentences)), np.float32)
    for row, question in enumerate(questions):
        asked = _stems(question)
        whole = sum(weight.get(stem, 0.0) for stem in asked) or 1.0
        rows[row] = [sum(weight[stem] for stem in asked & stems) / whole for stems in said]
    return rows


def _stems(text: str) -> set[str]:
    return {lemma(word.text) for word in Wording(text).words if carries_content(word.text)}
