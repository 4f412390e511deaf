"""Asking and being lost are judged as the kind of text a remark is, and quality reads none of what is told by that."""

import numpy as np
import pytest

from scoring import Remark, rate
from scoring.asking import asking
from scoring.batch import prepare
from scoring.features import NAMES
from scoring.heads import Head
from scoring.shipped import CONFUSION_HEADS, GENRES, NOTE_HEADS, QUALITY_HEADS, load

MODELS = ("licensed", "full")
PASSAGE = "A glacier grinds the rock beneath it with the stones frozen into its base."


def only(model, genre):
    """The model's heads with the confusion of one genre always certain and that of the others impossible."""
    nothing = np.zeros(len(NAMES) + 384, np.float32)
    certain = {kind: Head(nothing, 30.0 if kind.endswith(genre) else -30.0) for kind in CONFUSION_HEADS}
    loaded = load(model)
    return type(loaded)(**vars(loaded) | {"heads": loaded.heads | certain})


def share(model, genre, remark):
    """How much a remark is judged as one genre."""
    batch = prepare([remark])
    return float(asking(only(model, genre), batch.features, batch.said)[0][0])


@pytest.mark.parametrize("model", MODELS)
def test_what_stands_on_a_passage_is_judged_as_a_remark(model):
    post = "Dear professor, I cannot open the quiz of week 3, the page shows an error. Will the deadline be moved?"
    assert share(model, "remark", Remark("1", post, PASSAGE)) == pytest.approx(1, abs=1e-4)
    assert share(model, "post", Remark("1", post)) > 0.5


@pytest.mark.parametrize("model", MODELS)
def test_the_shares_of_the_genres_add_up_to_one(model):
    for text in ("why is it minus at 3:20?", "The ice grinds the rock, so the lake is milky.", "Hello!"):
        shares = [share(model, genre, Remark("1", text)) for genre in GENRES]
        assert sum(shares) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("model", MODELS)
def test_quality_does_not_read_how_long_a_post_is_or_how_it_asks_for_help(model):
    places = [place for place, name in enumerate(NAMES) if name.startswith("forum.")]
    assert places
    for kind in (*QUALITY_HEADS, *NOTE_HEADS):
        assert not load(model).heads[kind].coefficients[places].any()


@pytest.mark.parametrize("model", MODELS)
def test_a_post_that_wants_help_stands_above_one_that_gives_it(model):
    wants = [
        "Hello, I cannot find the button to submit assignment 2. Please help, the deadline is tonight.",
        "Dear professor, question 4 was marked wrong although my answer is the lecture's. Could you check?",
        "The video of week 5 stops after two minutes in every browser. Is anyone else having this problem?",
        "Will there be a certificate for those who enrolled late? I could not find anything about it in the syllabus.",
    ]
    gives = [
        "You can find the button below the text of assignment 2, just scroll down a little and it will appear.",
        "I think the poem is about her grandmother, because the last verse returns to the kitchen.",
        "Thank you so much for this course, I enjoyed every lecture and will recommend it to all my colleagues!",
        "Here is a link to a free edition of the book, with a good introduction by the translator.",
    ]
    lost = [rating.confusion for rating in rate([Remark("1", text) for text in wants + gives], model)]
    assert min(lost[: len(wants)]) > max(lost[len(wants) :])
