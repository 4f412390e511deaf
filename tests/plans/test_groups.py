"""Groups of a plan: from what the class answered and asked, redone, kept apart, sent to the course."""

import json
from itertools import pairwise

import pytest

from app.core.db import session, unit_of_work
from app.courses.models import GroupSet
from tests import factories

from .conftest import SPEED


def groups_path(plan):
    return f"/v1/activity-plans/{plan['id']}/groups"


def make(lesson, plan, **wishes):
    answer = lesson.teacher.put(groups_path(plan), json=wishes)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()["groups"]


def ids(group):
    return [member["id"] for member in group["members"]]


def test_different_answers_sit_together_and_it_is_said_why(lesson):
    plan = lesson.plan()
    groups = make(lesson, plan, by="conflict", size=2)
    answered = {pupil.id: place % 2 for place, pupil in enumerate(lesson.pupils)}
    assert len(groups) == 4
    assert all({answered[one] for one in ids(group)} == {0, 1} for group in groups)
    assert groups[0]["reasons"] == [
        "Different answers: 1 × “Away from it”, 1 × “Towards the normal”"
    ] or groups[0]["reasons"] == ["Different answers: 1 × “Towards the normal”, 1 × “Away from it”"]


def test_a_plan_may_begin_with_groups(lesson):
    plan = lesson.plan(group_size=3)
    assert sorted(len(group["members"]) for group in plan["groups"]) == [4, 4]


def test_what_was_asked_without_a_name_is_not_used(lesson):
    plan = lesson.plan()
    groups = make(lesson, plan, by="shared", size=8)
    # Ana asked about one topic and Bob about the other; the third question was anonymous.
    assert groups[0]["reasons"] == ["Nothing that they share is known"]


def test_two_who_are_kept_apart_never_sit_together_and_pupils_learn_nothing_of_it(lesson):
    plan = lesson.plan()
    path = f"/v1/activity-plans/{plan['id']}/apart"
    for one, other in pairwise(lesson.pupils[:4]):
        assert lesson.teacher.put(path, json={"account_ids": [one.id, other.id]}).status_code == 204
    for _again in range(3):
        groups = make(lesson, plan, by="chance", size=2, again=True)
        for one, other in pairwise(lesson.pupils[:4]):
            assert not any({one.id, other.id} <= set(ids(group)) for group in groups)
    assert (
        lesson.cast.ana.put(
            path, json={"account_ids": [lesson.pupils[0].id, lesson.pupils[1].id]}
        ).status_code
        == 404
    )
    first, second = lesson.pupils[:2]
    assert lesson.teacher.delete(f"{path}/{second.id}/{first.id}").status_code == 204


@pytest.mark.parametrize("who", ["teacher", "eve", "same"])
def test_only_two_students_can_be_kept_apart(lesson, who):
    plan = lesson.plan()
    ana = lesson.cast.ana.id
    other = ana if who == "same" else lesson.cast.people[who].id
    answer = lesson.teacher.put(f"/v1/activity-plans/{plan['id']}/apart", json={"account_ids": [ana, other]})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "not_two")


def test_when_somebody_is_missing_only_their_group_changes(lesson):
    plan = lesson.plan()
    before = make(lesson, plan, by="chance", size=4)
    missing = ids(before[0])[0]
    answer = lesson.teacher.put(f"/v1/activity-plans/{plan['id']}/absent", json={"account_ids": [missing]})
    after = answer.get_json()
    assert [one["id"] for one in after["absent"]] == [missing]
    assert sorted(map(sorted, map(ids, after["groups"]))) == sorted(
        sorted(set(ids(group)) - {missing}) for group in before
    )
    assert missing not in json.dumps(make(lesson, plan, by="mixed", size=3))


def moved(lesson, plan, who, to):
    return lesson.teacher.post(f"/plans/{plan['id']}/groups/move", data={"account_id": who, "number": to})


def test_somebody_is_moved_by_hand_and_stays_there_when_another_is_missing(lesson):
    plan = lesson.plan()
    first, second, *others = make(lesson, plan, by="chance", size=3)
    who = ids(first)[0]
    assert moved(lesson, plan, who, second["number"]).status_code == 303
    after = lesson.again(plan)["groups"]
    assert set(map(frozenset, map(ids, after))) == {
        frozenset(ids(first)[1:]),
        frozenset({*ids(second), who}),
        *(frozenset(ids(one)) for one in others),
    }
    missing = ids(others[0])[0] if others else ids(first)[1]
    lesson.teacher.put(f"/v1/activity-plans/{plan['id']}/absent", json={"account_ids": [missing]})
    assert any({*ids(second), who} <= set(ids(group)) for group in lesson.again(plan)["groups"])


def test_a_group_of_their_own_and_back_again(lesson):
    plan = lesson.plan()
    before = make(lesson, plan, by="chance", size=3)
    who, last = ids(before[0])[0], len(before)
    moved(lesson, plan, who, last + 1)
    alone = lesson.again(plan)["groups"][-1]
    assert (alone["number"], ids(alone)) == (last + 1, [who])
    moved(lesson, plan, who, 1)
    assert [group["number"] for group in lesson.again(plan)["groups"]] == list(range(1, last + 1))
    assert sorted(map(sorted, map(ids, lesson.again(plan)["groups"]))) == sorted(
        map(sorted, map(ids, before))
    )


@pytest.mark.parametrize(("who", "to"), [("nobody", "1"), ("first", "99"), ("first", "0"), ("first", "²")])
def test_nobody_is_moved_to_nowhere(lesson, who, to):
    plan = lesson.plan()
    before = make(lesson, plan, by="chance", size=3)
    answer = moved(lesson, plan, ids(before[0])[0] if who == "first" else who, to)
    assert answer.status_code == 422
    assert lesson.again(plan)["groups"] == before


def test_a_move_next_to_somebody_kept_apart_is_said_and_stands(lesson):
    plan = lesson.plan()
    before = make(lesson, plan, by="chance", size=3)
    who, other = ids(before[0])[0], ids(before[1])[0]
    lesson.teacher.put(f"/v1/activity-plans/{plan['id']}/apart", json={"account_ids": [who, other]})
    moved(lesson, plan, who, 2)
    page = lesson.teacher.get(f"/plans/{plan['id']}/groups").get_data(as_text=True)
    assert "kept apart in this course; the groups stay as you put them" in page


def test_people_meet_others_in_the_next_lesson(lesson):
    first = make(lesson, lesson.plan(), by="chance", size=2)
    second = lesson.plan()
    pairs = {frozenset(ids(group)) for group in first}
    again = make(lesson, second, by="chance", size=2)
    assert pairs.isdisjoint(frozenset(ids(group)) for group in again)
    assert again[0]["reasons"] == ["By chance", "Nobody here has worked with another before"]


def test_the_votes_of_the_lesson_count_more_than_the_homework(lesson):
    plan = lesson.plan()
    step = plan["steps"][0]["id"]
    poll = lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/polls", json={"step_id": step}).get_json()
    for place, pupil in enumerate(lesson.pupils):
        option = poll["options"][place // 4]["id"]
        assert pupil.put(f"/v1/polls/{poll['id']}/ballot", json={"option": option}).status_code == 200
    voted = {pupil.id: place // 4 for place, pupil in enumerate(lesson.pupils)}
    groups = make(lesson, plan, by="conflict", size=2, question_id=lesson.question["id"])
    assert all({voted[one] for one in ids(group)} == {0, 1} for group in groups)


def test_the_groups_are_sent_to_the_course(lesson):
    plan = lesson.plan(group_size=4)
    made = lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/group-set", json={"name": "Wednesday"})
    assert made.status_code == 201, made.get_json()
    kept = session.get_one(GroupSet, made.get_json()["id"])
    assert (kept.name, [group.name for group in kept.groups]) == ("Wednesday", ["Group 1", "Group 2"])
    assert (
        lesson.cast.assistant.post(f"/v1/activity-plans/{plan['id']}/group-set", json={}).status_code == 403
    )


def test_without_groups_there_is_nothing_to_send(lesson):
    plan = lesson.plan()
    answer = lesson.teacher.post(f"/v1/activity-plans/{plan['id']}/group-set", json={})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "no_groups")


def test_who_left_the_course_leaves_the_groups_when_they_are_made_anew(lesson):
    plan = lesson.plan(group_size=2)
    with unit_of_work():
        gone = lesson.pupils[-1]
        session.query(factories.Enrollment).filter_by(
            account_id=gone.id
        ).one().ended_at = lesson.cast.course.created_at
    assert gone.id not in json.dumps(make(lesson, plan, size=2))


def test_the_page_shows_reasons_and_paper_does_not(lesson):
    plan = lesson.plan(group_size=3)
    page = lesson.teacher.get(f"/plans/{plan['id']}/groups").get_data(as_text=True)
    assert "Different answers" in page
    for path in ("print", "cards", "present"):
        paper = lesson.teacher.get(f"/plans/{plan['id']}/{path}").get_data(as_text=True)
        assert "Pupil 3" in paper
        assert "Different answers" not in paper


def test_groups_by_form(lesson):
    plan = lesson.plan()
    path = f"/plans/{plan['id']}"
    made = lesson.teacher.post(f"{path}/groups", data={"by": "mixed", "size": "4"})
    assert made.status_code == 303
    assert len(lesson.again(plan)["groups"]) == 2
    assert lesson.teacher.post(f"{path}/groups", data={"by": "dance", "size": "4"}).status_code == 422
    assert lesson.teacher.post(f"{path}/absent", data={"absent": lesson.pupils[0].id}).status_code == 303
    assert [one["name"] for one in lesson.again(plan)["absent"]] == ["Ana Pires"]
    pair = {"student": [lesson.pupils[0].id, lesson.pupils[1].id]}
    assert lesson.teacher.post(f"{path}/apart", data=pair).status_code == 303
    assert "They may meet again" in lesson.teacher.get(f"{path}/groups").get_data(as_text=True)
    assert lesson.teacher.post(f"{path}/apart", data=pair | {"meet": "1"}).status_code == 303
    assert "They may meet again" not in lesson.teacher.get(f"{path}/groups").get_data(as_text=True)


def test_erasing_a_person_erases_them_from_the_plan(app, lesson):
    plan = lesson.plan(group_size=2)
    poll = lesson.teacher.post(
        f"/v1/activity-plans/{plan['id']}/polls", json={"step_id": plan["steps"][0]["id"]}
    ).get_json()
    ana = lesson.cast.ana
    ana.put(f"/v1/polls/{poll['id']}/ballot", json={"option": poll["options"][0]["id"]})
    lesson.teacher.put(
        f"/v1/activity-plans/{plan['id']}/apart", json={"account_ids": [ana.id, lesson.cast.bob.id]}
    )
    session.remove()
    done = app.test_cli_runner().invoke(args=["person", "erase", ana.id, "--yes"])
    assert done.exit_code == 0, done.output
    shown = json.dumps(lesson.again(plan))
    assert "Ana Pires" not in shown
    assert SPEED not in shown
    counted = lesson.teacher.get(f"/v1/activity-plans/{plan['id']}/polls").get_json()["items"]
    assert counted[0]["voted"] == 0
    page = lesson.teacher.get(f"/plans/{plan['id']}/groups")
    assert page.status_code == 200
    assert "Ana Pires" not in page.get_data(as_text=True)
