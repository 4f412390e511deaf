"""A browser that keeps no cookie of a frame at all: the LMS's storage and a token in memory, else a window."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import SELECT

pytestmark = pytest.mark.browser
WORDS = "A car that brakes"


def begin_a_question(place, words):
    """Select words, ask about them, and wait until the server has the draft."""
    expect(place.locator(".thread-panel")).to_be_visible()
    place.locator("#fw-document").evaluate(f"(_document, words) => ({SELECT})(words)", WORDS)
    place.get_by_role("button", name="Question", exact=True).click()
    place.get_by_role("textbox", name="Your question").fill(words)
    expect(place.get_by_text("draft safe on the server")).to_be_visible()


@pytest.mark.lti(row=17)
@pytest.mark.lti(row=18)
def test_the_lms_storage_lets_in_and_a_draft_survives(strict_page, site, reading, no_cookies_in_frames):
    site.keeps_values = True
    frame = site.open(strict_page)
    expect(frame.get_by_text("A car that brakes does not leave the road.")).to_be_visible()
    subjects = {said.get("subject") for said in strict_page.evaluate("window.heard")}
    assert "lti.get_data" in subjects
    assert not [one for one in strict_page.context.cookies() if "foreword" in one["name"]]
    begin_a_question(frame, "Why does it bend at all?")
    again = site.open(strict_page)
    again.get_by_role("button", name="Go on writing").click()
    expect(again.get_by_role("textbox", name="Your question")).to_have_value("Why does it bend at all?")
    again.get_by_role("button", name="Post").click()
    expect(again.get_by_role("article", name="Question by You")).to_contain_text("Why does it bend at all?")


@pytest.mark.lti(row=17)
def test_one_goes_from_page_to_page_in_the_frame(strict_page, site, link, no_cookies_in_frames):
    link("course")
    site.keeps_values = True
    frame = site.open(strict_page)
    frame.get_by_role("link", name="Refraction").first.click()
    expect(frame.get_by_text("A car that brakes does not leave the road.")).to_be_visible()


@pytest.mark.lti(row=19)
def test_without_any_storage_a_window_opens_and_a_draft_survives(
    strict_page, site, reading, no_cookies_in_frames
):
    frame = site.open(strict_page)
    button = frame.get_by_role("button", name="Open in a new window")
    with strict_page.context.expect_page() as opened:
        button.click()
    window = opened.value
    expect(window.get_by_text("A car that brakes does not leave the road.")).to_be_visible()
    begin_a_question(window, "Is water a lens?")
    window.close()
    with strict_page.context.expect_page() as opened:
        button.click()
    opened.value.get_by_role("button", name="Go on writing").click()
    expect(opened.value.get_by_role("textbox", name="Your question")).to_have_value("Is water a lens?")


@pytest.mark.lti(row=17)
def test_a_phone_goes_on_from_a_frame_without_cookies(
    strict_page, open_page, site, reading, no_cookies_in_frames
):
    site.keeps_values = True
    frame = site.open(strict_page)
    expect(frame.locator(".thread-panel")).to_be_visible()
    frame.locator(".reader-links").get_by_role("button", name="Continue on my phone").click()
    code = frame.get_by_role("dialog").locator("code").inner_text()
    phone = open_page(viewport={"width": 390, "height": 844})
    phone.goto(f"/phone/{code}")
    phone.get_by_role("button", name="Go on as Ana Pires").click()
    expect(phone.get_by_text("A car that brakes does not leave the road.")).to_be_visible()
