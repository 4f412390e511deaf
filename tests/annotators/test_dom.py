"""Selections and ranges in a real page, also one whose words a translation has replaced."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from annotators.selectors import SELECTORS
from annotators.text.anchor import anchor
from annotators.text.extract import extract

pytestmark = pytest.mark.browser

LESSON = (
    "# Licht 😀\n\nLight *bends* when it **enters** glass. 👩‍👩‍👧 stands by.\n\n- one thing\n-"
    " another thing\n\n"
    "| a | b |\n|---|---|\n| 1 | x₂ |\n\n$$\\frac{a}{b}$$\n\nThe cat sat. The cat sat.\n"
)
SETUP = """async () => {
  window.dom = await import('/text/dom.ts');
  window.page = new dom.PageText(document.getElementById('document'));
}"""
EVERY_SPAN = """() => {
  const failures = [];
  const length = page.text.length;
  for (let start = 0; start < length; start += 1) {
    for (const size of [1, 2, 5, 17, 60]) {
      const end = Math.min(length, start + size);
      const words = page.text.slice(start, end);
      const placed = dom.rangeOf(page, {start, end});
      if (!placed || placed.range.toString() !== words) { failures.push(['range', start, end]); continue; }
      if (!words.trim()) continue;
      const back = dom.spanOf(page, placed.range);
      const lead = Array.from(words.slice(0, words.indexOf(words.trim()))).length;
      if (!back || back.start !== start + lead || page.text.slice(back.start, back.end) !== words.trim())
        failures.push(['span', start, end, back]);
    }
  }
  return failures;
}"""
INSERT = """() => {
  for (const block of document.querySelectorAll('[data-block]')) {
    const badge = document.createElement('button');
    badge.setAttribute('data-fw-skip', '');
    badge.innerHTML = '<b>3</b> annotations';
    block.prepend(badge);
    block.append(badge.cloneNode(true));
  }
}"""
TRANSLATE = """() => {
  for (const node of [...dom.textNodes(document.getElementById('document'))]) {
    if (!node.data.trim()) continue;
    const font = document.createElement('font');
    font.textContent = node.data.replace(/[a-z]+/gi, 'wort') + ' mehr';
    node.replaceWith(font);
  }
}"""


def select(page: Page, words: str) -> list[dict[str, object]]:
    """Select words as a reader would, and return what the browser describes."""
    return page.evaluate(
        """(words) => {
          const at = page.text.toPoints(page.text.units.indexOf(words));
          const { range } = dom.rangeOf(page, {start: at, end: at + Array.from(words).length});
          return dom.describeRange(page, range);
        }""",
        words,
    )


def test_browser_and_server_agree_on_every_offset(show: Callable[[str], Page]) -> None:
    lesson = extract(LESSON.encode(), "markdown")
    page = show(lesson.html)
    page.evaluate(SETUP)
    assert page.evaluate("page.text.units") == lesson.text
    assert page.evaluate("page.text.length") == len(lesson.text)
    assert page.evaluate(EVERY_SPAN) == []


def test_inserted_interface_is_not_part_of_the_text(show: Callable[[str], Page]) -> None:
    lesson = extract(LESSON.encode(), "markdown")
    page = show(lesson.html)
    page.evaluate(SETUP)
    page.evaluate(INSERT)
    assert page.evaluate("page.rewritten") is False
    assert page.evaluate("new dom.PageText(page.root).text.units") == lesson.text
    described = select(page, "enters glass")
    found = anchor(lesson.text, SELECTORS.validate_python(described))
    assert found is not None
    assert found.how == "exact"
    assert lesson.text[int(found.span.start) : int(found.span.end)] == "enters glass"


def test_a_selection_names_its_block(show: Callable[[str], Page]) -> None:
    page = show(extract(LESSON.encode(), "markdown").html)
    page.evaluate(SETUP)
    block = page.locator("li", has_text="another").get_attribute("data-block")
    assert {"type": "CssSelector", "value": f"#{block}"} in select(page, "another thing")


def test_a_translated_page_still_shows_the_paragraph(show: Callable[[str], Page]) -> None:
    page = show(extract(LESSON.encode(), "markdown").html)
    page.evaluate(SETUP)
    described = select(page, "enters glass")
    page.evaluate(TRANSLATE)
    assert page.evaluate("page.rewritten") is True
    placed = page.evaluate(
        "(selectors) => { const p = dom.placeOf(page, selectors); return [p.how, p.range.toString()]; }",
        described,
    )
    assert placed[0] == "block"
    assert placed[1].startswith("wort")
    assert "wort. 👩‍👩‍👧" in placed[1].replace(" mehr", "")


def test_a_selection_in_a_translated_page_attaches_to_the_original_block(show: Callable[[str], Page]) -> None:
    lesson = extract(LESSON.encode(), "markdown")
    page = show(lesson.html)
    page.evaluate(SETUP)
    page.evaluate(TRANSLATE)
    described = page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector('li font'));
          return dom.describeRange(page, range);
        }"""
    )
    found = anchor(lesson.text, SELECTORS.validate_python(described))
    assert found is not None
    assert lesson.text[int(found.span.start) : int(found.span.end)] == "one thing"


def test_a_selection_outside_the_document_is_nothing(show: Callable[[str], Page]) -> None:
    page = show("<p>words</p>")
    page.evaluate(SETUP)
    outside = (
        "() => { const r = document.createRange(); r.setStart(document.body, 0); r.collapse(); return r; }"
    )
    assert page.evaluate(f"() => dom.describeRange(page, ({outside})())") is None
