"""Within the LMS's frame: as high as the page needs, and a way in and out of it by keyboard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
INSIDE = "document.activeElement.tagName === 'IFRAME'"
FOCUSED = "document.activeElement.id || document.activeElement.tagName"


@pytest.mark.lti(row=21)
def test_the_frame_becomes_as_high_as_its_page_and_stays_so(strict_page, site, link):
    link("course")
    frame = site.open(strict_page)
    expect(frame.get_by_role("heading", name="Optics 7B")).to_be_visible()
    strict_page.wait_for_function("window.heard.some((said) => said.subject === 'lti.frameResize')")
    strict_page.wait_for_timeout(1_000)  # time enough to grow for ever, if it did
    heights = [one["height"] for one in strict_page.evaluate("window.heard") if "height" in one]
    needed = frame.locator("html").evaluate("(page) => page.scrollHeight")
    assert heights[-1] == max(needed, 700)
    assert len(heights) < 10, heights


@pytest.mark.lti(row=21)
def test_the_keyboard_comes_into_the_frame_and_out_again(strict_page, site, link):
    link("course")
    frame = site.open(strict_page)
    expect(frame.get_by_role("heading", name="Optics 7B")).to_be_visible()
    keys = strict_page.keyboard
    strict_page.locator("#before").focus()
    keys.press("Tab")
    strict_page.wait_for_function(INSIDE)  # the frame is another process: the focus arrives when it can
    expect(frame.get_by_role("link", name="Skip to the content")).to_be_focused()
    keys.press("Shift+Tab")
    strict_page.wait_for_function(f"({FOCUSED}) === 'before'")
    for _press in range(100):
        keys.press("Tab")
        if strict_page.evaluate(FOCUSED) == "after":
            break
    assert strict_page.evaluate(FOCUSED) == "after"
