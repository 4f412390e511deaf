"""Journeys on a video: moments by keyboard, lines of the transcript, what was really played."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.core.db import session
from app.documents.models import Document

from .material import CUES, SECONDS, assign_film
from .reading import seat, sign_in

pytestmark = pytest.mark.browser
TIME = "document.querySelector('video').currentTime"


@pytest.fixture
def film(cast, tmp_path):
    return assign_film(cast, tmp_path, CUES)


def until(page: Page, true: str) -> None:
    """Wait for something that no element shows. (The page forbids Playwright's own way, which is eval.)"""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {true}")


def opened(page: Page) -> Page:
    until(page, "document.querySelector('video')?.readyState >= 2")
    return page


def fragments(person, film):
    items = person.get(f"/v1/assignments/{film.id}/annotations").json["items"]
    return [(one["span"], one["target"]["selector"]) for one in items]


def test_a_moment_is_annotated_by_keyboard_and_typing_pauses(open_page, address, cast, film):
    page = opened(seat(open_page, address, cast.ana, film))
    keys = page.keyboard
    keys.press(" ")
    until(page, f"{TIME} > 0.4")
    keys.press("c")
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    assert page.evaluate("document.querySelector('video').paused")
    at = page.evaluate(TIME)
    keys.type("It only looks so.")
    keys.press("Control+Enter")
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("00:0")
    ((span, selectors),) = fragments(cast.ana, film)
    assert span["start"] == pytest.approx(at, abs=0.3)
    assert [selector["type"] for selector in selectors] == ["FragmentSelector"]


def test_a_passage_is_set_by_keys_and_its_ends_move_by_arrows(open_page, address, cast, film):
    page = opened(seat(open_page, address, cast.ana, film))
    page.keyboard.press("i")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    end = page.get_by_role("slider", name="End of the passage")
    end.press("ArrowLeft")
    end.press("ArrowLeft")
    page.get_by_role("button", name="Question here").press("Enter")
    page.get_by_role("textbox", name="Your question").fill("What happens here?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Question by You")).to_be_visible()
    ((span, _selectors),) = fragments(cast.ana, film)
    assert [span["start"], span["end"]] == pytest.approx([0, SECONDS - 1], abs=0.1)


def test_the_transcript_is_searched_leads_to_its_moments_and_its_words_are_annotated(
    open_page, address, cast, film
):
    page = opened(seat(open_page, address, cast.ana, film))
    page.get_by_role("button", name="Transcript").click()
    page.get_by_role("searchbox", name="Search in the transcript").fill("broken")
    expect(page.locator(".cue")).to_have_count(1)
    page.get_by_role("button", name="Go to 00:01").click()
    until(page, f"{TIME} >= 1")
    page.evaluate(
        """() => {
          const words = document.querySelector(".cue-words").firstChild;
          getSelection().setBaseAndExtent(words, 3, words, 15);
        }"""
    )
    page.get_by_role("toolbar", name="With these words").get_by_role("button", name="Comment").click()
    page.get_by_role("textbox", name="Your comment").fill("Looks.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("looks broken")
    ((span, selectors),) = fragments(cast.ana, film)
    assert span == {"start": 1.0, "end": 2.0}
    assert [selector.get("exact", selector.get("value")) for selector in selectors] == [
        "t=1,2",
        "looks broken",
    ]


def test_what_was_played_is_told_and_the_next_visit_goes_on_there(open_page, address, cast, film):
    page = opened(seat(open_page, address, cast.ana, film))
    page.keyboard.press(" ")
    until(page, f"{TIME} > 1.6")
    page.keyboard.press(" ")
    with page.expect_response(
        lambda answer: answer.url.endswith("/activity") and answer.request.method == "POST"
    ):
        page.evaluate(
            """() => {
              Object.defineProperty(document, "hidden", { get: () => true });
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    told = cast.ana.get(f"/v1/assignments/{film.id}/activity/mine").json["intervals"]
    assert {one["kind"] for one in told} == {"watch"}
    assert 1 <= max(one["end"] for one in told) <= SECONDS
    assert 1 <= sum(one["seconds"] for one in told) <= SECONDS
    page.reload()
    opened(page)
    until(page, f"{TIME} > 1.2")


def test_without_captions_the_video_works_and_the_teacher_is_told(open_page, address, cast, tmp_path):
    film = assign_film(cast, tmp_path, [])
    page = opened(seat(open_page, address, cast.teacher, film))
    expect(page.get_by_text("This recording has no captions.")).to_be_visible()
    document = session.get_one(Document, film.document_id)
    expect(page.get_by_role("link", name="Add captions")).to_have_attribute(
        "href", f"/documents/{document.id}"
    )
    expect(page.get_by_role("button", name="Transcript")).to_have_count(0)
    pupil = open_page()
    sign_in(pupil, cast.ana, address)
    pupil.goto(f"/assignments/{film.id}")
    opened(pupil)
    expect(pupil.get_by_role("link", name="Add captions")).to_have_count(0)


@pytest.mark.parametrize("look", [(1366, "light"), (1366, "dark"), (390, "light")])
def test_axe_finds_nothing_on_the_video_page(open_page, address, cast, film, look):
    width, scheme = look
    cast.bob.post(
        f"/v1/assignments/{film.id}/annotations",
        json={
            "body": "Why?",
            "motivation": "questioning",
            "target": {"selector": [{"type": "FragmentSelector", "value": "t=1"}]},
        },
    )
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = opened(seat(open_page, address, cast.ana, film, **options))
    page.keyboard.press("i")
    expect(page.get_by_role("slider", name="Start of the passage")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
