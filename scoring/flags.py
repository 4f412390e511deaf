"""What a teacher should know beside a rating. Flags keep a remark from rating high; they accuse nobody."""

from rapidfuzz import fuzz

from scoring.language import is_unknown
from scoring.lexicon import looks_typed_at_random
from scoring.reading import Reading

ENOUGH_WORDS = 3
ENOUGH_PASSAGE = 8  # words; below this nobody can say what is off its topic
ADDED = 1  # new things named beside a copy that do not make it one's own
NEAR_COPY = 92  # per cent of likeness at which two texts are the same text

NONE, FAINT = 0.05, 0.12  # cosine to the passage: off its topic; perhaps an analogy, perhaps not
FAINT_CEILING = 1.4  # not thoughtful about this passage while we cannot see the link
KEYWORDS_CEILING = 0.4

# The most that a flagged remark can be rated, on the scale of 0 to 2.
CEILINGS = {
    "gibberish": 0.1,
    "copied_from_passage": 0.3,
    "copied_from_peer": 0.3,
    "too_short": 0.7,  # two words can name a thing, and hardly more
    "off_topic": 0.45,
}


def flags_of(reading: Reading) -> list[str]:
    """The flags of a remark, in a fixed order."""
    checks = {
        "copied_from_passage": _copied_from_passage,
        "copied_from_peer": _copied_from_peer,
        "gibberish": _gibberish,
        "off_topic": _off_topic,
        "too_short": _too_short,
        "unknown_language": is_unknown,
    }
    found = [name for name, holds in checks.items() if holds(reading)]
    if "unknown_language" in found:  # every other check reads English
        return ["unknown_language"]
    return found


def _little_own(reading: Reading) -> bool:
    return len(reading.words) < ENOUGH_WORDS + 1


def _resembles(reading: Reading, text: str) -> bool:
    own = " ".join(word.text for word in reading.wording.words)
    return (
        len(own) > 20 and bool(text) and fuzz.token_sort_ratio(own, text.lower(), score_cutoff=NEAR_COPY) > 0
    )


def ceiling(reading: Reading, flags: list[str]) -> float:
    """The most that a remark can be rated: what its flags allow, less for keywords in a row or a faint link."""
    limits = [CEILINGS[flag] for flag in flags if flag in CEILINGS]
    if reading.is_a_list:
        limits.append(KEYWORDS_CEILING)
    if _link(reading) < FAINT:
        limits.append(FAINT_CEILING)
    return min([2.0, *limits])


def _adds_little(reading: Reading) -> bool:
    """Whether the words around a copied stretch name next to nothing that the text did not."""
    known = reading.passage.stems | reading.parent.stems
    return len(set(reading.content) - known) <= ADDED


def _copied_from_passage(reading: Reading) -> bool:
    remark, share = reading.remark, reading.copied_from_text
    copied = share > 0.5 and _little_own(reading) or share > 0.3 and _adds_little(reading)
    again = any(_resembles(reading, text) for text in (remark.quote, remark.parent))
    return copied or again or _reworded(reading)


def _reworded(reading: Reading) -> bool:
    """The passage's own sentence with words swapped: as near in meaning as a copy, in much the same order."""
    near = reading.near.passage or 0.0
    own = " ".join(word.text for word in reading.wording.words)
    return near > 0.85 and fuzz.ratio(own, reading.remark.quote.lower()) > 60


def _copied_from_peer(reading: Reading) -> bool:
    copied = reading.copied_from_peers > 0.5 and _little_own(reading)
    return copied or any(_resembles(reading, text) for text in reading.remark.earlier)


def _gibberish(reading: Reading) -> bool:
    words = [word.text for word in reading.wording.words]
    if not words:
        return False
    random = sum(looks_typed_at_random(word) for word in words)
    unbroken = any(len(word) > 3 and len(set(word)) <= len(word) / 3 for word in words)
    return random > 0.4 * len(words) or (unbroken and reading.english_share < 0.5)


def _off_topic(reading: Reading) -> bool:
    return len(reading.content) >= 3 and _link(reading) < NONE


def _link(reading: Reading) -> float:
    """How near a remark is to its passage or parent; 1 where a word is shared or nothing can be said."""
    known = reading.passage.stems | reading.parent.stems
    if len(reading.passage.words) < ENOUGH_PASSAGE or not reading.content or known & set(reading.content):
        return 1.0
    return max(reading.near.passage or 0.0, reading.near.parent or 0.0)


def _too_short(reading: Reading) -> bool:
    return len(reading.wording.words) < ENOUGH_WORDS
