"""Make other people's HTML harmless, and cut it so that a browser sees exactly the text that we store.

nh3 (the parser that browsers' rules describe) removes what is not allowed; it runs until its output no longer
changes, so that a browser reading it builds the same tree. Then one pass over the tags gives every block that
holds words a stable id, turns pictures that stay away into their captions, and collects the text.
"""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import nh3

from annotators.errors import ExtractionError
from annotators.text.mathml import MATH_TAGS, Formula

FORMULA_TAG = "fw-formula"
"""Stands for a formula of our own making while nh3 runs: ``<fw-formula n="3"></fw-formula>``."""

_BLOCK_NAMES = (
    "address article aside blockquote caption dd details div dl dt fieldset figcaption figure"
    " footer h1 h2 h3 h4"
    " h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE_NAMES = (
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small"
    " span strong sub"
    " sup time u var wbr col colgroup"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_TAGS = set(BLOCKS | _INLINE | MATH_TAGS | {FORMULA_TAG}) - {"fieldset"}
_GONE_NAMES = (
    "script style noscript template iframe frame frameset noframes object embed applet svg canvas audio video"
    " textarea select option button form input title head annotation annotation-xml"
)
_GONE = set(_GONE_NAMES.split())
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "class"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "ol": {"start", "reversed", "type"},
    "time": {"datetime"},
    "math": {"display"},
    "mo": {"stretchy", "fence", "form"},
    "mi": {"mathvariant"},
    "mtd": {"columnalign"},
    "mtable": {"columnalign"},
    FORMULA_TAG: {"n"},
}
_ID_PREFIX = "doc-"
_SAFE_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")
_TOKEN = re.compile(
    r'<(?P<close>/?)(?P<tag>[a-z][^\s>/]*)(?P<rest>(?:[^">]|"[^"]*")*)>|(?P<text>[^<]+)', re.I
)
_ATTRIBUTE = re.compile(r'([^\s="]+)="([^"]*)"')
_MOST_ROUNDS = 6
_MOST_TAGS = 300_000


@dataclass(frozen=True)
class Sanitised:
    """Harmless HTML, and the text that a browser's ``textContent`` of it gives."""

    html: str
    text: str


def sanitise(source: str, formulas: Sequence[Formula] = ()) -> Sanitised:
    """Return what may be shown of ``source``; ``formulas`` fill the places that ``FORMULA_TAG`` keeps."""
    clean = _stable(source)
    cutter = _Cutter(formulas)
    at = 0
    for count, match in enumerate(_TOKEN.finditer(clean)):
        if count > _MOST_TAGS:
            raise ExtractionError("too_large", {"limit": f"{_MOST_TAGS:,} tags"})
        if match.start() != at:
            raise ExtractionError("damaged_page")
        at = match.end()
        cutter.take(match)
    if at != len(clean):
        raise ExtractionError("damaged_page")
    return cutter.finish()


def _stable(source: str) -> str:
    """Clean until parsing and writing change nothing more; what never settles loses its tags."""
    clean = source
    for _ in range(_MOST_ROUNDS):
        before, clean = clean, re.sub(r"(<pre\b[^>]*>)\n+", r"\1", _CONTROLS.sub("", _clean(clean, _TAGS)))
        if clean == before:
            return clean
    return f"<p>{_CONTROLS.sub('', _clean(clean, set()))}</p>"


def _clean(source: str, tags: set[str]) -> str:
    return nh3.clean(
        source,
        tags=tags,
        clean_content_tags=_GONE,
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag == "*" or tag in tags},
        attribute_filter=_attribute,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "mailto", "data"},
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if _SAFE_IMAGE.fullmatch(value) else None
    if name == "href":
        if value.startswith("#"):
            return "#" + _prefixed(value[1:])
        return value if _SAFE_LINK.match(value) else None
    # an id of the page's own could be mistaken for one of the application's
    return _prefixed(value) if name in {"id", "headers"} else value


def _prefixed(name: str) -> str:
    return name if name.startswith(_ID_PREFIX) else _ID_PREFIX + name


@dataclass
class _Open:
    """A block whose end has not come: its tag, where its start tag lies, the words right in it."""

    tag: str
    piece: int
    words: list[str] = field(default_factory=list)


class _Cutter:
    """One pass over clean HTML; keeps the pieces to write and the text."""

    def __init__(self, formulas: Sequence[Formula]) -> None:
        self._formulas = formulas
        self._pieces: list[str] = ["<div>"]
        self._text: list[str] = []
        self._open = [_Open("", 0)]
        self._seen: Counter[str] = Counter()
        self._formula_depth = 0

    def take(self, token: re.Match[str]) -> None:
        tag = (token["tag"] or "").lower()
        if not tag:
            # white space between the parts of a formula means nothing, and pages are full of it
            written = " ".join(token["text"].split()) if self._formula_depth else token["text"]
            self._say(html.unescape(written))
            self._pieces.append(written)
        elif tag == FORMULA_TAG:
            self._formula(token)
        elif tag == "img":
            self._picture(token)
        elif token["close"]:
            self._formula_depth -= tag == "math"
            self._pieces.append(token[0])
            self._close(tag)
        else:
            self._formula_depth += tag == "math"
            if tag in BLOCKS:
                self._open.append(_Open(tag, len(self._pieces)))
            self._pieces.append(token[0])

    def finish(self) -> Sanitised:
        while len(self._open) > 1:
            self._close(self._open[-1].tag)
        self._close("")
        # words outside any block get one around everything
        whole = "".join(self._pieces)
        bare = whole.removeprefix("<div>")
        return Sanitised(bare if bare != whole else whole + "</div>", "".join(self._text))

    def _say(self, words: str) -> None:
        self._text.append(words)
        self._open[-1].words.append(words)

    def _close(self, tag: str) -> None:
        if self._open[-1].tag != tag:
            return
        block = self._open.pop()
        words = " ".join("".join(block.words).split())
        if words:
            name = "b" + hashlib.blake2s(words.encode(), digest_size=5).hexdigest()
            self._seen[name] += 1
            again = f"-{self._seen[name]}" if self._seen[name] > 1 else ""
            start = self._pieces[block.piece]
            self._pieces[block.piece] = f'{start[:-1]} data-block="{name}{again}">'

    def _formula(self, token: re.Match[str]) -> None:
        number = dict(_ATTRIBUTE.findall(token["rest"])).get("n", "")
        known = number.isdecimal() and len(number) <= 30 and int(number) < len(self._formulas)
        if token["close"] or not known:
            return
        formula = self._formulas[int(number)]
        self._pieces.append(formula.html)
        self._say(formula.text)

    def _picture(self, token: re.Match[str]) -> None:
        attributes = dict(_ATTRIBUTE.findall(token["rest"]))
        look = attributes.pop("class", "")
        if attributes.get("src"):
            self._pieces.append(
                "<img" + "".join(f' {key}="{value}"' for key, value in attributes.items()) + ">"
            )
        elif attributes.get("alt") and "math-fallback" not in look:
            # the formula itself stands beside such a fallback; other pictures leave what they show in words
            self._pieces.append(f'<span class="picture-alt">{_escaped(attributes["alt"])}</span>')
            self._say(html.unescape(attributes["alt"]))


def _escaped(attribute: str) -> str:
    return html.escape(html.unescape(attribute), quote=False)
