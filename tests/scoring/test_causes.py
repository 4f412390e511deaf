"""What in the material caused a question: likeness, and the moment that a question names."""

import numpy as np
import pytest

from scoring.causes import Material, causes
from scoring.evidence import Annotation, Cue, Document, Evidence
from scoring.moments import USUAL_RATE, moment_in, nearness
from scoring.report import report


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("8:38, why is it squared?", 518),
        ("At 1:12:36 he says P", 4356),
        ("In 17.03, why is it symmetric?", 1023),
        ("phi is known (lecture 23: 16.28 min)", 988),
        ("I was following till 40'57\"", 2457),
        ("see watch?v=abc#t=29m29s", 1769),
        ("at around 33 minutes, where did the minus go?", 1980),
        ("Is pi 3.14 here?", None),
        ("It takes 30 minutes to cool", None),
        ("the ratio is 2:75", None),
        ("no time at all", None),
    ],
)
def test_a_time_is_told_from_other_numbers(text, second):
    assert moment_in(text) == second


def test_a_question_that_names_a_moment_leads_there():
    sentence = "And so we write the same thing down once more on the board over here."
    said = [sentence] * 400
    rate = USUAL_RATE
    (ranked,) = causes(["What happened at 20:00?"], said)
    spoken = [len(sentence.split()) * place * 60 / rate for place in ranked]
    assert all(abs(moment - 1200) < 400 for moment in spoken)
    (elsewhere,) = causes(["What happened?"], said)
    assert elsewhere == list(range(10))


def test_questions_that_name_moments_help_each_other_to_the_rate_of_speech():
    """Two questions whose words tell where they belong say how fast somebody speaks; a third has no such words."""
    said = ["And so we write the same thing down once more on the board over here."] * 400
    seconds = np.arange(400) * 15 * 60 / 100  # spoken at 100 words a minute
    asked = ["At 10:00?", "At 30:00?", "At 50:00?"]
    scores = np.zeros((3, 400), np.float32)
    alone = nearness(asked[2:], said, scores[2:])[0]
    for row, moment in ((0, 600), (1, 1800)):
        scores[row, np.argmin(abs(seconds - moment))] = 1.0
    helped = nearness(asked, said, scores)[2]
    right = int(np.argmin(abs(seconds - 3000)))
    assert abs(int(helped.argmax()) - right) < abs(int(alone.argmax()) - right)
    assert abs(int(helped.argmax()) - right) <= 4


def test_a_question_about_the_course_leads_to_where_the_lecture_begins():
    said = [
        "This recording is free.",
        "Welcome to the course.",
        "A cell has a wall.",
        *["A leaf is green."] * 60,
    ]
    ranked = causes(
        ["Which book is good for this?", "Is there any prerequisite?", "Why is a leaf green?"], said
    )
    assert [order[0] for order in ranked[:2]] == [1, 1]
    assert ranked[2][0] >= 3


def test_likeness_to_all_questions_is_the_mean_of_the_likeness_to_each():
    sentences = ["Light bends in glass.", "The speed of light changes.", "Glass is slow."]
    vectors = np.random.default_rng(1).normal(size=(3, 384)).astype(np.float32)
    material, questions = Material.of(sentences, vectors), ["Why does light bend?", "What is slow in glass?"]
    each = material.likeness(questions, vectors[:2])
    assert np.allclose(material.likeness_to_all(questions, vectors[:2]), each.mean(axis=0), atol=1e-5)


def test_a_topic_of_a_video_comes_from_the_moment_that_its_remarks_name():
    cues = tuple(Cue(10.0 * n, 10.0 * n + 10, f"Step {n} of the proof goes like this.") for n in range(60))
    remarks = [
        Annotation(
            f"a{n:02}", f"s{n}", f"I don't understand the minus at 5:0{n % 10}, why?", start=0.0, end=5.0
        )
        for n in range(14)
    ]
    made = report(Evidence(Document("Proof", medium="video", students=20, cues=cues), remarks))
    assert all(topic["passages"][0] == [300.0, 310.0] for topic in made["topics"])
