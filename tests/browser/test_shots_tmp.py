import pytest
from playwright.sync_api import expect

from app.annotations.models import Annotation
from app.core.db import session, unit_of_work
from app.scores.operations import record_ratings
from scoring.remark import Rating, Reason

from . import reading as r

pytestmark = pytest.mark.browser
OUT = "/tmp/qshots/"


def q(words):
    return {"selector": [{"type": "TextQuoteSelector", "exact": words}]}


def test_shots(cast, address, open_page):
    a = r.assign_lesson(cast)
    url = f"/v1/assignments/{a.id}/questions"
    text = r.LESSON.read_text()
    c = cast.teacher.post(
        url,
        json={
            "kind": "choice",
            "stem": "Which way does the ray *bend* when it enters glass, if $n_2 > n_1$?",
            "target": q("bends towards the perpendicular"),
            "options": [
                {"text": "Towards the normal", "correct": True, "feedback": "Yes: it is slower there."},
                {"text": "Away from the normal", "feedback": "Think of which side is slowed first."},
                {"text": "Not at all"},
            ],
            "explanation": "The side of the beam that enters first is slowed first, so it **turns**.",
            "attempts": 2,
            "show_others": True,
            "required": True,
        },
    )
    print(c.get_json())
    assert c.status_code == 201
    c = c.get_json()
    s = cast.teacher.post(
        url,
        json={
            "kind": "short_text",
            "stem": "Why does it turn, and not only slow down?",
            "target": q("A slower speed alone"),
            "model_answer": "One side of the beam is slowed before the other.",
            "show_others": True,
        },
    ).get_json()
    cast.bob.post(
        f"/v1/questions/{c['id']}/answers", json={"value": c["options"][1]["id"], "confidence": "sure"}
    )
    one = r.annotate(
        cast.ana, a, "A slower speed alone", "Light turns because one side of the beam is slowed first."
    )
    two = r.annotate(cast.bob, a, "A slower speed alone", "idk", motivation="questioning")
    with unit_of_work():
        for x, lv in ((one, 2), (two, 0)):
            an = session.get_one(Annotation, x["id"])
            record_ratings(
                [an],
                [
                    Rating(
                        id=an.id,
                        quality=1.8,
                        level=lv,
                        confusion=0.1,
                        question=0.1,
                        certainty=0.9,
                        reasons=[
                            Reason("gives_reason", {"words": "because one side of the beam"}, "x", 0.4),
                            Reason("add_specifics", {}, "x", -0.3),
                        ],
                        marks=[(12, 39)],
                    )
                ],
                "m",
            )
    cast.teacher.patch(f"/v1/assignments/{a.id}", json={"scores_released": True})
    session.remove()
    ana = r.seat(open_page, address, cast.ana, a)
    errs = []
    ana.on("console", lambda m: errs.append(m.text) if m.type == "error" else None)
    ana.on("pageerror", lambda e: errs.append(str(e)))
    card = ana.locator(f'[data-question="{c["id"]}"]')
    expect(card).to_be_visible()
    card.scroll_into_view_if_needed()
    ana.screenshot(path=OUT + "1-student.png")
    card.get_by_role("button", name="Sure", exact=True).click()
    ana.screenshot(path=OUT + "2-missing.png")
    card.get_by_label("Away from the normal").check()
    card.get_by_role("button", name="Unsure").click()
    expect(card.get_by_text("Not right.")).to_be_visible()
    ana.screenshot(path=OUT + "3-wrong.png")
    card.get_by_label("Towards the normal").check()
    card.get_by_role("button", name="Sure", exact=True).click()
    expect(card.get_by_text("Right.", exact=True)).to_be_visible()
    ana.screenshot(path=OUT + "4-right.png")
    c2 = ana.locator(f'[data-question="{s["id"]}"]')
    c2.get_by_label("Your answer").fill("Because it slows.")
    c2.get_by_role("button", name="Guessing").click()
    c2.get_by_role("button", name="Partly").click()
    c2.scroll_into_view_if_needed()
    ana.wait_for_timeout(400)
    ana.screenshot(path=OUT + "5-short.png")
    ana.get_by_role("button", name="How my annotations are read").click()
    ana.wait_for_timeout(300)
    ana.screenshot(path=OUT + "6-ratings.png")
    t = r.seat(open_page, address, cast.teacher, a)
    t.on("console", lambda m: errs.append(m.text) if m.type == "error" else None)
    t.on("pageerror", lambda e: errs.append(str(e)))
    t.locator(".question-card").first.scroll_into_view_if_needed()
    t.wait_for_timeout(500)
    t.screenshot(path=OUT + "7-staff.png")
    t.get_by_role("button", name="right", exact=False).locator("visible=true").first.click()
    t.wait_for_timeout(400)
    t.screenshot(path=OUT + "8-answers.png")
    t.keyboard.press("Escape")
    r.select(t, "A slower speed alone")
    t.screenshot(path=OUT + "9-bar.png")
    t.get_by_role("button", name="Ask a question here").click()
    t.wait_for_timeout(400)
    t.screenshot(path=OUT + "10-form.png")
    t.get_by_role("button", name="Put it here").click()
    t.wait_for_timeout(300)
    t.screenshot(path=OUT + "11-form-problems.png")
    t.keyboard.press("Escape")
    t.get_by_role("button", name="Ratings").click()
    t.wait_for_timeout(300)
    t.screenshot(path=OUT + "12-ratings-staff.png")
    t.keyboard.press("Escape")
    t.locator(f'[data-thread="{one["id"]}"] .thread-open').click()
    t.locator(f'[data-thread="{one["id"]}"] .deed-menu summary').click()
    t.wait_for_timeout(300)
    t.screenshot(path=OUT + "13-menu.png")
    m = r.seat(
        open_page,
        address,
        cast.bob,
        a,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        color_scheme="dark",
    )
    m.locator(".question-card").first.scroll_into_view_if_needed()
    m.wait_for_timeout(500)
    m.screenshot(path=OUT + "14-phone.png")
    n = r.seat(open_page, address, cast.bob, a, viewport={"width": 320, "height": 640})
    n.locator(".question-card").nth(1).scroll_into_view_if_needed()
    n.wait_for_timeout(500)
    n.screenshot(path=OUT + "15-320.png")
    assert n.evaluate("document.documentElement.scrollWidth") <= 320
    assert errs == []
