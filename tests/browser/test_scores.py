"""Scores in a browser: rules tried and kept, points typed in the grid, released, and read by the student."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.jobs import run_pending
from app.engagement.models import CourseScoring, EngagementScore, ScoreOverride

from .reading import annotate, assign_lesson, sign_in

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PASSAGES = ("A car that brakes does not leave the road.", "Light bends", "its speed")


@pytest.fixture
def lesson(cast):
    """A lesson that was due yesterday evening; Ana wrote two annotations in time, Bob none."""
    lesson = assign_lesson(cast)
    for body in ("Why does it turn at all?", "It is slower in glass, I think."):
        annotate(cast.ana, lesson, PASSAGES[0], body, motivation="questioning")
    with unit_of_work():
        session.delete(session.get_one(Assignment, cast.assignment.id))
        session.get_one(Assignment, lesson.id).due_at = now() + timedelta(minutes=5)
    return lesson


def visit(open_page, address, person, path, **options):
    page = open_page(**{"viewport": {"width": 1366, "height": 768}, **options})
    sign_in(page, person, address)
    page.goto(path)
    return page


def worked_out(cast, lesson):
    cast.teacher.get(f"/v1/courses/{cast.course.id}/gradebook")
    run_pending()
    session.expunge_all()


def test_a_teacher_sees_who_moves_before_keeping_the_rules(open_page, address, cast, lesson):
    page = visit(open_page, address, cast.teacher, f"/courses/{cast.course.id}/scoring")
    page.get_by_role("textbox", name="Reading to the end").fill("0")
    page.get_by_role("textbox", name="Annotations", exact=True).fill("100")
    page.get_by_label("Full credit for the best").fill("2")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("1 student gains")
    expect(preview.get_by_role("row", name="Ana Pires")).to_contain_text("10")
    assert session.query(CourseScoring).count() == 0
    page.get_by_role("button", name="Keep these rules").click()
    expect(page.locator("#toasts")).to_contain_text("Kept.")
    expect(page.get_by_label("Full credit for the best")).to_have_value("2")
    run_pending()
    session.expunge_all()
    assert session.get_one(EngagementScore, (lesson.id, cast.ana.id)).share == 1


def test_points_are_typed_in_the_grid_with_the_keyboard_alone(open_page, address, cast, lesson):
    worked_out(cast, lesson)
    page = visit(open_page, address, cast.teacher, f"/courses/{cast.course.id}/scores")
    ana = page.get_by_role("row", name="Ana Pires")
    expect(ana).to_contain_text("5")
    ana.get_by_role("gridcell").first.focus()
    page.keyboard.type("8,5")
    page.keyboard.press("Enter")
    expect(ana.get_by_role("gridcell").first).to_contain_text("8.5")
    expect(page.get_by_role("row", name="Bob Oduya").get_by_role("gridcell").first).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("row", name="Bob Oduya")).to_contain_text("excused")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Write points from 0 to 10")
    page.keyboard.press("Escape")
    expect(ana.get_by_role("gridcell").first).to_contain_text("8.5")
    page.keyboard.press("Delete")
    expect(ana.get_by_role("gridcell").first).not_to_contain_text("8.5")
    given = [row.percent for row in session.query(ScoreOverride).order_by(ScoreOverride.id)]
    assert given == [85, None]
    page.get_by_role("searchbox", name="Find a name").fill("bob")
    expect(page.get_by_role("status").filter(has_text="1 of 2 students")).to_be_visible()


def test_a_score_is_set_by_hand_released_and_read_by_the_student(open_page, address, cast, lesson):
    worked_out(cast, lesson)
    student = visit(open_page, address, cast.ana, f"/assignments/{lesson.id}/scores", has_touch=True)
    expect(student.get_by_text("Your score is not released yet")).to_be_visible()
    expect(student.get_by_text("2 of 4 annotations count")).to_be_visible()
    expect(student.get_by_text("Write 2 more annotations")).to_be_visible()
    teacher = visit(open_page, address, cast.teacher, f"/courses/{cast.course.id}/students/{cast.ana.id}")
    teacher.get_by_text("Set something by hand").click()
    teacher.get_by_label("Points, instead of what was worked out").fill("9")
    teacher.get_by_label("Note", exact=True).first.fill("She explained it at the board.")
    teacher.get_by_role("button", name="Set the points").click()
    expect(teacher.locator(".work-points")).to_contain_text("9 of 10")
    teacher.get_by_text("Set by hand 1 time").click()
    expect(teacher.get_by_text("She explained it at the board.")).to_be_visible()
    teacher.goto(f"/assignments/{lesson.id}/scores")
    teacher.get_by_role("button", name="Release the scores").click()
    expect(teacher.get_by_text("released", exact=True)).to_be_visible()
    student.reload()
    expect(student.get_by_text("9 of 10 points")).to_be_visible()
    assert "Bob" not in student.locator("main").inner_text()


def test_a_level_is_given_by_keyboard_on_a_narrow_page_without_scripts(open_page, address, cast, lesson):
    worked_out(cast, lesson)
    page = visit(
        *(open_page, address, cast.teacher, f"/courses/{cast.course.id}/students/{cast.ana.id}"),
        viewport={"width": 320, "height": 640},
        java_script_enabled=False,
    )
    page.get_by_text("2 annotations", exact=True).click()
    voice = page.get_by_role("listitem").filter(has_text="Why does it turn at all?")
    summary = voice.locator("summary")
    expect(summary).to_contain_text("not rated")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(voice.get_by_role("radio", name="shows reading")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("You ask about the right thing.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/students/*#w-*")
    expect(summary).to_be_in_viewport()  # the list opens at the place that the address names
    expect(summary).to_contain_text("shows reading")
    expect(summary).to_contain_text("by hand")
    summary.click()
    expect(voice.get_by_text("You ask about the right thing.")).to_be_visible()
    # WCAG 1.4.10: nothing is wider than the page.
    width = page.locator("html").bounding_box()["width"]
    for part in (voice, voice.get_by_role("textbox"), voice.get_by_role("button").last):
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    voice.get_by_role("button", name="Use the machine's level again").click()
    expect(summary).to_contain_text("not rated")
    expect(summary).not_to_contain_text("by hand")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_of_a_level_has_no_violation(open_page, address, cast, lesson, scheme):
    one = annotate(cast.ana, lesson, PASSAGES[0], "Is it the speed?")
    cast.teacher.post(f"/annotations/{one['id']}/score", data={"level": "2", "note": "Yes."})
    worked_out(cast, lesson)
    page = visit(
        *(open_page, address, cast.teacher, f"/courses/{cast.course.id}/students/{cast.ana.id}"),
        color_scheme=scheme,
    )
    page.locator("summary").filter(has_text="3 annotations").click()
    for summary in page.locator(".work-level > summary").all():
        summary.click()
    expect(page.get_by_role("button", name="Keep this level")).to_have_count(3)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
