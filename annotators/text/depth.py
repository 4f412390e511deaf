"""How deep a page's elements lie inside each other, by a look at its tags, before any parser has to find out.

HTML's rules make a parser look through all open elements again and again: the time grows with the square
of the depth, and a page of a hundred thousand nested boxes would hold a machine for half a minute.
"""

import re

_TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)[^<>]*?(/?)>", re.IGNORECASE)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements that end at once, or when the next one of their kind begins, do not pile up.
_ENDS_BY_ITSELF = _words(
    "area base br col colgroup dd dt embed hr img input li link meta optgroup option p param rp rt "
    "source tbody td tfoot th thead tr track wbr"
)
_FOREIGN = _words("svg math")
# Inside drawings and formulas the rules of HTML hold again in these.
_HTML_AGAIN = _words("foreignobject desc title annotation-xml")
# These end a drawing or a formula that is still open (HTML standard, 13.2.6.5); those that pile up.
_BREAKS_OUT = _words(
    "b big blockquote body center code div dl em font h1 h2 h3 h4 h5 h6 head i listing menu nobr ol pre ruby "
    "s small span strike strong sub sup table tt u ul var"
)


def depth(source: str) -> int:
    """How many elements are open at once, at most. Never less than a parser finds, but for tags it repairs."""
    count = _Count()
    for close, tag, empty in _TAG.findall(source):
        count.take(tag.lower(), closes=bool(close), is_empty=bool(empty))
    return count.deepest


class _Count:
    """Open elements, and which drawings, formulas and HTML inside them they are in."""

    def __init__(self) -> None:
        self.open = self.deepest = 0
        self._inside: list[str] = []

    def take(self, tag: str, *, closes: bool, is_empty: bool) -> None:
        """One tag more."""
        if tag in _ENDS_BY_ITSELF:
            return
        if closes:
            self.open = max(0, self.open - 1)
            if self._inside and self._inside[-1] == tag:
                self._inside.pop()
            return
        self._break_out(tag)
        # Only drawings and formulas have elements that are empty because of a slash; HTML ignores it.
        if is_empty and self._is_foreign:
            return
        self.open += 1
        self.deepest = max(self.deepest, self.open)
        if tag in _FOREIGN or (tag in _HTML_AGAIN and self._is_foreign):
            self._inside.append(tag)

    @property
    def _is_foreign(self) -> bool:
        return bool(self._inside) and self._inside[-1] in _FOREIGN

    def _break_out(self, tag: str) -> None:
        while tag in _BREAKS_OUT and self._is_foreign:
            self._inside.pop()
