"""PDFs: words with boxes on the axis, pages, outline, and why some cannot be read."""

import contextlib
from pathlib import Path

import pytest

from annotators.errors import ExtractionError
from annotators.fragments import Box
from annotators.pdf import anchor as pdf_anchor
from annotators.pdf.extract import ExtractedPdf, extract, thumbnail
from annotators.selectors import TextQuoteSelector, dump
from tests.annotators.pdf_files import write_pdf


def words_with_boxes(document: ExtractedPdf, page: int) -> list[tuple[str, int, int, int, int]]:
    """Read the page table as the browser does."""
    table = document.pages[page]
    rows = [table.words[at : at + 5] for at in range(0, len(table.words), 5)]
    ends = [row[0] - 1 for row in rows[1:]] + [table.end]
    return [
        (document.text[start:end], x, y, w, h) for (start, x, y, w, h), end in zip(rows, ends, strict=True)
    ]


def test_words_lines_and_pages_make_the_axis(tmp_path: Path) -> None:
    document = extract(write_pdf(tmp_path / "a.pdf", ["Two words\nnext line", "", "Last"], outline="Start"))
    assert document.text == "Two words\nnext line\f\ufffc\fLast"
    bounds = [(page.number, page.start, page.end) for page in document.pages]
    assert bounds == [(1, 0, 19), (2, 20, 21), (3, 22, 26)]
    assert [word for word, *_ in words_with_boxes(document, 0)] == ["Two", "words", "next", "line"]
    assert document.outline == [{"title": "Start", "level": 0, "page": 1}]
    assert document.notes[0]["params"] == {"pages": "2", "count": 1}


def test_boxes_count_from_the_top_left_of_the_page(tmp_path: Path) -> None:
    document = extract(write_pdf(tmp_path / "a.pdf", ["Two words\nnext"]))
    (_, x, y, width, height), words, below = words_with_boxes(document, 0)
    assert x == pytest.approx(1_000, abs=30)
    assert y + height == pytest.approx(1_250, abs=30)
    assert 300 < width < 800
    assert 100 < height < 300
    assert words[1] > x + width
    assert below[2] == pytest.approx(y + 375, abs=60)


def test_boxes_of_a_turned_page_lie_where_one_sees_them(tmp_path: Path) -> None:
    document = extract(write_pdf(tmp_path / "a.pdf", ["Two words"], rotate=90))
    page = document.pages[0]
    assert (page.width, page.height) == (800, 600)
    (_, x, y, width, height), (_, _, lower, _, _) = words_with_boxes(document, 0)
    # turned clockwise, a line runs down near the right edge
    assert x + width == pytest.approx(8_750 + 180, abs=120)
    assert height > width
    assert lower > y


def test_a_thumbnail_is_a_png_of_the_width_asked_for(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["Two words"])
    png = thumbnail(path, 1, 150)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == 150
    assert int.from_bytes(png[20:24]) == 200
    with pytest.raises(ExtractionError, match="no page 2"):
        thumbnail(path, 2, 150)


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="1501 pages"):
        extract(write_pdf(tmp_path / "a.pdf", ["a"] * 1_501))


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"%PDF-1.4 nothing", "damaged_pdf"), (b"", "damaged_pdf")],
)
def test_a_damaged_pdf_says_so(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(ExtractionError) as caught:
        extract(path)
    assert caught.value.code == code


def test_every_cut_of_a_pdf_is_read_or_refused(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "a.pdf", ["Two words", "more"]).read_bytes()
    path = tmp_path / "cut.pdf"
    for length in range(0, len(whole), 37):
        path.write_bytes(whole[:length])
        with contextlib.suppress(ExtractionError):
            assert extract(path).pages


def test_a_passage_names_its_page_and_is_found_again(tmp_path: Path) -> None:
    document = extract(write_pdf(tmp_path / "a.pdf", ["Two words", "Last page"]))
    start = document.text.index("page")
    selectors = pdf_anchor.describe(document.text, start, start + 4)
    assert dump(selectors)[-1]["value"] == "page=2"
    found = pdf_anchor.anchor(document.text, selectors)
    assert found is not None
    assert (*found.span, found.how) == (start, start + 4, "exact")


def test_a_rectangle_has_the_span_of_its_page() -> None:
    text = "one\f\ufffc\fthree"
    found = pdf_anchor.anchor(text, pdf_anchor.describe_region(2, Box(10, 10, 50, 20)))
    assert found is not None
    assert tuple(found.span) == (4, 5)
    assert pdf_anchor.anchor(text, pdf_anchor.describe_region(4, Box(10, 10, 50, 20))) is None


def test_words_that_are_gone_do_not_fall_back_to_their_page() -> None:
    gone = TextQuoteSelector(exact="nowhere to be seen")
    selectors = [gone, *pdf_anchor.describe_region(1, Box(0, 0, 1, 1))]
    assert pdf_anchor.anchor("one\ftwo", selectors) is None
