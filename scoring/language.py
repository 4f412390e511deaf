"""Whether a text is in a language that the models know (English), told without any outside service.

A dictionary, the small words of the neighbours' languages and the script are enough for what matters here:
not to rate a text that the models cannot read.
"""

import unicodedata

from scoring.lexicon import words_in
from scoring.reading import Reading

MIN_WORDS = 2

_FOREIGN = words_in("foreign")  # small words of the languages met most often, none of them English too


def is_unknown(reading: Reading) -> bool:
    """Whether the models cannot read this remark's language."""
    words = [word.text for word in reading.wording.words if word.text.isalpha() or "'" in word.text]
    if _other_script(reading.wording.text):
        return True
    if len(words) < MIN_WORDS:
        return False
    foreign = sum(word in _FOREIGN or not word.isascii() for word in words) / len(words)
    english = reading.english_share
    if english >= 0.85 and foreign < 0.3:
        return False
    declared = bool(reading.remark.language) and not reading.remark.language.lower().startswith("en")
    return foreign > 0.12 and english < 0.75 or (declared and english < 0.6)


def _other_script(text: str) -> bool:
    letters = [character for character in text[:2000] if character.isalpha()]
    latin = sum(
        unicodedata.name(character, "").startswith(("LATIN", "GREEK", "MATHEMATICAL"))
        for character in letters
    )
    return bool(letters) and latin < 0.6 * len(letters)
