"""Votes in class and the re-check: counted and not named, the key told to nobody too early, before and after kept."""

import json

import pytest

from app.reports.queries import topic_or_404


@pytest.fixture
def plan(lesson):
    return lesson.plan()


def open_poll(lesson, plan, moment="before"):
    answer = lesson.teacher.post(
        f"/v1/activity-plans/{plan['id']}/polls", json={"step_id": plan["steps"][0]["id"], "moment": moment}
    )
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def cast_votes(lesson, poll, right):
    """So many of the eight choose the right option, the others the other one."""
    for place, pupil in enumerate(lesson.pupils):
        option = poll["options"][0 if place < right else 1]["id"]
        answer = pupil.put(f"/v1/polls/{poll['id']}/ballot", json={"option": option})
        assert answer.status_code == 200, answer.get_json()


def results(lesson, plan):
    return lesson.teacher.get(f"/v1/activity-plans/{plan['id']}/polls").get_json()["items"]


def test_the_class_votes_under_a_code_and_staff_see_counts(lesson, plan):
    assert lesson.cast.ana.get(f"/v1/votes/{plan['code']}").get_json()["items"] == []
    poll = open_poll(lesson, plan)
    asked = lesson.cast.ana.get(f"/v1/votes/{plan['code'].lower()}").get_json()["items"]
    assert [(one["stem"], one["mine"], one["right"]) for one in asked] == [
        ("Which way does the ray bend?", None, [])
    ]
    cast_votes(lesson, poll, right=3)
    (counted,) = results(lesson, plan)
    assert (counted["voted"], counted["counts"]) == (
        8,
        {poll["options"][0]["id"]: 3, poll["options"][1]["id"]: 5},
    )
    assert not any(pupil.id in json.dumps(counted) for pupil in lesson.pupils)


def test_the_key_is_told_to_no_pupil_before_or_after_voting(lesson, plan):
    poll = open_poll(lesson, plan)
    wrong = poll["options"][1]["id"]
    answer = lesson.cast.ana.put(f"/v1/polls/{poll['id']}/ballot", json={"option": wrong}).get_json()
    assert (answer["items"][0]["mine"], answer["items"][0]["right"]) == (wrong, [])


def test_a_vote_can_be_changed_until_it_is_closed_and_counts_once(lesson, plan):
    poll = open_poll(lesson, plan)
    first, second = (option["id"] for option in poll["options"])
    path = f"/v1/polls/{poll['id']}/ballot"
    lesson.cast.ana.put(path, json={"option": first})
    lesson.cast.ana.put(path, json={"option": second})
    assert results(lesson, plan)[0]["counts"] == {second: 1}
    lesson.teacher.patch(f"/v1/polls/{poll['id']}", json={"closed": True})
    late = lesson.cast.ana.put(path, json={"option": first})
    assert (late.status_code, late.get_json()["code"]) == (409, "poll_closed")
    assert lesson.cast.ana.get(f"/v1/votes/{plan['code']}").get_json()["items"] == []


def test_the_next_question_closes_the_one_before(lesson, plan):
    first, second = open_poll(lesson, plan), open_poll(lesson, plan, "after")
    assert [(one["id"], one["open"]) for one in results(lesson, plan)] == [
        (first["id"], False),
        (second["id"], True),
    ]


def test_what_is_no_option_is_refused(lesson, plan):
    poll = open_poll(lesson, plan)
    assert lesson.cast.ana.put(f"/v1/polls/{poll['id']}/ballot", json={"option": "x"}).status_code == 422
    assert lesson.teacher.patch(f"/v1/polls/{poll['id']}", json={"hands": {"x": 1}}).status_code == 422


def test_a_step_without_a_question_cannot_be_voted_on(lesson, plan):
    answer = lesson.teacher.post(
        f"/v1/activity-plans/{plan['id']}/polls", json={"step_id": plan["steps"][-1]["id"]}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "no_question")


def test_an_own_question_is_voted_on_as_well(lesson, plan):
    own = {"stem": "Is it fair?", "options": ["Yes", "No"], "right": []}
    steps = [{key: value for key, value in step.items() if key != "why_text"} for step in plan["steps"]]
    steps[0] |= {"question": own, "question_id": None}
    assert lesson.patch(plan, steps=steps).status_code == 200
    assert [option["text"] for option in open_poll(lesson, plan)["options"]] == ["Yes", "No"]


def test_strangers_and_other_courses_find_no_vote(lesson, plan):
    poll = open_poll(lesson, plan)
    assert lesson.cast.eve.get(f"/v1/votes/{plan['code']}").status_code == 404
    assert lesson.cast.observer.get(f"/v1/votes/{plan['code']}").status_code == 404
    option = poll["options"][0]["id"]
    assert lesson.cast.eve.put(f"/v1/polls/{poll['id']}/ballot", json={"option": option}).status_code == 404
    assert lesson.teacher.put(f"/v1/polls/{poll['id']}/ballot", json={"option": option}).status_code == 403
    assert lesson.cast.ana.get("/v1/votes/ZZZZZ").status_code == 404


def test_before_and_after_go_to_the_report_with_counted_hands(lesson, plan):
    poll = open_poll(lesson, plan)
    cast_votes(lesson, poll, right=3)
    hands = {poll["options"][0]["id"]: 1, poll["options"][1]["id"]: 1}
    lesson.teacher.patch(f"/v1/polls/{poll['id']}", json={"closed": True, "hands": hands})
    after = open_poll(lesson, plan, "after")
    cast_votes(lesson, after, right=7)
    lesson.teacher.patch(f"/v1/polls/{after['id']}", json={"closed": True})
    outcome = topic_or_404(lesson.topics[0]).outcome
    assert (outcome.before, outcome.after) == ({"right": 4, "of": 10}, {"right": 7, "of": 8})


TWO = [
    {"stem": "Which way now?", "options": ["Towards", "Away"], "right": [0]},
    {"stem": "And back?", "options": ["Towards", "Away"], "right": [1]},
]


def recheck(lesson, plan, questions=TWO):
    questions = [one | {"topic": lesson.topics[place % 2]} for place, one in enumerate(questions)]
    return lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/recheck", json={"questions": questions})


def test_a_recheck_of_two_questions_stays_open_and_says_what_was_right(lesson, plan):
    sent = recheck(lesson, plan)
    assert sent.status_code == 201, sent.get_json()
    first, second = lesson.cast.ana.get(f"/v1/votes/{plan['code']}").get_json()["items"]
    assert (first["moment"], first["right"]) == ("later", [])
    wrong = first["options"][1]["id"]
    told = lesson.cast.ana.put(f"/v1/polls/{first['id']}/ballot", json={"option": wrong}).get_json()["items"]
    assert told[0]["right"] == [first["options"][0]["id"]]
    assert told[1]["right"] == []
    again = lesson.cast.ana.put(f"/v1/polls/{first['id']}/ballot", json={"option": first["options"][0]["id"]})
    assert (again.status_code, again.get_json()["code"]) == (409, "already_answered")
    outcome = topic_or_404(lesson.topics[0]).outcome
    assert (outcome.before, outcome.after) == ({"right": 4, "of": 8}, {"right": 0, "of": 1})


def test_a_recheck_needs_a_right_option(lesson, plan):
    assert recheck(lesson, plan, [TWO[0] | {"right": []}]).get_json()["code"] == "no_right"


def test_a_recheck_waits_on_the_start_page_until_it_is_answered(lesson, plan):
    assert "Asked once more" not in lesson.cast.ana.get("/").get_data(as_text=True)
    recheck(lesson, plan, TWO[:1])
    page = lesson.cast.ana.get("/").get_data(as_text=True)
    assert f"/vote/{plan['code']}" in page
    (asked,) = lesson.cast.ana.get(f"/v1/votes/{plan['code']}").get_json()["items"]
    lesson.cast.ana.put(f"/v1/polls/{asked['id']}/ballot", json={"option": asked["options"][0]["id"]})
    assert f"/vote/{plan['code']}" not in lesson.cast.ana.get("/").get_data(as_text=True)
    assert f"/vote/{plan['code']}" not in lesson.teacher.get("/").get_data(as_text=True)


def test_the_page_works_without_a_script(lesson, plan):
    path = f"/vote/{plan['code']}"
    assert (
        lesson.cast.ana.get("/vote", query_string={"code": plan["code"].lower()}).headers["Location"] == path
    )
    assert "Look to the front" in lesson.cast.ana.get(path).get_data(as_text=True)
    poll = open_poll(lesson, plan)
    option = poll["options"][1]["id"]
    assert lesson.cast.ana.post(path, data={"poll": poll["id"], "option": option}).status_code == 303
    assert "Your vote counts." in lesson.cast.ana.get(path).get_data(as_text=True)
    assert "This is how students see it." in lesson.teacher.get(path).get_data(as_text=True)
    lesson.teacher.patch(f"/v1/polls/{poll['id']}", json={"closed": True})
    late = lesson.cast.ana.post(path, data={"poll": poll["id"], "option": option})
    assert late.status_code == 409
    assert "This vote is over." in late.get_data(as_text=True)
    assert lesson.cast.ana.post(path, data={"poll": "x", "option": option}).status_code == 404


def test_what_was_thought_of_the_lesson_is_kept_with_the_topic(lesson, plan):
    key = lesson.topics[0]
    path = f"/plans/{plan['id']}/after"
    said = {f"dealt-{key}": "1", f"did-{key}": "A vote.", f"change-{key}": "More time."}
    assert lesson.teacher.post(path, data=said).status_code == 303
    shown = lesson.teacher.get(f"{lesson.url}/confusion-report").get_json()["topics"]
    outcome = next(one["outcome"] for one in shown if one["key"] == key)
    assert (outcome["what_i_did"], outcome["what_i_would_change"]) == ("A vote.", "More time.")
    assert outcome["dealt_at"]
    assert outcome["before"] == {"right": 4, "of": 8}
    page = lesson.teacher.get(path).get_data(as_text=True)
    assert "4 of 8 right" in page
    assert "More time." in page
    assert lesson.teacher.post(path, data=said | {f"did-{key}": "x" * 601}).status_code == 422


def test_a_recheck_by_form(lesson, plan):
    path = f"/plans/{plan['id']}"
    page = lesson.teacher.get(f"{path}/after").get_data(as_text=True)
    assert "Which way does the ray bend?" in page
    form = {
        "stem-0": "Which?",
        "option-0-0": "This",
        "option-0-2": "That",
        "right-0": "2",
        "topic-0": lesson.topics[0],
        "days": "3",
    }
    assert lesson.teacher.post(f"{path}/recheck", data=form).status_code == 303
    (poll,) = results(lesson, plan)
    assert [option["text"] for option in poll["options"]] == ["This", "That"]
    assert poll["right"] == [poll["options"][1]["id"]]
    assert lesson.teacher.post(f"{path}/recheck", data=form | {"right-0": ""}).status_code == 422
    assert lesson.teacher.post(f"{path}/recheck", data={}).status_code == 422
