"""Rating annotations: how much they show, whether they ask, whether their authors are lost, and why."""

from collections.abc import MutableMapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from scoring.asking import HAS_PASSAGE, asking
from scoring.batch import Batch, prepare
from scoring.features import NAMES
from scoring.flags import ceiling, flags_of
from scoring.heads import Floats
from scoring.reading import Reading
from scoring.reasons import Change, explain
from scoring.remark import ModelName, Rating, Remark
from scoring.shipped import NOTE_HEADS, QUALITY_HEADS, Model, load

AT_ONCE = 256  # remarks a pass: enough to fill the encoder's batches, little enough to stay in memory
UNREAD = 0.02  # certainty where nothing was judged
STEPS = (0.8, 0.3, 0.9)  # what each of the three quality steps adds: nothing, vague, general, specific


def raw_from(probabilities: Sequence[Floats]) -> Floats:
    """Three ordered probabilities as one number from 0 to 2; a later step never outweighs an earlier one."""
    ordered = np.minimum.accumulate(np.stack(list(probabilities)), axis=0)
    raw: Floats = np.tensordot(np.asarray(STEPS, np.float32), ordered, axes=1)
    return raw


def on_scale(raw: Floats, cuts: tuple[float, float]) -> Floats:
    """Move the fitted cut points to .5 and 1.5, so that the level is the rounded quality."""
    return np.interp(raw, [0.0, cuts[0], cuts[1], 2.0], [0.0, 0.5, 1.5, 2.0]).astype(np.float32)


def rate(
    remarks: Sequence[Remark], model: ModelName = "licensed", cache: MutableMapping[str, Any] | None = None
) -> list[Rating]:
    """Rate remarks, each by itself, order kept. ``cache``: see ``embeddings.embed``."""
    fitted = load(model)
    ratings: list[Rating] = []
    for start in range(0, len(remarks), AT_ONCE):
        ratings += _rate_batch(prepare(remarks[start : start + AT_ONCE], cache), fitted)
    return ratings


def quality_of(fitted: Model, features: Floats, told: Floats) -> tuple[Floats, Floats]:
    """Quality before any flag, and the three probabilities it comes from, shape (3, rows).

    A remark without a passage is read as a note after a lesson, by heads of its own.
    """
    inputs = fitted.space.inputs(features, told)
    on_passage = features[:, HAS_PASSAGE] > 0
    quality = np.zeros(len(features), np.float32)
    steps = np.zeros((len(QUALITY_HEADS), len(features)), np.float32)
    for here, kinds, cuts in (
        (on_passage, QUALITY_HEADS, fitted.cuts),
        (~on_passage, NOTE_HEADS, fitted.note_cuts),
    ):
        if not here.any():
            continue
        found = [fitted.heads[kind].probability(inputs[here]) for kind in kinds]
        quality[here] = on_scale(raw_from(found), cuts)
        steps[:, here] = np.minimum.accumulate(np.stack(found), axis=0)
    return quality, steps


def _rate_batch(batch: Batch, fitted: Model) -> list[Rating]:
    if not batch.readings:
        return []
    quality, steps = quality_of(fitted, batch.features, batch.told)
    confusion, question = asking(fitted, batch.features, batch.said)
    flags = [flags_of(reading) for reading in batch.readings]
    changes = explain(
        batch, flags, lambda features, told: quality_of(fitted, features, told)[0], fitted.thoughtful
    )
    return [
        _unread(reading, change)
        if "unknown_language" in flags[row]
        else _rating(
            reading.remark.id,
            Guess(
                min(float(quality[row]), ceiling(reading, flags[row])),
                float(confusion[row]),
                float(question[row]),
                _certainty(steps[:, row], reading),
                batch.features[row],
            ),
            flags[row],
            change,
        )
        for row, (reading, change) in enumerate(zip(batch.readings, changes, strict=True))
    ]


# What a teacher may value more or less than the model does, beside asking and being lost; each from 0 to about 1.
TRAITS = {
    "length": ("discourse.length", 4.2),
    "names": ("substance.named_things", 3.1),
    "reasons": ("reasoning.kinds", 4.0),
    "personal": ("discourse.first_person", 0.3),
}


def traits_of(features: Floats, question: float, confusion: float) -> tuple[float, ...]:
    """Traits of one remark: those of TRAITS in order, then how much it asks and how lost its author is."""
    measured = [min(1.0, float(features[NAMES.index(name)]) / most) for name, most in TRAITS.values()]
    return tuple(round(value, 4) for value in (*measured, question, confusion))


class Guess(NamedTuple):
    """What the models say of one remark, held below the ceilings of its flags."""

    quality: float
    confusion: float
    question: float
    certainty: float
    features: Floats


def _rating(identity: str, guess: Guess, flags: list[str], change: Change) -> Rating:
    """A guess as a rating; words that are not the author's own ask nothing."""
    quality = guess.quality
    own = 0.1 if {"gibberish", "copied_from_passage", "copied_from_peer"} & set(flags) else 1.0
    return Rating(
        id=identity,
        quality=round(quality, 4),
        level=int(quality >= 0.5) + int(quality >= 1.5),
        confusion=round(own * guess.confusion, 4),
        question=round(own * guess.question, 4),
        certainty=round(0.9 if flags else guess.certainty, 4),
        reasons=change.reasons,
        marks=change.marks,
        flags=flags,
        traits=traits_of(guess.features, guess.question, guess.confusion),
    )


def _unread(reading: Reading, change: Change) -> Rating:
    """A remark in a language that the models do not know: not rated, which is not the same as rated 0."""
    asks = 0.5 if any(mark in reading.remark.text for mark in "?？؟") else 0.2
    return Rating(reading.remark.id, 1.0, 1, asks, asks, UNREAD, change.reasons, [], ["unknown_language"])


def _certainty(steps: Floats, reading: Reading) -> float:
    """The likeliest level's probability, less for words that the dictionary does not know."""
    shares = (1 - steps[0], steps[0] - steps[2], steps[2])
    return float(max(shares)) * min(1.0, 0.4 + reading.english_share)
