"""Plans through the front door: drafted from topics, changed, copied, and what they never hold."""

import json

import pytest

from app.core.db import session
from app.plans.models import Plan

from .conftest import CAT, SPEED


def test_a_draft_suits_the_topics_and_fills_the_time(lesson):
    plan = lesson.plan(minutes=40, room="rows")
    assert sum(step["minutes"] for step in plan["steps"]) == 40
    vote = plan["steps"][0]
    assert (vote["kind"], vote["topics"], vote["question_id"]) == (
        "vote",
        [lesson.topics[0]],
        lesson.question["id"],
    )
    assert vote["why_text"] == "50 % were right: enough on both sides to convince each other."
    assert plan["steps"][-1]["kind"] == "exit_ticket"
    assert {topic["label"] for topic in plan["topics"]} == {"Why it turns", "The cat"}


def test_only_the_chosen_topics_are_planned(lesson):
    plan = lesson.plan(topics=[lesson.topics[1]])
    assert [topic["label"] for topic in plan["topics"]] == ["The cat"]


def test_an_empty_report_still_gives_a_lesson(cast):
    answer = cast.teacher.post(f"/v1/assignments/{cast.assignment.id}/activity-plans", json={})
    assert [step["kind"] for step in answer.get_json()["steps"]] == ["pairs", "exit_ticket"]


def test_a_plan_holds_ids_and_never_pupils_words(lesson):
    plan = lesson.plan()
    assert SPEED in {voice["text"] for voice in plan["voices"]}
    row = session.get_one(Plan, plan["id"])
    kept = json.dumps([row.steps, row.notes, row.title])
    assert SPEED not in kept
    assert CAT not in kept
    assert lesson.asked[0] in kept


def test_removed_words_are_gone_from_the_plan(lesson):
    plan = lesson.plan()
    lesson.cast.ana.delete(f"/v1/annotations/{lesson.asked[0]}")
    assert SPEED not in json.dumps(lesson.again(plan))


def test_steps_are_changed_and_put_into_another_order(lesson):
    plan = lesson.plan()
    steps = [strip(step) for step in reversed(plan["steps"])]
    steps[0] |= {"prompt": "Say it to your neighbour.", "minutes": 7}
    changed = lesson.patch(plan, steps=steps, title="Wednesday")
    assert changed.status_code == 200, changed.get_json()
    again = lesson.again(plan)
    assert [step["id"] for step in again["steps"]] == [step["id"] for step in steps]
    assert (again["title"], again["steps"][0]["prompt"]) == ("Wednesday", "Say it to your neighbour.")


def strip(step):
    return {key: value for key, value in step.items() if key != "why_text"}


def test_another_window_does_not_overwrite(lesson):
    plan = lesson.plan()
    assert lesson.patch(plan, title="First").status_code == 200
    second = lesson.patch(plan, title="Second")
    assert (second.status_code, second.get_json()["code"]) == (409, "plan_changed")
    assert lesson.again(plan)["title"] == "First"


def test_a_question_of_another_assignment_is_refused(lesson):
    plan = lesson.plan()
    step = strip(plan["steps"][0]) | {"question_id": "0" * 36}
    assert lesson.patch(plan, steps=[step]).status_code == 422


def test_words_that_nobody_may_read_do_not_enter(lesson):
    plan = lesson.plan()
    private = lesson.cast.ana.post(
        f"{lesson.url}/annotations",
        json={
            "body": "Only for me", "audience": "self",
            "target": {"selector": [{"type": "TextQuoteSelector", "exact": "glass"}]},
        },
    ).get_json()  # fmt: skip
    step = strip(plan["steps"][0]) | {"voices": [private["id"]]}
    assert lesson.patch(plan, steps=[step]).get_json()["steps"][0]["voices"] == []


@pytest.mark.parametrize(
    "step",
    [
        {"kind": "dance"},
        {"minutes": 0},
        {"question": {"stem": "Which?", "options": ["One"], "right": []}},
        {"question": {"stem": "Which?", "options": ["One", "Two"], "right": [2]}},
        {"prompt": "x" * 4_001},
    ],
)
def test_a_step_that_makes_no_sense_is_refused_with_its_place(lesson, step):
    plan = lesson.plan()
    answer = lesson.patch(plan, steps=[strip(plan["steps"][0]) | step])
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"].startswith("/steps/0")


def test_two_steps_of_one_id_are_refused(lesson):
    plan = lesson.plan()
    step = strip(plan["steps"][0])
    assert lesson.patch(plan, steps=[step, step]).status_code == 422


def test_a_copy_has_steps_of_its_own(lesson):
    plan = lesson.plan()
    copy = lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/copy").get_json()
    assert copy["title"].endswith("(copy)")
    assert {step["id"] for step in copy["steps"]}.isdisjoint(step["id"] for step in plan["steps"])
    assert [step["kind"] for step in copy["steps"]] == [step["kind"] for step in plan["steps"]]
    listed = lesson.teacher.get(f"{lesson.url}/activity-plans").get_json()["items"]
    assert [one["id"] for one in listed] == [copy["id"], plan["id"]]


def test_a_template_keeps_nothing_of_the_class_and_serves_another_lesson(lesson):
    plan = lesson.plan()
    template = lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/template").get_json()
    assert template["assignment_id"] is None
    assert all(not step["topics"] and not step["voices"] for step in template["steps"])
    assert template["id"] not in {
        p["id"] for p in lesson.teacher.get(f"{lesson.url}/activity-plans").get_json()["items"]
    }
    filled = lesson.plan(template_id=template["id"], topics=[lesson.topics[1]])
    assert [step["kind"] for step in filled["steps"]] == [step["kind"] for step in plan["steps"]]
    assert filled["steps"][0]["topics"] == [lesson.topics[1]]


def test_a_template_of_another_course_is_not_mine(lesson):
    plan = lesson.plan()
    template = lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/template").get_json()
    assert lesson.cast.other_teacher.get(f"/v1/activity-plans/{template['id']}").status_code == 404


def test_a_file_for_a_colleague_leaves_the_class_out(lesson):
    plan = lesson.plan()
    shared = lesson.teacher.get(f"/v1/activity-plans/{plan['id']}/file")
    text = shared.get_data(as_text=True)
    for private in (SPEED, CAT, "Why it turns", *lesson.asked, *lesson.topics, "Ana", lesson.question["id"]):
        assert private not in text
    assert "Which way does the ray bend?" in text
    taken = lesson.teacher.post(f"{lesson.url}/activity-plans/import", json=shared.get_json())
    assert taken.status_code == 201, taken.get_json()
    question = taken.get_json()["steps"][0]["question"]
    assert (question["stem"], question["right"]) == ("Which way does the ray bend?", [0])


def test_notes_are_kept_by_step(lesson):
    plan = lesson.plan()
    step = plan["steps"][0]["id"]
    path = f"/v1/activity-plans/{plan['id']}/notes"
    assert lesson.teacher.put(f"{path}/{step}", json={"text": "Took longer."}).status_code == 204
    assert lesson.again(plan)["notes"] == {step: "Took longer."}
    assert lesson.teacher.put(f"{path}/{step}", json={"text": ""}).status_code == 204
    assert lesson.again(plan)["notes"] == {}
    assert lesson.teacher.put(f"{path}/nothing", json={"text": "x"}).status_code == 409


def test_a_removed_plan_is_gone(lesson):
    plan = lesson.plan()
    assert lesson.teacher.delete(f"/v1/activity-plans/{plan['id']}").status_code == 204
    assert lesson.teacher.get(f"/v1/activity-plans/{plan['id']}").status_code == 404


def test_one_answer_goes_under_all_questions_of_a_topic(lesson):
    answer = lesson.teacher.post(
        f"{lesson.url}/topics/{lesson.topics[0]}/replies", json={"body": "One side is slowed first."}
    )
    assert (answer.status_code, answer.get_json()) == (201, {"replies": 2})
    replies = [
        one
        for one in lesson.cast.ana.get(f"{lesson.url}/annotations").get_json()["items"]
        if one["parent_id"]
    ]
    assert {one["parent_id"] for one in replies} == {lesson.asked[0], lesson.asked[2]}


def test_a_topic_that_is_gone_is_not_answered(lesson):
    answer = lesson.teacher.post(f"{lesson.url}/topics/gone/replies", json={"body": "So."})
    assert answer.status_code == 404


def test_each_topic_of_the_report_leads_to_a_plan_and_to_one_answer(lesson):
    page = lesson.teacher.get(f"/assignments/{lesson.cast.assignment.id}/report").get_data(as_text=True)
    for key in lesson.topics:
        assert f"/assignments/{lesson.cast.assignment.id}/plans?topic={key}" in page
        assert f"/topics/{key}/reply" in page
