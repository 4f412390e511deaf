"""Rating on one core: annotations a second beside the bare encoder, the cold start, and whether reasons are true.

The process is held to one core and its seconds are the processor's, so that a busy machine does not look slow.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .figures import Figure
from .server import PYTHON, ROOT, Server

SHORT = "Since the ice carries {n} stones it grinds the rock below, so the lake turns milky."
LONG = (
    SHORT
    + " I read that {n} such lakes lie in one valley, but the upper ones are clear, which must mean that no ice "
    "moves above them any more, or that the rock there is too hard to be ground to flour at all."
)
PASSAGE = "A glacier grinds the rock beneath it with the stones frozen into its base."
SUITE = ROOT / "tests" / "scoring"
TEXTS = 500


def measure(_: Server) -> Iterator[Figure]:
    """The figures, from a process of its own that is held to one core."""
    begun = time.monotonic()
    subprocess.run([PYTHON, "-m", "scoring", "rate"], input=b'{"id": 1, "text": "Why does it melt?"}\n', cwd=ROOT,
                   check=True, capture_output=True)  # fmt: skip
    yield Figure("rating: cold start", time.monotonic() - begun, "s", most=6)
    done = subprocess.run([PYTHON, "-m", "bench.rating"], cwd=ROOT, check=True, capture_output=True)
    found = json.loads(done.stdout)
    yield Figure("rating: annotations of at most 20 tokens", found["short"], "a second", least=100)
    yield Figure("rating: bare encoder, the same texts", found["short_encoder"], "a second")
    yield Figure("rating: annotations of 64 tokens", found["long"], "a second", least=30)
    yield Figure("rating: bare encoder, 64 tokens", found["long_encoder"], "a second")
    yield Figure("rating: reasons that are true, of those given", found["true"], "share", least=0.95)


def _a_second(count: int, work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return count / (time.process_time() - begun)


def _speeds(name: str, text: str, count: int) -> dict[str, float]:
    from scoring import Remark, rate
    from scoring.embeddings import embed

    texts = [text.format(n=n) for n in range(count)]
    rate([Remark("", "The ice is warm.", PASSAGE)])
    alone = _a_second(count, lambda: embed([text.lower() for text in texts], {}))
    whole = _a_second(count, lambda: rate([Remark("", text, PASSAGE) for text in texts], cache={}))
    return {name: whole, f"{name}_encoder": alone}


def _texts() -> list[str]:
    """Texts that the licensed model never saw: real ones from ``FOREWORD_LABELLED_SETS``, else the suite's."""
    folder = Path(os.environ.get("FOREWORD_LABELLED_SETS", "/nonexistent"))
    if (folder / "reflections.jsonl").is_file():
        rows = [json.loads(line) for line in (folder / "reflections.jsonl").open(encoding="utf-8")]
        return [row["text"] for row in rows[:: len(rows) // TEXTS]][:TEXTS]
    suite = json.loads((SUITE / "behaviour.json").read_text("utf-8"))
    pairs = [
        pair
        for kind in ("quality", "confusion", "question")
        for family in suite[kind].values()
        for pair in family
    ]
    more = (SUITE / "remarks.txt").read_text("utf-8").splitlines()
    return sorted({text for pair in pairs for text in pair[1:]} | set(more))[:TEXTS]


def _true() -> float:
    """The share of ratings with marks that fall when the marked words are taken out."""
    from scoring import Remark, rate

    texts = _texts()
    marked = [(t, r) for t, r in zip(texts, rate([Remark("", t) for t in texts]), strict=True) if r.marks]
    bare = rate([Remark("", _without(text, rating.marks)) for text, rating in marked])
    fell = [after.quality < rating.quality for (_, rating), after in zip(marked, bare, strict=True)]
    return sum(fell) / max(1, len(fell))


def _without(text: str, marks: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in marks:
        kept.append(text[at:start])
        at = max(at, end)
    return "".join([*kept, text[at:]])


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.stdout.write(
        json.dumps(_speeds("short", SHORT, 400) | _speeds("long", LONG, 150) | {"true": _true()})
    )
