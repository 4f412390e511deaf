"""Journeys on the reading page: by keyboard alone, two people at once, and nothing written is lost."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.accounts.models import SignIn
from app.core.db import session, unit_of_work
from app.core.ids import now

from .reading import annotate, assign_lesson, seat, select, sign_in

pytestmark = pytest.mark.browser
PASSAGE = "A car that brakes does not leave the road."


@pytest.fixture
def lesson(cast):
    return assign_lesson(cast, expected_annotations=2)


def test_an_annotation_is_made_found_answered_and_deleted_by_keyboard_alone(open_page, address, cast, lesson):
    annotate(cast.bob, lesson, PASSAGE, "Unless one wheel is on ice.", motivation="questioning")
    page = seat(open_page, address, cast.ana, lesson)
    expect(page.get_by_role("article", name="Question by Bob Oduya")).to_be_visible()
    keys = page.keyboard
    keys.press("n")
    expect(page.get_by_role("application")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Shift+ArrowRight")
    keys.press("Enter")
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    keys.type("Is it really whole?")
    keys.press("Control+Enter")
    mine = page.get_by_role("article", name="Annotation by You")
    expect(mine).to_contain_text("Is it really whole?")

    expect(page.get_by_role("textbox", name="Your comment")).to_have_count(0)
    keys.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    keys.type("wheel")
    expect(page.locator("article.thread")).to_have_count(1)
    page.get_by_role("button", name="Show all").press("Enter")
    keys.press("j")
    keys.press("j")
    expect(page.get_by_role("article", name="Question by Bob Oduya")).to_be_focused()
    keys.press("r")
    expect(page.get_by_role("textbox", name="Your reply")).to_be_focused()
    keys.type("Then it turns.")
    keys.press("Control+Enter")
    expect(page.locator(".reply")).to_contain_text("Then it turns.")
    expect(page.get_by_role("textbox", name="Your reply")).to_have_count(0)
    keys.press("m")
    expect(page.get_by_role("button", name="me too, 1 person")).to_have_attribute("aria-pressed", "true")

    keys.press("k")
    mine.locator("summary").press("Enter")
    mine.get_by_role("button", name="Delete").press("Enter")
    expect(mine).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(mine).to_have_count(1)


def test_what_one_writes_waits_at_the_other_until_it_is_asked_for(open_page, address, cast, lesson):
    ana = seat(open_page, address, cast.ana, lesson)
    bob = seat(open_page, address, cast.bob, lesson)
    expect(ana.get_by_text("2 are here now")).to_be_visible()
    select(bob, PASSAGE)
    bob.get_by_role("button", name="Question", exact=True).click()
    bob.get_by_role("textbox", name="Your question").fill("Why does the *angle* matter?")
    bob.get_by_role("button", name="Post").click()
    pill = ana.get_by_role("button", name="new: 1 – show")
    expect(pill).to_be_visible()
    expect(ana.locator("article.thread")).to_have_count(0)
    before = ana.evaluate("scrollY")
    pill.click()
    thread = ana.get_by_role("article", name="Question by Bob Oduya")
    expect(thread.locator("em")).to_have_text("angle")
    assert before == 0
    thread.get_by_role("button", name=re.compile("me too")).click()
    expect(bob.get_by_text("me too 1")).to_be_visible()


def test_the_page_stays_where_it_is_when_one_begins_to_write_far_down(open_page, address, cast, lesson):
    page = seat(open_page, address, cast.ana, lesson)
    page.evaluate(
        "document.querySelector('#fw-document > :nth-last-child(3)').scrollIntoView({block: 'center'})"
    )
    words = page.evaluate(
        "document.querySelector('#fw-document > :nth-last-child(3)').textContent.trim().slice(0, 12)"
    )
    select(page, words)
    before = page.evaluate("scrollY")
    assert before > 500, "the lesson is long enough"
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    expect(page.get_by_role("textbox", name="Your comment")).to_be_in_viewport()
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - before) < 300


def test_a_draft_survives_a_reload_and_an_outage(open_page, address, cast, lesson):
    page = seat(open_page, address, cast.ana, lesson)
    select(page, PASSAGE)
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_role("textbox", name="Your comment").fill("A car may slide.")
    expect(page.get_by_text("draft safe on the server")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Go on writing").click()
    field = page.get_by_role("textbox", name="Your comment")
    expect(field).to_have_value("A car may slide.")

    page.context.set_offline(True)
    field.fill("A car may slide sideways.")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_text("Not posted yet: no connection.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("sideways")
    found = cast.ana.get(f"/v1/assignments/{lesson.id}/annotations").json["items"]
    assert [one["body"] for one in found] == ["A car may slide sideways."]


def test_an_ended_session_keeps_the_text_and_posts_it_after_signing_in(open_page, address, cast, lesson):
    page = seat(open_page, address, cast.ana, lesson)
    select(page, PASSAGE)
    page.get_by_role("button", name="Comment", exact=True).click()
    with unit_of_work():
        session.query(SignIn).update({"ended_at": now()})
    page.get_by_role("textbox", name="Your comment").fill("Still here.")
    page.get_by_role("button", name="Post").click()
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    with unit_of_work():
        session.query(SignIn).update({"ended_at": None})
    sign_in(page, cast.ana, address)
    dialog.get_by_role("button", name="I have signed in").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("Still here.")


def test_the_teacher_hides_in_two_clicks_and_the_author_reads_why(open_page, address, cast, lesson):
    annotate(cast.bob, lesson, PASSAGE, "Ana never understands anything.")
    ana = seat(open_page, address, cast.ana, lesson)
    thread = ana.get_by_role("article", name="Annotation by Bob Oduya")
    expect(thread).to_be_visible()
    teacher = seat(open_page, address, cast.teacher, lesson)
    teacher.get_by_role("article", name="Annotation by Bob Oduya").click()
    teacher.locator("article[data-active] summary").click()
    teacher.get_by_role("button", name="Hide…").click()
    teacher.get_by_role("button", name="It hurts somebody").click()
    expect(teacher.get_by_text("Hidden. Its author is told why.")).to_be_visible()
    expect(thread).to_have_count(0)
    bob = seat(open_page, address, cast.bob, lesson)
    expect(bob.get_by_text("It hurts somebody")).to_be_visible()


@pytest.mark.parametrize(
    "look", [(1366, "light"), (1366, "dark"), (1000, "light"), (390, "dark"), (320, "light")]
)
def test_the_page_fits_every_width_and_axe_finds_nothing(open_page, address, cast, lesson, look):
    width, scheme = look
    first = annotate(cast.bob, lesson, PASSAGE, "Unless one wheel is on ice. #ice", motivation="questioning")
    cast.teacher.post(
        f"/v1/assignments/{lesson.id}/annotations", json={"body": "Well put.", "parent_id": first["id"]}
    )
    annotate(cast.ana, lesson, "Nothing has happened to the straw.", "So it is whole.")
    annotate(cast.bob, lesson, "words that are not there", "Where did it go?")
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = seat(open_page, address, cast.ana, lesson, **options)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign = page.get_by_role("button", name=re.compile(r"2 annotations on: A car"))
    sign.press("Enter")
    expect(page.get_by_role("article", name="Question by Bob Oduya")).to_have_attribute("data-active", "true")
    page.get_by_role("button", name="Reply").click()
    page.get_by_role("textbox", name="Your reply").fill("Then *one* wheel is slower.")
    expect(page.get_by_text("How it will look")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []


def test_a_pupil_tells_the_teacher_who_leaves_it_or_hides_it(open_page, address, cast, lesson):
    annotate(cast.bob, lesson, PASSAGE, "Ana is slow.")
    ana = seat(open_page, address, cast.ana, lesson)
    thread = ana.get_by_role("article", name="Annotation by Bob Oduya")
    thread.click()
    thread.locator("summary").click()
    thread.get_by_role("button", name="Tell Ms Lee…").click()
    thread.get_by_role("button", name="It hurts somebody").click()
    expect(thread).to_contain_text("Folded, because you told your teacher")
    teacher = seat(open_page, address, cast.teacher, lesson)
    expect(teacher.get_by_text("Somebody told you about this: It hurts somebody")).to_be_visible()
    expect(teacher.get_by_text("Ana Pires")).to_have_count(0)
    teacher.get_by_role("button", name="Leave it as it is").click()
    expect(teacher.get_by_text("Somebody told you about this")).to_have_count(0)


def test_being_lost_is_one_key_and_counted_without_a_name(open_page, address, cast, lesson):
    page = seat(open_page, address, cast.ana, lesson)
    select(page, PASSAGE)
    page.keyboard.press("x")
    expect(page.get_by_text("Marked: you are lost here.")).to_be_visible()
    answer = cast.teacher.get(f"/v1/assignments/{lesson.id}/marks")
    assert sum(answer.json["bins"]) > 0
    assert "Ana" not in answer.text
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => !CSS.highlights.get('fw-lost')?.size")


def test_a_browser_without_highlights_marks_the_words_themselves(open_page, address, cast, lesson):
    annotate(cast.bob, lesson, PASSAGE, "Unless one wheel is on ice.", motivation="questioning")
    page = open_page(viewport={"width": 1366, "height": 768})
    page.add_init_script("delete window.Highlight")
    sign_in(page, cast.ana, address)
    page.goto(f"/assignments/{lesson.id}")
    expect(page.locator('mark[data-kind="question"]')).to_have_text(PASSAGE)
    select(page, "Nothing has happened to the straw.")
    page.get_by_role("button", name="Highlight", exact=True).click()
    expect(page.locator('mark[data-kind="mine"]')).to_have_text("Nothing has happened to the straw.")
    found = cast.ana.get(f"/v1/assignments/{lesson.id}/annotations").json["items"]
    assert all(one["span"] for one in found)


def test_a_translated_page_still_attaches_to_its_paragraph(open_page, address, cast, lesson):
    page = seat(open_page, address, cast.ana, lesson)
    page.evaluate("""() => { for (const p of document.querySelectorAll('#fw-document p'))
        p.innerHTML = '<font>' + 'Ein Satz in einer anderen Sprache. '.repeat(3) + '</font>'; }""")
    select(page, "anderen Sprache")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_role("textbox", name="Your comment").fill("Is the straw whole?")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_role("article", name="Annotation by You")).to_contain_text("Is the straw whole?")
    posted = cast.ana.get(f"/v1/assignments/{lesson.id}/annotations").json["items"][0]
    assert posted["span"] is not None
    assert posted["target"]["selector"][0]["exact"].startswith("Put a straw into a glass")


def test_staff_see_the_page_as_a_student_without_being_able_to_write(open_page, address, cast, lesson):
    annotate(cast.ana, lesson, PASSAGE, "For the class.")
    annotate(cast.ana, lesson, PASSAGE, "For the teacher alone.", audience="staff")
    page = open_page(viewport={"width": 1366, "height": 768})
    sign_in(page, cast.teacher, address)
    page.goto(f"/assignments/{lesson.id}?as=student")
    expect(page.get_by_text("For the class.")).to_be_visible()
    expect(page.get_by_text("For the teacher alone.")).to_have_count(0)
    expect(page.get_by_role("button", name="Annotate by keyboard")).to_have_count(0)


def test_unread_marks_survive_and_go_once_read(open_page, address, cast, lesson):
    annotate(cast.bob, lesson, PASSAGE, "Unless one wheel is on ice.")
    page = seat(open_page, address, cast.ana, lesson)
    unread = page.get_by_role("button", name=re.compile("^Unread"))
    expect(unread).to_have_text("Unread 1")
    page.reload()
    expect(unread).to_have_text("Unread 1")
    page.get_by_role("article", name="Annotation by Bob Oduya").click()
    with page.expect_response(lambda answer: answer.url.endswith("/seen")):
        expect(unread).to_have_text("Unread")
    page.reload()
    expect(page.get_by_text("Unless one wheel")).to_be_visible()
    expect(unread).to_have_text("Unread")


def test_a_link_on_a_phone_opens_the_sheet_at_its_thread(open_page, address, cast, lesson):
    for number in range(12):
        annotate(cast.bob, lesson, "A car that brakes does not leave the road.", f"Remark {number}. " * 9)
    wanted = annotate(cast.bob, lesson, "Nothing has happened to the straw.", "So it is whole.")
    page = seat(open_page, address, cast.ana, lesson, viewport={"width": 390, "height": 844})
    page.goto("about:blank")
    page.goto(f"{address}/assignments/{lesson.id}#annotation-{wanted['id']}")
    expect(page.get_by_text("So it is whole.")).to_be_in_viewport(ratio=1)
