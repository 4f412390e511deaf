"""Formulas of saved web pages: taken out before anything can lose their parts, put back afterwards."""

import html
import re

from annotators.text.mathml import Formula, formula
from annotators.text.sanitise import FORMULA_TAG

# MathML as Wikipedia and others write it, and the elements of Distill's articles
_FORMULA = re.compile(
    r"<math\b(?:(?!</math).){0,50000}</math\s*>"
    r"|<(?P<tag>dt-math|d-math)\b[^>]*>(?P<own>[^<]{1,2000})</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_ANNOTATION = re.compile(r"""<annotation\b[^>]*x-tex["'][^>]*>([^<]{1,2000})</annotation""", re.IGNORECASE)


def lift_formulas(source: str) -> tuple[str, list[Formula]]:
    """Take out the formulas whose TeX a page carries, so that nothing can lose their parts on the way.

    Returns the page with a sign in each place (two letters that no text uses, and a number between them, long
    enough for what drops short paragraphs not to drop it), and the formulas.
    """
    formulas: list[Formula] = []

    def lift(match: re.Match[str]) -> str:
        tex = match["own"] or (_ANNOTATION.search(match[0]) or {1: None})[1]
        if tex is None:
            return match[0]
        block = re.search(r"^<[^>]*\bblock\b", match[0]) is not None
        formulas.append(formula(html.unescape(tex).strip(), block=block))
        return f"\ue000{len(formulas) - 1:030}\ue001"

    lifted = _FORMULA.sub(lift, re.sub("[\ue000\ue001]", "", source))
    # Wikipedia hides its MathML behind a picture of it; here it stands for both
    return re.sub(r'\sstyle="display:\s*none;?"(?=>\ue000)', "", lifted), formulas


def lower_formulas(source: str) -> str:
    """Put an element that ``sanitise`` fills with its formula in the place of each sign."""
    return re.sub("\ue000([0-9]{30})\ue001", rf'<{FORMULA_TAG} n="\1"></{FORMULA_TAG}>', source)
