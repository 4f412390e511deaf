"""Every page of the report and every state of it: no violation that axe finds, none wider than its window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.reports.asking import reported, topic

from .reading import annotate, assign_lesson, sign_in

pytestmark = pytest.mark.browser
PASSAGE = "A car that brakes does not leave the road."
SIZES = {"desktop": (1366, 768), "phone": (390, 844), "200 %": (683, 384)}
PAGES = ("/report", "/report/unanswered", "/report/projector", "/report/how", "/plans")


@pytest.fixture
def lesson(cast):
    """A report of two topics, words that may be shown, what was done with one, and one that stands by itself."""
    made = cast.assignment = assign_lesson(cast)
    asked = [
        annotate(person, made, PASSAGE, f"Why does it turn, {n}?", motivation="questioning")["id"]
        for n, person in enumerate([cast.ana, cast.bob, cast.ana, cast.bob])
    ]
    reasons = [{"code": "solved", "params": {}, "text": "solved"}]
    first, *_ = reported(
        cast, topic("Why it turns", *asked[:2]) | {"reasons": reasons}, topic("A wave", asked[2])
    )
    cast.teacher.post(f"/annotations/{asked[0]}/quotation")
    cast.ana.post(f"/annotations/{asked[0]}/quotation/answer", data={"allowed": "yes"})
    cast.teacher.put(f"/v1/topics/{first}/outcome", json={"what_i_did": "A vote.", "dealt": True})
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_page_of_the_report_has_a_violation_or_is_too_wide(open_page, address, cast, lesson, size, scheme):
    width, height = SIZES[size]
    found = []
    pages = [(cast.teacher, path) for path in PAGES] + [(cast.ana, "/my-questions")]
    for person, path in pages:
        page = open_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        sign_in(page, person, address)
        page.goto(f"/assignments/{lesson.id}{path}")
        for closed in page.locator("main details").all():
            closed.evaluate("one => { one.open = true }")
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(f"{path}: too wide")
        for violation in Axe().run(page).response["violations"]:
            found.append(f"{path}: {violation['id']} at {[n['target'] for n in violation['nodes']][:3]}")
        page.close()
    assert found == []


def test_only_words_whose_author_said_yes_are_on_the_wall(open_page, address, cast, lesson):
    page = open_page(viewport={"width": 1366, "height": 768})
    sign_in(page, cast.teacher, address)
    page.goto(f"/assignments/{lesson.id}/report/projector")
    expect(page.get_by_text("Why does it turn, 0?")).to_be_visible()
    expect(page.get_by_text("Why does it turn, 1?")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("Ana Pires")
