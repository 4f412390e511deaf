"""Questions in the text: asked, answered by keyboard, kept without a connection; how annotations are read."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.annotations.models import Annotation
from app.core.db import session, unit_of_work
from app.scores.operations import record_ratings
from scoring.remark import Rating, Reason

from .material import CUES, assign_film
from .reading import annotate, assign_lesson, seat, select

pytestmark = pytest.mark.browser
PASSAGE = "A car that brakes does not leave the road."
QUOTE = {"selector": [{"type": "TextQuoteSelector", "exact": PASSAGE}]}
CHOICE = {
    "kind": "choice",
    "stem": "Which way does the ray *bend* in glass?",
    "target": QUOTE,
    "options": [
        {"text": "Towards the normal", "correct": True, "feedback": "It is slower there."},
        {"text": "Away from it", "feedback": "Think of the slower side."},
    ],
    "explanation": "The side that enters first is slowed first.",
    "show_others": True,
    "required": True,
}
SHORT = {
    "kind": "short_text",
    "stem": "Why does it turn?",
    "target": QUOTE,
    "model_answer": "One side is slowed before the other.",
}


@pytest.fixture
def lesson(cast):
    return assign_lesson(cast)


def ask(cast, lesson, draft, **more):
    answer = cast.teacher.post(f"/v1/assignments/{lesson.id}/questions", json=draft | more)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def card(page, question):
    found = page.locator(f'[data-question="{question["id"]}"]')
    expect(found).to_be_visible()
    return found


def mine(cast, lesson):
    return cast.ana.get(f"/v1/assignments/{lesson.id}/answers/mine").get_json()["items"]


def test_a_question_is_answered_by_keyboard_alone_and_stays_answered(open_page, address, cast, lesson):
    question = ask(cast, lesson, CHOICE)
    page = seat(open_page, address, cast.ana, lesson)
    here = card(page, question)
    here.get_by_role("button", name="Sure", exact=True).press("Enter")
    expect(here.get_by_role("alert")).to_contain_text("Choose one of the options first.")
    here.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(here.get_by_role("radio", name="Away from it")).to_be_checked()
    page.keyboard.press("Tab")
    expect(here.get_by_role("button", name="Sure", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(here).to_contain_text("Not right. You said: unsure.")
    expect(here).to_contain_text("Think of the slower side.")
    expect(here).to_contain_text("The side that enters first is slowed first.")
    expect(here).to_contain_text("How 1 person in class answered")
    page.reload()
    expect(card(page, question)).to_contain_text("Not right. You said: unsure.")
    expect(page.get_by_role("button", name="1 of 1 question answered")).to_be_visible()


def test_the_cards_words_are_not_words_of_the_document(open_page, address, cast, lesson):
    ask(cast, lesson, CHOICE)
    page = seat(open_page, address, cast.ana, lesson)
    expect(page.locator(".question-card")).to_be_visible()
    select(page, "Imagine a row of people")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_role("textbox", name="Your comment").fill("Like a parade.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("article", name="Annotation by You")).to_be_visible()
    (made,) = cast.ana.get(f"/v1/assignments/{lesson.id}/annotations").get_json()["items"]
    quote = next(s for s in made["target"]["selector"] if s["type"] == "TextQuoteSelector")
    place = next(s for s in made["target"]["selector"] if s["type"] == "TextPositionSelector")
    assert quote["exact"] == "Imagine a row of people"
    assert made["span"] == {"start": place["start"], "end": place["end"]}
    assert "Which way" not in quote["prefix"]


def test_a_short_text_is_compared_with_a_good_answer(open_page, address, cast, lesson):
    question = ask(cast, lesson, SHORT)
    page = seat(open_page, address, cast.ana, lesson)
    here = card(page, question)
    here.get_by_role("textbox", name="Your answer").fill("Because one side")
    page.reload()
    here = card(page, question)
    expect(here.get_by_role("textbox", name="Your answer")).to_have_value("Because one side")
    here.get_by_role("button", name="Guessing").click()
    expect(here).to_contain_text("One side is slowed before the other.")
    here.get_by_role("button", name="I had it").click()
    expect(here.get_by_role("button", name="I had it")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(card(page, question).get_by_role("button", name="I had it")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_an_answer_without_a_connection_is_kept_over_a_reload_and_counts_once(
    open_page, address, cast, lesson
):
    question = ask(cast, lesson, CHOICE, attempts=3)
    page = seat(open_page, address, cast.ana, lesson)
    tries = []

    def fail(route):
        tries.append(route.request.headers["idempotency-key"])
        route.abort()

    page.route("**/answers", fail)
    here = card(page, question)
    here.get_by_label("Towards the normal").check()
    here.get_by_role("button", name="Sure", exact=True).click()
    expect(here).to_contain_text("kept in this browser and sent by itself; you can go on")
    assert mine(cast, lesson) == []
    page.reload()
    here = card(page, question)
    expect(here).to_contain_text("kept in this browser and sent by itself; you can go on")
    expect(page.get_by_role("button", name="1 of 1 question answered")).to_be_visible()
    page.unroute("**/answers")
    expect(here).to_contain_text("Right. You said: sure.", timeout=20_000)
    assert len(set(tries)) == 1, "one key, however often it is sent"
    assert [one["attempt"] for one in mine(cast, lesson)] == [1]


def test_a_teacher_asks_at_a_passage_and_the_class_sees_it_at_once(open_page, address, cast, lesson):
    student = seat(open_page, address, cast.ana, lesson)
    page = seat(open_page, address, cast.teacher, lesson)
    select(page, PASSAGE)
    page.get_by_role("button", name="Ask a question here").click()
    form = page.get_by_role("form", name="A question for the class")
    expect(form.get_by_role("textbox", name="Question", exact=True)).to_be_focused()
    form.get_by_role("button", name="Put it here").click()
    expect(form).to_contain_text("Write the question.")
    form.get_by_role("textbox", name="Question", exact=True).fill("What leaves the road?")
    form.get_by_role("textbox", name="Option 1", exact=True).fill("Nothing")
    form.get_by_role("textbox", name="Option 2", exact=True).fill("The car")
    form.get_by_role("textbox", name="What to say, option 2").fill("Read it again.")
    form.get_by_label("Everybody has to answer it").check()
    form.get_by_role("button", name="Put it here").click()
    expect(form).to_have_count(0)
    expect(page.locator(".question-card")).to_contain_text("What leaves the road?")
    there = student.locator(".question-card")
    expect(there).to_contain_text("What leaves the road?")
    expect(there).to_contain_text("required")
    there.get_by_label("The car").check()
    there.get_by_role("button", name="Sure", exact=True).click()
    expect(there).to_contain_text("Read it again.")
    expect(page.get_by_role("button", name="0 of 1 right · 1 sure but wrong")).to_be_visible()
    page.get_by_role("button", name="0 of 1 right").click()
    expect(page.get_by_role("dialog", name="Answers")).to_contain_text("Ana Pires")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Edit", exact=True).click()
    form = page.get_by_role("form", name="Change the question")
    form.get_by_role("textbox", name="Question", exact=True).fill("Does the car leave the road?")
    form.get_by_role("button", name="Save").click()
    expect(there).to_contain_text("Does the car leave the road?")

    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".question-card")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".question-card")).to_be_visible()
    expect(there).to_be_visible()


def rate(made, level):
    with unit_of_work():
        annotation = session.get_one(Annotation, made["id"])
        reason = Reason("gives_reason", {"words": "because one side"}, "x", 0.4)
        facts = {"quality": float(level), "level": level, "confusion": 0.0, "question": 0.0, "certainty": 0.9}
        rating = Rating(id=made["id"], reasons=[reason], marks=[(9, 25)], **facts)
        record_ratings([annotation], [rating], "test-model")


def test_how_annotations_are_read_is_shown_in_words_once_it_is_released(open_page, address, cast, lesson):
    made = annotate(cast.ana, lesson, PASSAGE, "It turns because one side is slowed.")
    rate(made, 1)
    page = seat(open_page, address, cast.teacher, lesson)
    thread = page.locator(f'[data-thread="{made["id"]}"]')
    thread.get_by_role("button", name="Open").click()
    thread.locator(".deed-menu summary").click()
    expect(thread).to_contain_text("Read by machine: shows reading")
    thread.get_by_role("button", name="thoughtful").click()
    expect(thread).to_contain_text("Read by you: thoughtful")
    page.get_by_role("button", name="Undo").click()
    expect(thread).to_contain_text("Read by machine: shows reading")

    student = seat(open_page, address, cast.ana, lesson)
    expect(student.get_by_text("It turns because one side is slowed.")).to_be_visible()
    expect(student.get_by_text("shows reading")).to_have_count(0)
    page.get_by_role("button", name="Ratings").click()
    page.get_by_label("Students see how their annotations are read").check()
    expect(page.get_by_label("Students see how their annotations are read")).to_be_checked()
    page.wait_for_load_state("networkidle")
    student.reload()
    line = student.locator(".thread .rating-line")
    expect(line).to_contain_text("shows reading")
    student.get_by_role("button", name="How my annotations are read").click()
    panel = student.get_by_role("dialog", name="How my annotations are read")
    expect(panel.locator("mark")).to_have_text("because one side")
    expect(panel).to_contain_text("You say why: “because one side”")
    assert not re.search(r"\d", panel.inner_text()), "words, never a number"
    found = Axe().run(student)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("seen_by", [("ana", 1366), ("ana", 320), ("teacher", 1000), ("observer", 390)])
def test_axe_finds_nothing_and_no_width_is_too_small(open_page, address, cast, lesson, seen_by):
    who, width = seen_by
    first, second = ask(cast, lesson, CHOICE, attempts=2), ask(cast, lesson, SHORT)
    cast.bob.post(f"/v1/questions/{first['id']}/answers", json={"value": first["options"][0]["id"]})
    scheme = "dark" if width == 1000 else "light"
    page = seat(
        open_page, address, cast.people[who], lesson,
        viewport={"width": width, "height": 800}, color_scheme=scheme,
    )  # fmt: skip
    here = card(page, first)
    if who == "ana":
        here.get_by_label("Away from it").check()
        here.get_by_role("button", name="Unsure").click()
        expect(here).to_contain_text("You can try once more.")
        there = card(page, second)
        there.get_by_role("textbox").fill("One side.")
        there.get_by_role("button", name="Sure", exact=True).click()
        expect(there).to_contain_text("A good answer")
    if who == "teacher":
        here.get_by_role("button", name="Edit").click()
        expect(page.get_by_role("form", name="Change the question")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_film_stops_at_a_required_question_and_goes_on_once_it_is_answered(
    open_page, address, cast, tmp_path
):
    film = assign_film(cast, tmp_path, CUES)
    moment = {"selector": [{"type": "FragmentSelector", "value": "t=0.8,0.8"}]}
    question = ask(cast, film, CHOICE, target=moment)
    assert question["span"]["start"] == pytest.approx(0.8)
    page = seat(open_page, address, cast.ana, film)
    page.keyboard.press(" ")
    gate = page.get_by_role("dialog", name="Before you go on")
    expect(gate).to_be_visible(timeout=15_000)
    assert page.evaluate("document.querySelector('video').paused")
    expect(gate.get_by_role("button", name="Go on watching")).to_have_count(0)
    gate.get_by_label("Towards the normal").check()
    gate.get_by_role("button", name="Sure", exact=True).click()
    expect(gate).to_contain_text("Right. You said: sure.")
    gate.get_by_role("button", name="Go on watching").click()
    expect(gate).to_have_count(0)
    for _ in range(50):
        if page.evaluate("document.querySelector('video').currentTime") > 1.0:
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("the film did not go on")
