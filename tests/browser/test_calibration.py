"""Fitting the ratings to a course by keyboard, up to the decision; a student's appeal and its answer."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.calibration.models import CalibrationRating
from app.core.db import session, unit_of_work
from app.core.jobs import run_pending
from app.scores.queries import qualities
from tests.calibration.classroom import spread, write

from .reading import seat, sign_in

pytestmark = pytest.mark.browser
SENTENCE = "I say what follows from it."
SLOWLY = 20_000  # milliseconds, for what loads numpy first or waits for another try
ANSWER = "You are right, I had missed it."


def open_calibration(open_page, address, cast, who="teacher", **options):
    page = open_page(**{"viewport": {"width": 1366, "height": 768}, **options})
    sign_in(page, cast.people[who], address)
    page.goto(f"/courses/{cast.course.id}/calibration")
    return page


def no_violation(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def kept():
    session.expire_all()
    return session.query(CalibrationRating).count()


def test_a_teacher_rates_by_keys_alone_loses_none_and_decides(open_page, address, cast):
    write(cast, spread(60))
    page = open_calibration(open_page, address, cast)
    no_violation(page)
    page.get_by_role("button", name="Choose annotations for me").press("Enter")
    expect(page.get_by_text("0 of 24 rated")).to_be_visible(timeout=SLOWLY)
    no_violation(page)
    for number in range(22):
        expect(page.get_by_label(f"Annotation {number + 1}", exact=True)).to_be_visible()
        page.keyboard.press("2")
    page.keyboard.press("u")
    expect(page.get_by_label("Annotation 22", exact=True)).to_be_focused()
    expect(page.get_by_text("21 of 24 rated")).to_be_visible()

    page.context.set_offline(True)
    page.keyboard.press("1")
    expect(page.get_by_text("Not sent yet. It is kept in this browser.")).to_be_visible()
    page.keyboard.press("1")
    page.context.set_offline(False)
    page.reload()  # whatever was not sent goes on from here
    expect(page.get_by_text("23 of 24 rated")).to_be_visible()
    expect(page.get_by_text("Everything is kept.")).to_be_visible(timeout=SLOWLY)
    page.keyboard.press("1")
    expect(page.get_by_text("You have rated 24 of 24 annotations.")).to_be_visible()

    expect(page.get_by_role("button", name="See how well you agree")).to_be_enabled()
    page.get_by_role("button", name="See how well you agree").click()
    expect(page.get_by_text("Comparing, and looking who would move …").first).to_be_visible(timeout=SLOWLY)
    run_pending()
    assert kept() == 24
    expect(page.get_by_role("heading", name="How well you agree")).to_be_visible(timeout=SLOWLY)
    expect(page.get_by_role("heading", name="Where you differ")).to_be_visible()
    expect(page.get_by_text("annotations go up")).to_be_visible()
    page.get_by_text("See who", exact=True).click()
    expect(page.get_by_role("rowheader", name="Ana Pires")).to_be_visible()
    no_violation(page)
    assert {each.source for each in qualities(cast.assignment.id)} == {"model"}, "nothing has changed yet"
    page.get_by_role("button", name="Use it in this course").click()
    expect(page.get_by_text("The ratings of this course are fitted")).to_be_visible(timeout=SLOWLY)
    session.expire_all()
    assert {each.source for each in qualities(cast.assignment.id)} == {"course", "teacher"}


@pytest.mark.parametrize("width", [320, 390])
def test_it_can_be_rated_by_touch_on_a_phone(open_page, address, cast, width):
    write(cast, spread(24))
    viewport = {"width": width, "height": 844}
    page = open_calibration(open_page, address, cast, "assistant", viewport=viewport, color_scheme="dark")
    page.get_by_role("button", name="Choose annotations for me").click()
    page.get_by_role("button", name="shows reading").click(timeout=SLOWLY)
    expect(page.get_by_text("1 of 24 rated")).to_be_visible(timeout=SLOWLY)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    no_violation(page)


def test_a_student_asks_for_a_second_look_and_reads_the_answer(open_page, address, cast):
    (annotation,) = write(cast, [1.0])
    with unit_of_work():
        cast.teacher.patch(f"/v1/assignments/{cast.assignment.id}", json={"scores_released": True})
    student = seat(open_page, address, cast.ana, cast.assignment)
    line = student.locator(f'[data-annotation="{annotation}"] .rating-line')
    line.locator("summary").click()
    expect(line).to_contain_text("What counted")
    line.get_by_role("button", name="Ask Ms Lee to look at it again").click()
    student.keyboard.type(SENTENCE)
    student.keyboard.press("Enter")
    expect(line).to_contain_text("You asked for a second look.")
    no_violation(student)

    page = open_calibration(open_page, address, cast)
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    no_violation(page)
    page.get_by_role("radio", name="thoughtful").check()
    page.get_by_label("Your answer, in a sentence").fill(ANSWER)
    page.get_by_role("button", name="Change the rating and answer").click()
    expect(page.get_by_text(SENTENCE)).to_have_count(0, timeout=SLOWLY)

    student.reload()
    expect(line).to_contain_text("thoughtful")
    expect(line).to_contain_text("answered")
    line.locator("summary").click()
    expect(line).to_contain_text("Ms Lee has looked again and changed the rating:")
    expect(line).to_contain_text(ANSWER)
