"""The command line: one line in, one line out, whatever was sent."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.jsonlines import BadLine, parse

ROOT = Path(__file__).parents[2]

BAD = {
    "deep nesting": b"[" * 100_000,
    "half a character": b'{"id": "1", "text": "\\ud800"}',
    "not a number": b'{"id": "1", "text": "a", "x": NaN}',
    "a huge number": b'{"id": ' + b"9" * 10_000 + b', "text": "a"}',
    "no object": b'["id", "text"]',
    "no text": b'{"id": "1"}',
    "text of a wrong type": b'{"id": "1", "text": 7}',
    "id of a wrong type": b'{"id": true, "text": "a"}',
    "peers of a wrong type": b'{"id": "1", "text": "a", "earlier": [1]}',
    "not UTF-8": b'{"id": "1", "text": "\xff"}',
    "cut off": b'{"id": "1", "te',
    "nothing": b"",
    "null": b"null",
}

WRONG_FIELDS = {"no text", "text of a wrong type", "id of a wrong type", "peers of a wrong type"}
NO_LINES = [name for name in BAD if name not in WRONG_FIELDS]


def run(command: list[str], lines: list[bytes]):
    done = subprocess.run(
        [sys.executable, "-m", "scoring", *command],
        input=b"\n".join(lines) + b"\n",
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_bad_lines_answer_in_their_place_and_spoil_no_other():
    good = b'{"id": "good", "text": "The moon pulls the near side more.", "more": 1}'
    lines = [line for bad in BAD.values() for line in (bad, good)]
    status, answers = run(["rate"], lines)
    assert status == 1
    assert len(answers) == len(lines)
    for number, answer in enumerate(answers, 1):
        if number % 2:
            assert set(answer) == {"error", "line"}, answer
            assert answer["line"] == number
        else:
            assert answer["id"] == "good"


def test_a_rating_has_what_the_contract_says():
    status, (answer,) = run(
        ["rate", "--model", "full"], ['{"id": 7, "text": "Why? 😀 because the far bulge grows."}'.encode()]
    )
    assert status == 0
    assert answer["id"] == 7
    assert {"quality", "level", "confusion", "question", "certainty", "reasons", "marks", "flags"} <= set(
        answer
    )
    assert all(set(reason) == {"code", "params", "text", "effect"} for reason in answer["reasons"])


@pytest.mark.parametrize("name", NO_LINES)
def test_what_is_no_line_is_refused(name):
    with pytest.raises(BadLine):
        parse(BAD[name])


def test_causes_answer_each_lecture_by_itself():
    lecture = {
        "id": "l1",
        "sentences": [
            "Welcome back.",
            "A derivative is the slope of the tangent.",
            "Integrals add up areas.",
        ],
        "questions": [{"id": "q1", "text": "Why is the slope of the tangent the derivative?"}],
    }
    status, answers = run(
        ["causes"],
        [json.dumps(lecture).encode(), b'{"id": "l2"}', b'{"id":"l3","sentences":[],"questions":[]}'],
    )
    assert status == 1
    assert answers[0]["questions"][0]["ranked"][0] == 1
    assert answers[1]["line"] == 2
    assert answers[2] == {"id": "l3", "questions": []}
