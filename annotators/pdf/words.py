"""The words of one PDF page with their boxes, in the order in which pdfium reads them."""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

UNIT = 10_000
"""Boxes count ten-thousandths of the page's width and height, origin top left, the page as one sees it."""

MOST_CHARACTERS = 200_000
"""Of one page; more is an attack or a drawing."""

_SOFT_HYPHEN_BREAK = 0x02
_NOT_TEXT = frozenset({0, 0xFFFE, 0xFFFF})


class Word(NamedTuple):
    """A word, its box, and whether it ends a line."""

    text: str
    x: int
    y: int
    width: int
    height: int
    ends_line: bool


class _Letter(NamedTuple):
    text: str
    box: tuple[float, float, float, float] | None


def words_of(page: pdfium.PdfPage) -> Iterator[Word]:
    """Yield a page's words: what stands between white space, lines as pdfium breaks them."""
    letters: list[_Letter] = []
    for letter in _letters(page):
        if not letter.text.isspace():
            letters.append(letter)
            continue
        if letters:
            yield _word(page, letters, ends_line=letter.text == "\n")
            letters = []
    if letters:
        yield _word(page, letters, ends_line=True)


def _letters(page: pdfium.PdfPage) -> Iterator[_Letter]:
    text_page = page.get_textpage()
    try:
        half = 0
        for index in range(min(text_page.count_chars(), MOST_CHARACTERS)):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if code in _NOT_TEXT:
                continue
            if 0xD800 <= code < 0xDC00:
                half = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00) if half else 0xFFFD
            half = 0
            yield from _letter(code, _box(text_page, index))
    finally:
        text_page.close()


def _letter(code: int, box: tuple[float, float, float, float] | None) -> Iterator[_Letter]:
    if code == _SOFT_HYPHEN_BREAK:
        # pdfium's sign for “this word goes on in the next line”
        yield _Letter("-", box)
        yield _Letter("\n", None)
    elif code in {0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029}:
        yield _Letter("\n", None)
    elif code >= 0x20 and code != 0x7F and code <= 0x10FFFF:
        yield _Letter(chr(code), box)


def _box(text_page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    if not found or right.value <= left.value or top.value <= bottom.value:
        return None
    return left.value, bottom.value, right.value, top.value


def _word(page: pdfium.PdfPage, letters: list[_Letter], *, ends_line: bool) -> Word:
    text = "".join(letter.text for letter in letters)
    boxes = [letter.box for letter in letters if letter.box]
    if not boxes:
        return Word(text, 0, 0, 0, 0, ends_line)
    corner = _seen(page, min(box[0] for box in boxes), min(box[1] for box in boxes))
    other = _seen(page, max(box[2] for box in boxes), max(box[3] for box in boxes))
    left, right = sorted((corner[0], other[0]))
    top, bottom = sorted((corner[1], other[1]))
    return Word(text, left, top, right - left, bottom - top, ends_line)


def _seen(page: pdfium.PdfPage, x: float, y: float) -> tuple[int, int]:
    """Turn a point of the PDF's own space into one of the page as it is shown: cropped and turned."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, UNIT, UNIT, 0, x, y, across, down)
    return min(max(across.value, 0), UNIT), min(max(down.value, 0), UNIT)
