"""Whether a text is in a language that the models know (English), told without any outside service.

A dictionary, the small words of the neighbours' languages and the script are enough for what matters here:
not to rate a text that the models cannot read.
"""

import unicodedata

from scoring.reading import Reading

MIN_WORDS = 2

_FOREIGN_SMALL_WORDS = frozenset(
    """ich nicht und das ist wir sie der die ein eine auf für mit warum wie auch aber wenn dass sind wird habe kann
    je ne pas le la les des est une un pourquoi comment dans avec mais nous vous c'est qu'est que qui sur pour
    el los las una por qué cómo pero porque esto eso muy con para más es en lo no se del al yo
    il gli che perché non sono della nel questo come anche però di è ho
    o os uma não porque isso muito também mas então eu você do da em
    het een niet waarom hoe dat ik wij van zijn met maar ook
    och inte det att jag varför hur som är på ikke jeg hvorfor og
    nie jest dlaczego jak się że czy to co ale bir bu ne için neden değil ve çok
    tidak yang dan ini itu apa mengapa kenapa saya hindi ang bakit ako ng sa""".split()
)
_SHARED_WITH_ENGLISH = frozenset("a an i in on is as me no to he be do die con o so an is war was also men will all him the".split())
_FOREIGN = _FOREIGN_SMALL_WORDS - _SHARED_WITH_ENGLISH


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
    latin = sum(unicodedata.name(character, "").startswith(("LATIN", "GREEK", "MATHEMATICAL")) for character in letters)
    return bool(letters) and latin < 0.6 * len(letters)
