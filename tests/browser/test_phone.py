"""Continue on my phone: a computer and a phone side by side."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .reading import assign_lesson, seat, select
from .test_axe import NARROW, RULES, SIZES

pytestmark = pytest.mark.browser
WORDS = "A car that brakes"
PHONE = {"viewport": SIZES["phone"], "is_mobile": True, "has_touch": True}


@pytest.fixture
def lesson(cast):
    return assign_lesson(cast)


@pytest.fixture
def computer(open_page, address, cast, lesson):
    return seat(open_page, address, cast.ana, lesson)


def ask_for_code(page):
    """By the person's menu, with the keyboard."""
    page.get_by_label("Menu of Ana Pires").press("Enter")
    page.get_by_role("button", name="Continue on my phone").first.press("Enter")
    expect(page.get_by_role("status").filter(has_text="The code is ready.")).to_be_visible()
    return page.get_by_role("dialog").locator("code").inner_text()


def test_the_phone_goes_on_with_the_same_reading_and_draft(computer, open_page, lesson):
    select(computer, WORDS)
    computer.get_by_role("button", name="Question", exact=True).click()
    computer.get_by_role("textbox", name="Your question").fill("Why does it bend at all?")
    code = ask_for_code(computer)  # what was typed a moment ago is sent to the server now
    phone = open_page(**PHONE)
    phone.goto("/phone")
    phone.get_by_label("Code").fill(code.lower())
    phone.get_by_role("button", name="Go on").tap()
    phone.get_by_role("button", name="Go on as Ana Pires").tap()
    phone.wait_for_url(f"**/assignments/{lesson.id}")
    phone.get_by_role("button", name="Go on writing").tap()
    expect(phone.get_by_role("textbox", name="Your question")).to_have_value("Why does it bend at all?")
    expect(computer.get_by_text("Your phone has used the code.")).to_be_visible()
    expect(computer.get_by_role("dialog").locator("code")).to_have_count(0)


def test_a_new_code_replaces_the_old_one_and_the_focus_comes_back(computer):
    first = ask_for_code(computer)
    computer.get_by_role("button", name="Make a new code").click()
    expect(computer.get_by_role("dialog").locator("code")).not_to_have_text(first)
    computer.keyboard.press("Escape")
    expect(computer.get_by_role("dialog")).to_have_count(0)
    expect(computer.get_by_label("Menu of Ana Pires")).to_be_focused()


def test_the_button_of_the_reading_opens_it_too(computer):
    computer.locator(".reader-links").get_by_role("button", name="Continue on my phone").click()
    expect(computer.get_by_role("img", name="QR code")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_dialog_and_pages_have_no_violation(open_page, address, cast, lesson, size, scheme):
    page = seat(open_page, address, cast.ana, lesson, viewport=SIZES[size], color_scheme=scheme)
    code = ask_for_code(page)
    _look(page, f"dialog-{size}-{scheme}")
    phone = open_page(viewport=SIZES[size], color_scheme=scheme)
    phone.goto(f"/phone/{code}")
    _look(phone, f"owner-{size}-{scheme}")
    for one in (page, phone):
        one.set_viewport_size(NARROW[size])
        assert one.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _look(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")
    assert Axe().run(page, options=RULES).response["violations"] == []
