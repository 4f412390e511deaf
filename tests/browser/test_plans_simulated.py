"""The same way through a simulated course and through real questions: their own report leads to the lesson.

The real ones are questions that learners asked under a recorded lecture (Backtracing, MIT), in the folder that
``FOREWORD_LABELLED_SETS`` names; they are not ours to ship.
"""

import json
import os
import re
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from annotators.pdf.extract import extract
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.courses.models import Enrollment
from app.plans.models import Plan
from app.reports.jobs import make_report
from tests import factories
from tests.conftest import Person

from .reading import annotate, sign_in

pytestmark = pytest.mark.browser
ASKED = Path(os.environ.get("FOREWORD_LABELLED_SETS", "/nonexistent")) / "causes.jsonl"
PUPILS = 20
CHOICE = {
    "kind": "choice",
    "stem": "What does the lecture begin with?",
    "options": [{"text": "A picture", "correct": True}, {"text": "A formula"}],
}


@pytest.fixture(params=["simulated", "asked"])
def course(request):
    """A class with its report: the assignment, its teacher and two pupils."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def asked(app, cast):
    """The lecture under which most was asked, each question where people found its cause."""
    if not ASKED.is_file():
        pytest.skip("FOREWORD_LABELLED_SETS names no folder with causes.jsonl")
    lectures = [json.loads(line) for line in ASKED.read_text("utf-8").splitlines()]
    lecture = max(lectures, key=lambda one: len(one["questions"]))
    text = " ".join(" ".join(sentence.split()) for sentence in lecture["sentences"])
    with unit_of_work():
        document = factories.document(cast.course, text, f'<p data-block="b1">{escape(text)}</p>')
        assignment = factories.assignment(cast.course, document, title="A lecture")
        accounts = [factories.account(cast.school, f"Pupil {number}") for number in range(PUPILS)]
        for account in accounts:
            factories.enroll(cast.course, account)
    pupils = [Person(app, account) for account in accounts]
    for place, question in enumerate(lecture["questions"]):
        cause = " ".join(lecture["sentences"][question["caused_by"][0]].split())
        body = question["text"][:2000]
        annotate(pupils[place % PUPILS], assignment, cause, body, motivation="questioning")
    first = " ".join(lecture["sentences"][0].split())
    target = {"selector": [{"type": "TextQuoteSelector", "exact": first}]}
    for pupil in pupils[:2]:
        pupil.get(f"/assignments/{assignment.id}")
    made = cast.teacher.post(f"/v1/assignments/{assignment.id}/questions", json=CHOICE | {"target": target})
    assert made.status_code == 201, made.get_json()
    make_report.now(assignment.id)
    return assignment, cast.teacher, pupils[:2]


@pytest.fixture
def simulated(app, cast):
    """A simulated class of fourteen: its assignment, its teacher and two pupils."""
    made = app.test_cli_runner().invoke(
        args=["simulate", "--students", "14", "--documents", "1", "--seed", "3"]
    )
    assert made.exit_code == 0, made.output
    course_id = made.output.split()[1]
    assignment = session.scalars(select(Assignment).where(Assignment.course_id == course_id)).one()
    rows = session.scalars(select(Enrollment).where(Enrollment.course_id == course_id)).all()
    with unit_of_work():
        teacher = next(Person(app, row.account) for row in rows if row.role == "teacher")
        pupils = [Person(app, row.account) for row in rows if row.role == "student"][:2]
    return assignment, teacher, pupils


def test_report_evidence_plan_groups_wall_vote_recheck_before_and_after(open_page, address, course, tmp_path):
    assignment, teacher, pupils = course
    page = open_page(viewport={"width": 1366, "height": 768})
    sign_in(page, teacher, address)
    page.goto(f"/assignments/{assignment.id}/report")
    assert page.locator(".topic").count() >= 2
    first = page.locator(".topic").first
    fits_one_screen_and_one_sheet(page, tmp_path)
    first.locator(".topic-evidence summary").click()
    expect(first.locator(".voice").first).to_be_visible()
    label = first.locator(".topic-label").inner_text()
    page.get_by_role("link", name="Plan the class").click()
    page.get_by_role("button", name="Make the plan").click()
    step = page.locator(".plan-step").first
    expect(step).to_contain_text(label)
    step.locator(".plan-fields > summary").click()
    with page.expect_response(re.compile("/activity-plans/")):
        step.get_by_label("A question to vote on").select_option(index=1)
    page.get_by_role("link", name="Groups", exact=True).click()
    assert page.locator(".plan-group-grid .card").count() >= 4

    page.get_by_role("link", name="Present").click()
    page.get_by_role("button", name="Open the vote").click()
    code = session.scalars(select(Plan.code).where(Plan.assignment_id == assignment.id)).one()
    for place, pupil in enumerate(pupils):
        answer(open_page, address, pupil, f"/vote/{code}", place)
    expect(page.locator(".present-voting")).to_contain_text("2 have voted")
    page.get_by_role("button", name="Close the vote").click()
    expect(page.locator(".present-count").first).to_be_visible()
    page.get_by_role("button", name="Leave").click()

    page.get_by_role("link", name="After class").click()
    change = page.locator(".after-topic", has_text=label).first.locator(".after-change")
    expect(change).to_contain_text(re.compile(r"before: \d of 2 right"))
    page.get_by_role("button", name="Send to the class").click()
    answer(open_page, address, pupils[0], f"/vote/{code}", 0)
    page.reload()
    expect(change).to_contain_text(re.compile(r"after: \d of 1 right"))


def fits_one_screen_and_one_sheet(page, folder):
    """The three numbers, the map and up to five topics without scrolling; printed, one page of A4."""
    last = page.locator(".topics").first.locator("> .topic").last.bounding_box()
    assert last["y"] + last["height"] <= page.viewport_size["height"]
    expect(page.locator(".report-numbers dd").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".report-map")).to_be_in_viewport(ratio=1)
    sheet = folder / "report.pdf"
    page.pdf(format="A4", path=sheet)
    assert len(extract(sheet).pages) == 1


def answer(open_page, address, pupil, path, place):
    page = open_page(viewport={"width": 390, "height": 844})
    sign_in(page, pupil, address)
    page.goto(path)
    page.get_by_role("radio").nth(place).check()
    page.get_by_role("button", name="Vote", exact=True).first.click()
    expect(page.locator("[role=status]", has_text=re.compile("right|counts")).first).to_be_visible()
