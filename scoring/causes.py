"""Which sentence of the material caused a question: ``python -m scoring causes``."""

from collections import defaultdict
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.embeddings import Vectors, embed
from scoring.jsonlines import BadLine, name_of, text_of, texts_of
from scoring.lexicon import content_of
from scoring.moments import nearness
from scoring.openings import gain_of_openings

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


def causes(
    questions: list[str], sentences: list[str], cache: MutableMapping[str, Any] | None = None
) -> list[list[int]]:
    """For each question the indices of the ten sentences likeliest to have caused it.

    Likeness in meaning to the sentence and its surroundings, shared words that are rare in the material, the
    moment of the recording that a question names, and where the course is spoken of as a whole.
    """
    if not sentences:
        return [[] for _ in questions]
    asked = embed([" ".join(q.split()) for q in questions], cache)
    said = embed([s.strip() for s in sentences], cache)
    scores = Material.of(sentences, said).likeness(questions, asked)
    scores = scores + nearness(questions, sentences, scores) + gain_of_openings(questions, sentences)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :ANSWERS]
    return [[int(index) for index in row] for row in order]


@dataclass(frozen=True)
class Material:
    """Sentences made ready to be compared with many questions: their meaning with that of their
    surroundings, and for each word what it weighs (rare words more) and the sentences that hold it.
    """

    meaning: Vectors
    words: dict[str, tuple[float, NDArray[np.int64]]]

    @classmethod
    def of(cls, sentences: Sequence[str], said: Vectors) -> "Material":
        """The material of these sentences and their vectors."""
        holders: dict[str, list[int]] = {}
        for row, sentence in enumerate(sentences):
            for word in content_of(sentence):
                holders.setdefault(word, []).append(row)
        words = {
            word: (float(np.log(1 + len(sentences) / len(rows))), np.asarray(rows))
            for word, rows in holders.items()
        }
        meaning = np.zeros_like(said)
        for width, weight in WINDOWS:
            meaning += weight * _around(said, width)
        return cls(meaning, words)

    def likeness(self, questions: Sequence[str], asked: Vectors) -> Vectors:
        """How likely each sentence caused each question, higher is likelier; shape (questions, sentences)."""
        scores: Vectors = asked @ self.meaning.T
        for row, question in zip(scores, questions, strict=True):
            shared = [self.words[word] for word in sorted(content_of(question) & self.words.keys())]
            whole = sum(weight for weight, _ in shared)
            for weight, holders in shared:
                row[holders] += WORDS_WEIGHT * weight / whole
        return scores

    def likeness_to_all(self, questions: Sequence[str], asked: Vectors) -> Vectors:
        """How likely each sentence caused these questions, on average; the mean of `likeness`, but quicker."""
        scores: Vectors = self.meaning @ asked.mean(axis=0)
        shares: defaultdict[str, float] = defaultdict(float)
        for question in questions:
            shared = sorted(content_of(question) & self.words.keys())
            whole = sum(self.words[word][0] for word in shared)
            for word in shared:
                shares[word] += self.words[word][0] / whole
        for word, share in shares.items():
            scores[self.words[word][1]] += WORDS_WEIGHT * share / len(questions)
        return scores


def _around(vectors: Vectors, width: int) -> Vectors:
    """Each row averaged with its neighbours, this many rows in all, at unit length."""
    half = width // 2
    padded = np.pad(vectors, ((half, half), (0, 0)))
    summed = sum(padded[shift : shift + len(vectors)] for shift in range(width))
    unit: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
    return unit
