"""Python and TypeScript find the same place, by the same words, with the same score, whatever was edited."""

import json
import random
import subprocess

from annotators.selectors import dump
from annotators.text.anchor import anchor, describe
from tests.annotators.conftest import NODE, PACKAGE

LETTERS = "abcde 😀é\u0301\u200dאب.\n"
ANCHOR = """
import { readFileSync } from "node:fs";
const { anchor } = await import(process.argv[1] + "/text/anchor.ts");
const { PointText } = await import(process.argv[1] + "/text/points.ts");
const found = JSON.parse(readFileSync(0, "utf8")).map(({ text, selectors }) => {
  const one = anchor(new PointText(text), selectors);
  return one && [one.span.start, one.span.end, one.how, one.score];
});
process.stdout.write(JSON.stringify(found));
"""


def edited(chance: random.Random, text: str) -> str:
    """Return the text after some insertions, deletions and replacements, at times under a new paragraph."""
    letters = list(text)
    for _ in range(chance.choice([0, 3, 20, 60])):
        at = chance.randrange(len(letters))
        letters[at : at + chance.randint(0, 1)] = chance.choices(LETTERS, k=chance.randint(0, 1))
    return chance.choice(["", "", "A paragraph put above. " * 20]) + "".join(letters)


def test_the_twins_agree() -> None:
    chance = random.Random(20)
    words = ["".join(chance.choices(LETTERS[:8], k=chance.randint(2, 9))) for _ in range(120)]
    cases = []
    for _ in range(300):
        text = " ".join(chance.choices(words, k=300))
        start = chance.randrange(len(text) - 300)
        passage = describe(text, start, start + chance.choice([1, 3, 9, 30, 90, 300]))
        cases.append((edited(chance, text), passage[: chance.choice([1, 2])]))
    asked = json.dumps([{"text": text, "selectors": dump(selectors)} for text, selectors in cases])
    command = [str(NODE), "--no-warnings", "--input-type=module", "-e", ANCHOR, str(PACKAGE)]
    done = subprocess.run(command, input=asked.encode(), capture_output=True, check=True, timeout=120)
    ours = [anchor(text, selectors) for text, selectors in cases]
    assert json.loads(done.stdout) == [one and [*one.span, one.how, one.score] for one in ours]
    assert {one.how for one in ours if one} == {"exact", "quote", "fuzzy"}
    assert None in ours
