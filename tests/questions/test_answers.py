"""Answering: what one is told, when, and what staff see of it."""

import pytest

from .conftest import SHORT


def test_the_right_option_settles_the_question(cast, asking):
    made = asking.make(attempts=3)
    told = asking.answer("ana", made, 0, confidence="sure")
    assert (told["correct"], told["attempts_left"], told["confidence"]) == (True, 0, "sure")
    assert "slower there" in told["feedback_html"]
    assert "slowed first" in told["explanation_html"]
    assert asking.mine("ana") == [told]
    asking.answer("ana", made, 1, status=409)


def test_a_wrong_option_tells_only_about_itself_while_there_are_attempts(cast, asking):
    made = asking.make(attempts=2)
    first = asking.answer("ana", made, 1, confidence="guessing")
    assert (first["correct"], first["attempts_left"]) == (False, 1)
    assert "slower side" in first["feedback_html"]
    assert (first["explanation_html"], first["right_options"], first["others"]) == ("", [], None)
    second = asking.answer("ana", made, 2)
    assert (second["attempt"], second["attempts_left"]) == (2, 0)
    assert second["right_options"] == [made["options"][0]["id"]]
    assert second["explanation_html"]
    asking.answer("ana", made, 0, status=409)


def test_a_short_text_shows_the_model_answer_and_asks_how_one_did(cast, asking):
    made = asking.make(SHORT)
    told = asking.answer("ana", made, "Because of *friction*.", confidence="unsure")
    assert (told["correct"], told["self_check"], told["value"]) == (None, None, "Because of *friction*.")
    assert "One side is slowed" in told["model_answer_html"]
    path = f"/v1/questions/{made['id']}/answers/mine"
    for said, correct in [("not_yet", False), ("partly", None), ("had_it", True)]:
        judged = cast.ana.put(path, json={"self_check": said}).get_json()
        assert (judged["self_check"], judged["correct"]) == (said, correct)
    assert asking.mine("ana") == [judged]
    assert cast.ana.put(path, json={"self_check": "perfect"}).status_code == 422


def test_a_choice_is_not_judged_by_oneself(cast, asking):
    made = asking.make()
    asking.answer("ana", made)
    answer = cast.ana.put(f"/v1/questions/{made['id']}/answers/mine", json={"self_check": "had_it"})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"value": ""},
        {"value": "   "},
        {"value": "no-such-option"},
        {"value": 7},
        {"value": "x" * 5_001},
        {"value": None},
        {"value": "0", "correct": True},
        {"value": "0", "confidence": "certain"},
        {"value": "0", "composed_at": "2026-01-01T00:00:00"},
    ],
)
def test_what_is_no_answer_is_refused_and_costs_no_attempt(cast, asking, sent):
    made = asking.make()
    if sent.get("value") == "0":
        sent["value"] = made["options"][0]["id"]
    assert cast.ana.post(f"/v1/questions/{made['id']}/answers", json=sent).status_code == 422
    assert asking.mine("ana") == []
    asking.answer("ana", made)


def test_an_answer_sent_twice_counts_once(cast, asking):
    made = asking.make(attempts=2)
    path, key = f"/v1/questions/{made['id']}/answers", {"Idempotency-Key": "again"}
    sent = {"value": made["options"][1]["id"], "composed_at": "2026-11-20T20:00:00Z"}
    first, second = (cast.ana.post(path, json=sent, headers=key) for _ in range(2))
    assert first.get_json() == second.get_json()
    assert asking.listed("teacher")[0]["tally"]["answered"] == 1
    assert asking.mine("ana")[0]["attempts_left"] == 1


def test_how_others_answered_is_told_only_where_the_teacher_allows_it(cast, asking):
    hidden, shown = asking.make(), asking.make(show_others=True)
    for made in (hidden, shown):
        asking.answer("bob", made, 1)
    assert asking.answer("ana", hidden)["others"] is None
    others = asking.answer("ana", shown)["others"]
    right, wrong = (option["id"] for option in shown["options"][:2])
    assert others == {"answered": 2, "counts": {right: 1, wrong: 1}}


def test_only_the_newest_attempt_of_each_person_is_shown_to_others(cast, asking):
    made = asking.make(attempts=2, show_others=True)
    asking.answer("bob", made, 1)
    asking.answer("bob", made, 0)
    others = asking.answer("ana", made)["others"]
    assert others == {"answered": 2, "counts": {made["options"][0]["id"]: 2}}


def test_staff_count_what_people_thought_first(cast, asking):
    made = asking.make(attempts=2)
    asking.answer("ana", made, 1, confidence="sure")
    asking.answer("ana", made, 0, confidence="sure")
    asking.answer("bob", made, 2, confidence="guessing")
    (item,) = asking.listed("teacher")
    assert item["tally"] == {"answered": 2, "right": 0, "sure_but_wrong": 1}


def test_staff_read_every_answer_with_its_confidence(cast, asking):
    made = asking.make(SHORT)
    asking.answer("ana", made, "Glass is dense.", confidence="sure")
    asking.answer("bob", made, "No idea.", confidence="guessing")
    path = f"/v1/questions/{made['id']}/answers"
    first = cast.teacher.get(f"{path}?limit=1").get_json()
    rest = cast.teacher.get(f"{path}?limit=5&cursor={first['next']}").get_json()
    found = [(one["account_id"], one["value"], one["confidence"]) for one in first["items"] + rest["items"]]
    assert found == [
        (cast.ana.id, "Glass is dense.", "sure"),
        (cast.bob.id, "No idea.", "guessing"),
    ]
