"""TeX formulas as MathML: no script in the browser, and a screen reader can read them."""

import html
import re
from typing import NamedTuple

from latex2mathml.converter import convert
from lxml import etree

_TAG_NAMES = (
    "math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom"
    " mprescripts mroot"
    " mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)
MATH_TAGS = frozenset(_TAG_NAMES.split())
_ATTRIBUTE_NAMES = (
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form height"
    " largeop linethickness lspace mathsize mathvariant maxsize minsize movablelimits notation"
    " rowlines rowspacing"
    " rspace scriptlevel separator stretchy symmetric voffset width"
)
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_LONGEST = 2_000


class Formula(NamedTuple):
    """A formula as HTML, and the text that a browser's ``textContent`` of it gives."""

    html: str
    text: str


def formula(tex: str, *, block: bool) -> Formula:
    """Turn TeX into MathML; what cannot be read is shown as it was written."""
    tree = _tree(tex, block=block)
    if tree is None:
        return Formula(f"<code>{html.escape(tex, quote=False)}</code>", tex)
    return Formula(
        etree.tostring(tree, encoding="unicode", method="html"), "".join(map(str, tree.itertext()))
    )


def _known(tex: str) -> str:
    """Write with the environments that the converter knows."""
    return re.sub(r"\\\\\[[^\]]{0,20}\]", r"\\\\", re.sub(r"\{(?:aligned|split)\}", "{align*}", tex))


def _tree(tex: str, *, block: bool) -> etree._Element | None:
    if len(tex) > _LONGEST:
        return None
    try:
        written = convert(_known(tex), display="block" if block else "inline")
        tree = etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))
    except Exception:
        # the converter raises whatever its tables raise; the formula is then shown as its author wrote it
        return None
    for element in tree.iter():
        if not isinstance(element.tag, str):
            return None
        name = etree.QName(element).localname
        if name not in MATH_TAGS:
            return None
        # without the name space, HTML knows the element by its name alone
        element.tag = name
        for attribute in set(element.attrib) - _ATTRIBUTES:
            del element.attrib[attribute]
    etree.cleanup_namespaces(tree)
    return tree
