"""The parts of the reading page that scripts draw, in a language that nobody speaks: no English either."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import LESSON, SELECT, annotate, assign_lesson, sign_in

from . import english
from .pseudo import pseudo
from .test_crawl import KNOWN

pytestmark = pytest.mark.browser
WORDS = "one end is slowed first"
# The lesson's own headings and words, which also stand in the contents and above the threads.
OF_THE_LESSON = [
    *(line.strip("# ") for line in LESSON.read_text().splitlines() if line.startswith("#")),
    WORDS,
]


def said(page: Page) -> list[str]:
    return english.english_in(english.Page(page.content()).said, KNOWN + OF_THE_LESSON)


@pytest.mark.parametrize("name", ["ana", "teacher"])
def test_no_english_while_reading(cast, open_page, address, name):
    assignment = assign_lesson(cast)
    annotate(cast.bob, assignment, WORDS, "Why should it turn", motivation="questioning")
    page = open_page(viewport={"width": 1366, "height": 768})
    sign_in(page, cast.people[name], address)
    page.goto(f"/assignments/{assignment.id}")
    expect(page.get_by_text("Why should it turn").first).to_be_visible()
    assert said(page) == []
    page.keyboard.press("?")
    assert said(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate(SELECT, WORDS)
    bar = page.get_by_role("toolbar", name=pseudo("With these words"))
    expect(bar).to_be_visible()
    assert said(page) == []
    bar.get_by_role("button", name=pseudo("Question")).click()
    expect(page.get_by_role("textbox", name=pseudo("Your question"))).to_be_focused()
    assert said(page) == []
