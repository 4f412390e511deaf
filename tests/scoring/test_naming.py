"""A topic's name is a noun phrase of what was said, written as people write it."""

import pytest

from scoring.naming import Namer, phrases_of

OTHERS = ["The exam is on Monday.", "I liked the music.", "When does the bus leave?"]


def name(*members):
    return Namer.of([*members, *OTHERS]).name(members)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("What happens inside the glass?", "inside"),
        ("I was a little confused by it.", "little"),
        ("I struggle to finish the quiz.", "struggle"),
        ("I struggle to finish the quiz.", "finish"),
        ("Order them from largest to smallest", "largest"),
        ("speed versus mass", "versus"),
        ("Is it 35 or 70 per cent?", "cent"),
    ],
)
def test_what_is_no_noun_there_names_nothing(text, word):
    assert word not in phrases_of(text).stems


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("What happens to the light?", "light"),
        ("the speed of light in glass", "speed of light"),
        ("Energy calculations", "energy calculation"),
        ("a little quiz", "quiz"),
    ],
)
def test_what_is_used_as_a_noun_does(text, word):
    assert word in phrases_of(text).stems


def test_a_single_word_takes_along_what_stands_with_it():
    members = ["the weighted matrix", "How do I fill a weighted matrix?", "matrix"]
    assert name(*members) == "Weighted matrix"


def test_one_of_many_does_not_widen_the_name():
    members = ["the hairy prototype", *["How do I build a prototype?"] * 5]
    assert name(*members) == "Prototype"


def test_short_forms_keep_their_capitals_and_beginnings_of_sentences_do_not():
    assert name("What is SSE?", "SSE and friends", "Where does SSE come from?") == "SSE"
    assert phrases_of("Glass slows light.").spelled["glass"] == "glass"
    assert phrases_of("WHY IS GLASS SLOW?").spelled["glass"] == "glass"
