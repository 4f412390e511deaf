"""Journeys on a PDF: words by mouse and keyboard, areas of pages without words."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .material import PAGES, assign_pdf
from .reading import annotate, seat

pytestmark = pytest.mark.browser
WORDS = "its speed changes"
AXIS = "\f".join("\n".join(lines) or "\ufffc" for lines in PAGES)


@pytest.fixture
def lesson(cast, tmp_path):
    return assign_pdf(cast, tmp_path)


def opened(page: Page) -> Page:
    expect(page.locator("#page-1[data-painted]")).to_be_visible()
    return page


def only_annotation(person, lesson):
    (one,) = person.get(f"/v1/assignments/{lesson.id}/annotations").json["items"]
    return one, {selector["type"]: selector for selector in one["target"]["selector"]}


def test_the_words_in_the_pages_are_the_text_axis(open_page, address, cast, lesson):
    page = opened(seat(open_page, address, cast.ana, lesson))
    assert (
        page.evaluate("[...document.querySelectorAll('.pdf-words')].map(one => one.textContent).join('')")
        == AXIS
    )


def test_a_word_stands_over_its_picture(open_page, address, cast, lesson):
    page = opened(seat(open_page, address, cast.ana, lesson))
    sheet = page.locator("#page-1").bounding_box()
    word = page.locator("#page-1 .pdf-words span", has_text="Light").bounding_box()
    # 60 points from the left of 595; the first line stands 142 points below the top of 842, in letters of 18
    assert word["x"] - sheet["x"] == pytest.approx(sheet["width"] * 60 / 595, abs=3)
    line = sheet["y"] + sheet["height"] * 142 / 842
    assert word["y"] + 8 < line <= word["y"] + word["height"] < line + 10


def test_a_passage_is_annotated_by_keyboard_alone(open_page, address, cast, lesson):
    page = opened(seat(open_page, address, cast.ana, lesson))
    keys = page.keyboard
    keys.press("n")
    expect(page.get_by_role("application")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    keys.type("Only for an eye in the air.")
    keys.press("Control+Enter")
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("Only for an eye")
    one, selectors = only_annotation(cast.ana, lesson)
    assert selectors["TextQuoteSelector"]["exact"] == "A straw looks broken."
    assert selectors["FragmentSelector"]["value"] == "page=1"
    assert AXIS[slice(*map(int, (one["span"]["start"], one["span"]["end"])))] == "A straw looks broken."


def test_a_drag_takes_the_words_between_and_marks_them_once_posted(open_page, address, cast, lesson):
    page = opened(seat(open_page, address, cast.ana, lesson))
    first = page.locator("#page-1 .pdf-words span", has_text="its").bounding_box()
    last = page.locator("#page-1 .pdf-words span", has_text="changes.").bounding_box()
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 3, last["y"] + last["height"] * 0.7, steps=4)
    page.mouse.move(last["x"] + last["width"] * 0.84, last["y"] + last["height"] * 0.7, steps=2)
    page.mouse.up()
    page.get_by_role("toolbar", name="With these words").get_by_role("button", name="Question").click()
    page.get_by_role("textbox", name="Your question").fill("Why?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Question by You")).to_be_visible()
    _one, selectors = only_annotation(cast.ana, lesson)
    assert selectors["TextQuoteSelector"]["exact"].rstrip(".") == WORDS
    band = page.locator("#page-1 .pdf-paints [data-kind=question]").bounding_box()
    assert band["x"] == pytest.approx(first["x"], abs=4)
    assert band["y"] <= first["y"] + first["height"] / 2 <= band["y"] + band["height"]


def test_a_page_without_words_says_so_and_takes_areas_by_mouse(open_page, address, cast, lesson):
    page = opened(seat(open_page, address, cast.ana, lesson))
    sheet = page.locator("#page-2")
    sheet.evaluate("one => one.scrollIntoView()")
    expect(sheet).to_contain_text("This page has no text")
    box = sheet.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.5, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Comment", exact=True).first.click()
    page.get_by_role("textbox", name="Your comment").fill("This square is grey.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("area on page 2")
    one, selectors = only_annotation(cast.ana, lesson)
    value = selectors["FragmentSelector"]["value"]
    numbers = [float(number) for number in re.findall(r"[\d.]+", value.partition("percent:")[2])]
    assert value.startswith("page=2&xywh=percent:")
    assert numbers == pytest.approx([25, 30, 50, 20], abs=1)
    assert AXIS[int(one["span"]["start"])] == "\ufffc"
    expect(sheet.locator(".pdf-paints [data-region][data-kind=mine]")).to_have_count(1)


def test_an_area_is_marked_by_keyboard_on_any_page(open_page, address, cast, lesson):
    page = opened(seat(open_page, address, cast.ana, lesson))
    page.get_by_role("button", name="Mark an area").press("Enter")
    expect(page.get_by_role("application", name=re.compile("Area on page 1"))).to_be_focused()
    for key in ("ArrowLeft", "Shift+ArrowRight", "q"):
        page.keyboard.press(key)
    page.get_by_role("textbox", name="Your question").fill("What is this?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Question by You")).to_contain_text("area on page 1")
    _one, selectors = only_annotation(cast.ana, lesson)
    assert re.match(r"page=1&xywh=percent:28,[\d.]+,42,15$", selectors["FragmentSelector"]["value"])


def test_signs_lead_to_threads_and_threads_to_their_page(open_page, address, cast, lesson):
    annotate(cast.bob, lesson, "a wave that slows down", "Which wave?", motivation="questioning")
    page = opened(seat(open_page, address, cast.ana, lesson))
    expect(page.get_by_role("article", name="Question by Bob Oduya")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#page-3 .pdf-paints [data-kind=active]")).to_be_in_viewport()
    expect(
        page.get_by_role("button", name=re.compile("1 annotation on: .*a wave that slows"))
    ).to_be_visible()


@pytest.mark.parametrize("look", [(1366, "light"), (1366, "dark"), (390, "light")])
def test_axe_finds_nothing_on_pages(open_page, address, cast, lesson, look):
    width, scheme = look
    annotate(cast.bob, lesson, WORDS, "Compared with what?", motivation="questioning")
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = opened(seat(open_page, address, cast.ana, lesson, **options))
    expect(page.locator(".margin-sign")).to_have_count(1)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
