"""One sentence about a topic: what they ask, in the words of one of them, and at which words of the document."""

from typing import Any

from scoring.wording import Wording

LONGEST = 180  # characters
PASSAGE = 90


def summary_of(asked: str, passage: str) -> dict[str, Any]:
    """The sentence as ``{"code", "params", "text"}``."""
    question = shortened(_asking_sentence(asked), LONGEST)
    if not passage:
        return {
            "code": "they_ask",
            "params": {"question": question},
            "text": f"One of them: “{question}”",
        }
    short = shortened(passage, PASSAGE)
    text = f"At “{short}”, one of them: “{question}”"
    return {"code": "they_ask_at", "params": {"question": question, "passage": short}, "text": text}


def _asking_sentence(text: str) -> str:
    wording = Wording(text)
    asking = [s for s in wording.sentences if "?" in wording.text[s.start : s.end]]
    chosen = max(asking or wording.sentences, key=lambda s: min(len(s.words), 30), default=None)
    return wording.text[chosen.start : chosen.end].strip() if chosen else text.strip()


def shortened(text: str, most: int) -> str:
    """One line of at most so many characters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
