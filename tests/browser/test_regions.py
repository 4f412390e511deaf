"""Areas on the picture of a film: drawn by mouse and by touch, moved by keyboard, shown at their moment."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .material import CUES, assign_film
from .reading import seat
from .test_video import fragments, opened, until

pytestmark = pytest.mark.browser
BOX = re.compile(r"t=[\d.]+&xywh=percent:([\d.]+),([\d.]+),([\d.]+),([\d.]+)")


@pytest.fixture
def film(cast, tmp_path):
    return assign_film(cast, tmp_path, CUES)


def corners(page: Page) -> tuple[float, float, float, float]:
    """The picture in the window: left, top, width, height."""
    box, before = page.locator(".picture-areas").bounding_box(), None
    while box != before:  # the page may still be gliding to the picture
        page.wait_for_timeout(200)
        box, before = page.locator(".picture-areas").bounding_box(), box
    assert box
    return box["x"], box["y"], box["width"], box["height"]


def the_box(person, film) -> list[float]:
    ((_span, selectors),) = fragments(person, film)
    found = BOX.fullmatch(selectors[0]["value"])
    assert found, selectors
    return [float(number) for number in found.groups()]


def write(page: Page) -> None:
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    page.keyboard.type("What is this?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("area of the picture")


def test_an_area_is_drawn_with_the_mouse_and_shown_at_its_moment(open_page, address, cast, film):
    page = opened(seat(open_page, address, cast.ana, film))
    page.get_by_role("button", name="Mark an area").click()
    left, top, width, height = corners(page)
    page.mouse.move(left + 0.25 * width, top + 0.2 * height)
    page.mouse.down()
    page.mouse.move(left + 0.75 * width, top + 0.6 * height, steps=4)
    page.mouse.up()
    assert page.evaluate("document.querySelector('video').paused")
    page.locator(".selection-bar").get_by_role("button", name="Comment").click()
    write(page)
    assert the_box(cast.ana, film) == pytest.approx([25, 20, 50, 40], abs=1)
    region = page.get_by_role("button", name=re.compile("Thread on an area"))
    expect(region).to_be_visible()
    shown = region.bounding_box()
    assert shown["x"] == pytest.approx(left + 0.25 * width, abs=4)
    assert shown["width"] == pytest.approx(0.5 * width, abs=8)
    region.click()
    expect(page.locator(".thread[data-active]")).to_contain_text("What is this?")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_an_area_is_made_by_keyboard_alone(open_page, address, cast, film):
    page = opened(seat(open_page, address, cast.ana, film))
    page.get_by_role("button", name="Mark an area").press("Enter")
    expect(page.locator(".drawn-area")).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    write(page)
    assert the_box(cast.ana, film) == pytest.approx([34, 40, 40, 17], abs=0.1)


def test_an_area_is_drawn_with_a_finger(open_page, address, cast, film):
    page = opened(
        seat(open_page, address, cast.ana, film, has_touch=True, viewport={"width": 390, "height": 844})
    )
    page.get_by_role("button", name="Mark an area").tap()
    left, top, width, height = corners(page)
    finger = page.context.new_cdp_session(page)
    path = [(0.1, 0.1), (0.3, 0.3), (0.6, 0.5), (0.6, 0.5)]
    for kind, (x, y) in zip(("touchStart", *["touchMove"] * 3), path, strict=True):
        # A stroke that ends in flight is a fling, and the tap after it only stops that.
        page.wait_for_timeout(150)
        at = {"x": left + x * width, "y": top + y * height}
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.locator(".selection-bar").get_by_role("button", name="Comment").tap()
    write(page)
    assert the_box(cast.ana, film) == pytest.approx([10, 10, 50, 40], abs=2)


def test_others_see_the_area_only_around_its_moment(open_page, address, cast, film):
    draft = {
        "body": "Look",
        "target": {"selector": {"type": "FragmentSelector", "value": "t=2.5&xywh=percent:10,10,30,30"}},
    }
    assert cast.bob.post(f"/v1/assignments/{film.id}/annotations", json=draft).status_code == 201
    page = opened(seat(open_page, address, cast.ana, film))
    region = page.get_by_role("button", name=re.compile("Thread on an area"))
    expect(page.get_by_role("article", name=re.compile("Bob"))).to_be_visible()
    expect(region).to_have_count(0)
    page.evaluate("document.querySelector('video').currentTime = 2.6")
    until(page, "document.querySelector('.picture-region') !== null")
    expect(region).to_be_visible()
