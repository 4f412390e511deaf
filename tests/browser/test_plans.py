"""From the report to the lesson and back: evidence, plan, groups, the wall, a vote, a re-check, before and after."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.core.db import session, unit_of_work
from app.plans.models import Plan
from tests import factories
from tests.conftest import Person
from tests.reports.asking import reported, topic

from .reading import annotate, assign_lesson, sign_in

pytestmark = pytest.mark.browser
PASSAGE = "A car that brakes does not leave the road."
WHY = "I get that it is slower, but why does it turn?"
CHOICE = {
    "kind": "choice",
    "stem": "Which way does the ray bend?",
    "target": {"selector": [{"type": "TextQuoteSelector", "exact": PASSAGE}]},
    "options": [{"text": "Towards the normal", "correct": True}, {"text": "Away from it"}],
}


@pytest.fixture
def lesson(app, cast):
    """A simulated class of nine whose answers differ, with a report of one topic."""
    made = assign_lesson(cast)
    with unit_of_work():
        accounts = [factories.account(cast.school, f"Pupil {number}") for number in range(7)]
        for account in accounts:
            factories.enroll(cast.course, account)
        pupils = [cast.ana, cast.bob, *(Person(app, account) for account in accounts)]
    asked = annotate(cast.ana, made, PASSAGE, WHY, motivation="questioning")
    question = cast.teacher.post(f"/v1/assignments/{made.id}/questions", json=CHOICE).get_json()
    for place, pupil in enumerate(pupils):
        value = question["options"][place % 2]["id"]
        pupil.post(f"/v1/questions/{question['id']}/answers", json={"value": value})
    span = asked["span"]
    found = topic("Why it turns", asked["id"]) | {"passages": [[span["start"], span["end"]]]}
    cast.assignment = made
    reported(cast, found)
    return made


def teacher_page(open_page, address, cast, **options):
    page = open_page(**{"viewport": {"width": 1366, "height": 768}, **options})
    sign_in(page, cast.teacher, address)
    return page


def planned(open_page, address, cast, lesson):
    """A teacher with a fresh plan with groups, made by clicks; returns the page and how many clicks it took."""
    page = teacher_page(open_page, address, cast)
    page.goto(f"/courses/{cast.course.id}")
    clicks = [
        page.locator(".library-row", has_text="Refraction").get_by_role("link", name="Report", exact=True),
        page.get_by_role("link", name="Plan the class"),
        page.get_by_role("button", name="Make the plan"),
    ]
    for place in clicks:
        place.click()
    expect(page.locator(".plan-step")).not_to_have_count(0)
    return page, len(clicks)


def test_from_the_course_to_a_printed_plan_with_groups_in_six_clicks(open_page, address, cast, lesson):
    page, clicks = planned(open_page, address, cast, lesson)
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("link", name="Print").click()
    paper = page.locator(".plan-print")
    expect(paper).to_contain_text("Vote, talk, vote again")
    expect(paper.locator(".group-names")).to_contain_text("Pupil 3")
    expect(paper).not_to_contain_text("Different answers")
    expect(paper).not_to_contain_text(WHY)
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    assert clicks + 2 <= 6


def test_from_the_report_over_the_lesson_to_before_and_after(open_page, address, cast, lesson):
    page = teacher_page(open_page, address, cast)
    page.goto(f"/assignments/{lesson.id}/report")
    evidence = page.locator(".topic").first
    expect(evidence).to_contain_text(WHY)
    evidence.get_by_role("link", name="+ plan").click()
    page.get_by_role("button", name="Make the plan").click()
    first = page.locator(".plan-step").first
    expect(first).to_contain_text("56 % were right")

    page.get_by_role("link", name="Groups", exact=True).click()
    expect(page.locator(".plan-group-grid")).to_contain_text("Different answers")
    page.get_by_label("Ana Pires").check()
    page.get_by_role("button", name="Redo the groups").click()
    expect(page.locator(".plan-group-grid")).not_to_contain_text("Ana Pires")

    page.get_by_role("link", name="Present").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vote, talk, vote again")
    page.keyboard.press("v")
    code = page.locator(".present-code").inner_text()
    vote(open_page, address, cast.bob, code, "Away from it")
    expect(page.locator(".present-voting")).to_contain_text("1 has voted")
    page.keyboard.press("v")
    expect(page.locator(".present-count")).to_have_count(2)
    page.keyboard.press("v")
    vote(open_page, address, cast.bob, code, "Towards the normal")
    expect(page.locator(".present-voting")).to_contain_text("1 has voted")
    page.keyboard.press("v")
    expect(page.locator('.present-count[data-moment="after"]')).to_have_count(2)
    page.keyboard.press("n")
    page.get_by_role("textbox").fill("Took twice as long.")
    with page.expect_response(re.compile("/notes/")):
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    page.get_by_role("link", name="After class").click()
    expect(page.get_by_text("Took twice as long.")).to_be_visible()
    page.get_by_label("Dealt with").check()
    page.get_by_label("What I did").fill("Two votes.")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".after-change")).to_contain_text("before: 0 of 1 right")
    expect(page.locator(".after-change")).to_contain_text("after: 1 of 1 right")
    page.get_by_role("button", name="Send to the class").click()

    pupil = open_page()
    sign_in(pupil, cast.ana, address)
    pupil.goto("/")
    pupil.get_by_role("link", name=re.compile("What you know now")).click()
    pupil.get_by_label("Away from it").check()
    pupil.get_by_role("button", name="Vote", exact=True).click()
    expect(pupil.get_by_text("Not right this time.")).to_be_visible()
    page.reload()
    expect(page.locator(".after-change")).to_contain_text("after: 0 of 1 right")


def vote(open_page, address, person, code, option):
    page = open_page(viewport={"width": 390, "height": 844})
    sign_in(page, person, address)
    page.goto("/vote")
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(option).check()
    page.get_by_role("button", name="Vote", exact=True).click()
    expect(page.get_by_text("Your vote counts.")).to_be_visible()


def test_steps_move_by_keyboard_and_mouse_and_are_kept(open_page, address, cast, lesson):
    page, _clicks = planned(open_page, address, cast, lesson)
    names = page.locator(".plan-kind-choice")
    before = [names.nth(n).input_value() for n in range(names.count())]
    handle = page.get_by_role("button", name=re.compile("^Move Vote"))
    handle.focus()
    with page.expect_response(re.compile("/activity-plans/")):
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("status").filter(has_text="is now number 2")).to_have_count(1)
    expect(handle).to_be_focused()
    page.reload()
    expect(names.nth(1)).to_have_value("vote")
    with page.expect_response(re.compile("/activity-plans/")):
        handle.drag_to(page.locator(".plan-step").first, target_position={"x": 40, "y": 4})
    expect(names.first).to_have_value("vote")
    assert [names.nth(n).input_value() for n in range(names.count())] == before

    page.get_by_text("Add a step").click()
    with page.expect_response(re.compile("/activity-plans/")):
        page.get_by_role("button", name=re.compile("^Debate Two")).click()
    expect(names).to_have_count(len(before) + 1)
    page.get_by_role("button", name="Remove Debate").last.click()
    expect(names).to_have_count(len(before))
    page.get_by_role("button", name="Undo").click()
    expect(names).to_have_count(len(before) + 1)


@pytest.mark.parametrize("connected", [True, False])
def test_the_class_follows_by_itself(open_page, address, cast, lesson, connected):
    page, _clicks = planned(open_page, address, cast, lesson)
    plan = session.query(Plan).one()
    pupil = open_page()
    sign_in(pupil, cast.ana, address)
    if not connected:
        pupil.route("**/socket.io/**", lambda route: route.abort())
    pupil.goto(f"/vote/{plan.code}")
    expect(pupil.get_by_text("Look to the front")).to_be_visible()
    page.get_by_role("link", name="Present").click()
    page.get_by_role("button", name="Open the vote").click()
    expect(pupil.get_by_text("Which way does the ray bend?")).to_be_visible(timeout=15_000)


def test_votes_arrive_on_the_wall_without_being_asked_for(open_page, address, cast, lesson):
    page, _clicks = planned(open_page, address, cast, lesson)
    plan = session.query(Plan).one()
    asked = []
    page.on("response", lambda answer: asked.append(answer.url) if answer.url.endswith("/polls") else None)
    page.goto(f"/plans/{plan.id}/present")
    while len(asked) < 2:  # once at first, once when the page hears by itself from then on
        page.wait_for_event("response")
    page.route(
        "**/polls", lambda route: route.abort() if route.request.method == "GET" else route.continue_()
    )
    page.get_by_role("button", name="Open the vote").click()
    expect(page.locator(".present-voting")).to_contain_text("0 have voted")
    vote(open_page, address, cast.bob, plan.code, "Away from it")
    expect(page.locator(".present-voting")).to_contain_text("1 has voted")


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (390, "dark"), (320, "light")])
def test_no_page_of_a_plan_has_a_violation_or_is_too_wide(open_page, address, cast, lesson, width, scheme):
    answer = cast.teacher.post(f"/v1/assignments/{lesson.id}/activity-plans", json={"group_size": 3})
    plan = answer.get_json()
    page = teacher_page(
        open_page, address, cast, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    found = []
    for path in ("", "/groups", "/after", "/print", "/cards", "/present", "plans", "/vote"):
        place = {"plans": f"/assignments/{lesson.id}/plans", "/vote": f"/vote/{plan['code']}"}
        page.goto(place.get(path, f"/plans/{plan['id']}{path}"))
        page.wait_for_load_state("networkidle")
        for fields in page.locator(".plan-fields").all():
            fields.evaluate("one => { one.open = true }")
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found.append(f"{path}: too wide")
        for violation in Axe().run(page).response["violations"]:
            found.append(
                f"{path}: {violation['id']} at {[node['target'] for node in violation['nodes']][:3]}"
            )
    assert found == []
