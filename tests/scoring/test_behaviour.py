"""How ratings must behave, as pairs: the first of a pair must come out higher than the second.

Nine in ten pairs of every family must be right; the families are those of the behaviour suite in the docs.
"""

import json
import re
from pathlib import Path

import pytest

from scoring import Rating, Remark, rate

SUITE = json.loads((Path(__file__).parent / "behaviour.json").read_text())
MODELS = ("licensed", "full")
RIGHT = 0.9


def remarks(pairs, place):
    return [Remark(str(n), pair[place], quote=SUITE["passages"][pair[0]]) for n, pair in enumerate(pairs)]


def share_right(model, pairs, value):
    higher, lower = rate(remarks(pairs, 1), model), rate(remarks(pairs, 2), model)
    right = [value(a) > value(b) for a, b in zip(higher, lower, strict=True)]
    wrong = [pair[1:] for pair, good in zip(pairs, right, strict=True) if not good]
    return sum(right) / len(right), wrong


def families(kind):
    return [(model, family) for model in MODELS for family in SUITE[kind]]


@pytest.mark.parametrize(("model", "family"), families("quality"))
def test_the_more_thoughtful_remark_rates_higher(model, family):
    share, wrong = share_right(model, SUITE["quality"][family], lambda r: r.quality)
    assert share >= RIGHT, wrong


@pytest.mark.parametrize(("model", "family"), families("confusion"))
def test_confusion_is_told_from_what_only_looks_like_it(model, family):
    share, wrong = share_right(model, SUITE["confusion"][family], lambda r: r.confusion)
    assert share >= RIGHT, wrong


@pytest.mark.parametrize(("model", "family"), families("question"))
def test_a_question_needs_no_question_mark(model, family):
    share, wrong = share_right(model, SUITE["question"][family], lambda r: r.question)
    assert share >= RIGHT, wrong


DEEP = [pair for family in ("same_length", "non_native_deep") for pair in SUITE["quality"][family]]

PADDING = {
    "praise": lambda pair: pair[1] + " I think that this is very interesting and I liked it a lot.",
    "the passage": lambda pair: pair[1] + " " + SUITE["passages"][pair[0]],
    "itself": lambda pair: f"{pair[1]} {pair[1]}",
    "keywords": lambda pair: pair[1] + " Energy, matter, system, theory, evidence, structure, process.",
    "nothing one can see": lambda pair: "\u200b".join(pair[1]),
    "ten thousand words": lambda pair: (pair[1] + " ") * 600,
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("padding", PADDING)
def test_padding_with(model, padding):
    plain = rate(remarks(DEEP, 1), model)
    longer = [
        Remark(str(n), PADDING[padding](pair), SUITE["passages"][pair[0]]) for n, pair in enumerate(DEEP)
    ]
    gains = [after.quality - before.quality for before, after in zip(plain, rate(longer, model), strict=True)]
    assert sum(gain <= 0.05 for gain in gains) >= RIGHT * len(gains), gains


WORTHLESS = {
    "the passage itself": (lambda text: text, "copied_from_passage"),
    "the passage with words swapped": (
        lambda text: text.replace("the", "a").replace("more", "rather").replace("before", "prior to"),
        "copied_from_passage",
    ),
    "its words in a row": (lambda text: ", ".join(sorted(set(re.findall(r"\w{5,}", text)))), None),
    "keys hit at random": (lambda text: "asdf jkldfg wqxz sdfkjh zxcvq lkjsdf" + str(len(text)), "gibberish"),
    "one word": (lambda text: text.split()[1], "too_short"),
    "praise, often": (lambda text: "Great text, very good, thank you so much. " * (len(text) % 7 + 3), None),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", WORTHLESS)
def test_what_is_worthless_stays_at_the_bottom(model, kind):
    make, flag = WORTHLESS[kind]
    ratings = rate([Remark(name, make(text), quote=text) for name, text in SUITE["passages"].items()], model)
    low = [rating.quality < 0.75 and (flag is None or flag in rating.flags) for rating in ratings]
    assert sum(low) >= RIGHT * len(low), ratings


@pytest.mark.parametrize("model", MODELS)
def test_a_peers_text_again_is_marked_and_rates_low(model):
    again = [
        Remark(str(n), pair[1], SUITE["passages"][pair[0]], earlier=(pair[1],)) for n, pair in enumerate(DEEP)
    ]
    assert all("copied_from_peer" in rating.flags and rating.level == 0 for rating in rate(again, model))


@pytest.mark.parametrize(
    "text",
    [
        "¿Por qué el nivel del mar sube también en el otro lado de la Tierra?",
        "Ich verstehe nicht, warum das Wasser auf der anderen Seite auch steigt.",
        "Je ne comprends pas pourquoi la mer monte aussi de l'autre côté.",
        "为什么地球另一边的海水也会上升?",
        "Почему вода поднимается и на другой стороне?",
        "لماذا يرتفع الماء في الجانب الآخر أيضا؟",
        "Não entendo por que a água também sobe do outro lado.",
        "Suyun diğer tarafta neden yükseldiğini anlamıyorum.",
        "Dlaczego woda podnosi się także po drugiej stronie?",
        "Perché l'acqua sale anche dall'altra parte della Terra?",
    ],
)
def test_a_language_the_models_cannot_read_is_not_rated(text):
    (rating,) = rate([Remark("1", text, quote=SUITE["passages"]["tides"])])
    assert rating.flags == ["unknown_language"]
    assert rating.certainty < 0.1
    assert rating.level > 0, "never zero points"


def test_english_with_mistakes_is_english():
    texts = [pair[1] for pair in SUITE["quality"]["non_native_deep"]]
    assert all("unknown_language" not in r.flags for r in rate([Remark("1", text) for text in texts]))


@pytest.mark.parametrize("model", MODELS)
def test_reasons_are_few_named_and_point_at_words(model):
    ratings: list[Rating] = rate(remarks(DEEP, 1), model)
    assert all(len(rating.reasons) <= 3 for rating in ratings)
    for rating, pair in zip(ratings, DEEP, strict=True):
        sizes = [abs(reason.effect) for reason in rating.reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert all(0 <= start < end <= len(pair[1]) for start, end in rating.marks)
    assert sum(bool(rating.reasons) for rating in ratings) >= RIGHT * len(ratings)
