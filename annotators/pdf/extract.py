"""Read a PDF by pdfium: the text axis, the page table that the browser's text layer is built from, the
outline.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import pypdfium2 as pdfium
from pypdfium2 import raw

from annotators.errors import ExtractionError
from annotators.pdf.words import Word, words_of
from annotators.text.language import detect_language

MOST_PAGES = 1_500
MAX_LENGTH = 5_000_000
PAGE_BREAK = "\f"
NO_TEXT = "\ufffc"
_MOST_OUTLINE = 2_000
_MAX_THUMBNAIL = 1_600
_LETTER_SIZE = (612.0, 792.0)


@dataclass(frozen=True)
class Page:
    """One page.

    ``width`` and ``height`` are points (1/72 inch) of the page as one sees it. ``start`` and ``end`` bound
    its text on the axis. ``words`` is flat, five whole numbers a word: ``start, x, y, width, height``;
    ``start`` is the offset on the axis, the box counts ten-thousandths of the page's width and height from
    its top left corner. A word ends one before the next one's start (the last at the page's ``end``):
    between two words stands one space, or LF.
    """

    number: int
    width: float
    height: float
    start: int
    end: int
    words: list[int]


@dataclass(frozen=True)
class ExtractedPdf:
    """A PDF: its text, its pages, and its outline as ``{title, level (0…), page (1…)}``."""

    title: str | None
    language: str | None
    text: str
    pages: list[Page]
    outline: list[dict[str, str | int]]
    medium: Literal["pdf"] = "pdf"
    notes: list[dict[str, object]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Return the document as plain JSON."""
        return asdict(self)


def extract(path: Path) -> ExtractedPdf:
    """Read a PDF file; raises ExtractionError with one sentence if that is not possible."""
    with _opened(path) as document:
        pages: list[Page] = []
        texts: list[str] = []
        at = 0
        for number in range(1, len(document) + 1):
            page, text = _page(document, number, at)
            pages.append(page)
            texts.append(text)
            at = page.end + 1
            if at > MAX_LENGTH:
                raise ExtractionError("too_long", {"limit": f"{MAX_LENGTH:,}"})
        text = PAGE_BREAK.join(texts)
        title = " ".join(_clean(document.get_metadata_value("Title")).split())[:200]
        return ExtractedPdf(
            title or None, detect_language(text), text, pages, _outline(document), notes=_notes(pages)
        )


def thumbnail(path: Path, page: int, width: int) -> bytes:
    """Return a page (1…) as a PNG of about this width in pixels."""
    with _opened(path) as document:
        if not 1 <= page <= len(document):
            raise ExtractionError("no_page", {"page": page})
        try:
            shown = document[page - 1]
            across, down = shown.get_size()
            # a page may be a banner: both sides are bounded
            scale = min(min(width, _MAX_THUMBNAIL) / max(across, 1), _MAX_THUMBNAIL / max(down, 1))
            image = shown.render(scale=scale).to_pil()
        except pdfium.PdfiumError as error:
            raise ExtractionError("damaged_pdf") from error
        png = io.BytesIO()
        image.convert("RGB").save(png, "PNG", optimize=True)
        return png.getvalue()


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        protected = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise ExtractionError("password" if protected else "damaged_pdf") from error
    try:
        if len(document) == 0:
            raise ExtractionError("no_pages")
        if len(document) > MOST_PAGES:
            raise ExtractionError("too_many_pages", {"pages": len(document), "limit": MOST_PAGES})
        yield document
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int, start: int) -> tuple[Page, str]:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        # one broken page does not make the others unreadable; it is shown as a page without text
        return Page(number, *_LETTER_SIZE, start, start + 1, []), NO_TEXT
    try:
        width, height = page.get_size()
        text, table = _laid_out(list(words_of(page)), start)
        return Page(number, round(width, 2), round(height, 2), start, start + len(text), table), text
    finally:
        page.close()


def _laid_out(words: list[Word], start: int) -> tuple[str, list[int]]:
    """Join words to a page's text, and note where each begins."""
    if not words:
        return NO_TEXT, []
    parts: list[str] = []
    table: list[int] = []
    at = start
    for word in words:
        parts += [word.text, "\n" if word.ends_line else " "]
        table += [at, word.x, word.y, word.width, word.height]
        at += len(word.text) + 1
    return "".join(parts[:-1]), table


def _outline(document: pdfium.PdfDocument) -> list[dict[str, str | int]]:
    outline: list[dict[str, str | int]] = []
    try:
        for bookmark in document.get_toc(max_depth=6):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            title = " ".join(_clean(bookmark.get_title()).split())[:200]
            if index is not None and 0 <= index < len(document) and title:
                outline.append({"title": title, "level": bookmark.level, "page": index + 1})
            if len(outline) == _MOST_OUTLINE:
                break
    except pdfium.PdfiumError:
        # a broken outline is no reason to refuse the pages
        return outline
    return outline


def _clean(text: str | None) -> str:
    return "".join(letter for letter in text or "" if letter.isprintable())


def _notes(pages: list[Page]) -> list[dict[str, object]]:
    bare = [page.number for page in pages if not page.words]
    if not bare:
        return []
    named = ", ".join(str(number) for number in bare[:20]) + (" …" if len(bare) > 20 else "")
    text = f"These pages have no text (scans): {named}. People can mark areas on them, not words."
    return [{"code": "pages_without_text", "params": {"pages": named, "count": len(bare)}, "text": text}]
