"""The API of courses."""

import pytest
from sqlalchemy import select

from app.core.db import session, unit_of_work
from app.courses.models import Course, Enrollment
from tests import factories


def test_who_makes_a_course_teaches_it(cast):
    made = cast.teacher.post("/v1/courses", json={"title": " Waves  8B "}).get_json()
    assert (made["title"], made["role"]) == ("Waves 8B", "teacher")
    assert made["id"] in {item["id"] for item in cast.teacher.get("/v1/courses").get_json()["items"]}


def test_only_those_with_the_right_make_courses(cast):
    assert cast.ana.post("/v1/courses", json={"title": "Mine"}).status_code == 403


def test_the_join_code_is_for_staff(cast):
    path = f"/v1/courses/{cast.course.id}"
    assert cast.teacher.get(path).get_json()["join_code"] == cast.course.join_code
    assert cast.assistant.get(path).get_json()["join_code"]
    assert cast.ana.get(path).get_json()["join_code"] is None
    assert cast.eve.get(path).status_code == 404


def test_courses_come_in_pages(cast):
    for n in range(5):
        cast.teacher.post("/v1/courses", json={"title": f"Course {n}"})
    seen, cursor = [], ""
    while cursor is not None:
        page = cast.teacher.get(f"/v1/courses?limit=2{'&cursor=' + cursor if cursor else ''}").get_json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"timezone": "Mars/Olympus"}, "/timezone"),
        ({"title": "  "}, "/title"),
        ({"title": "x" * 201}, "/title"),
        ({"join_code": "AAAAAAAA"}, "/join_code"),
        ({"school_id": "x"}, "/school_id"),
        ({"deleted_at": None}, "/deleted_at"),
        ({"analytics": "perhaps"}, "/analytics"),
    ],
)
def test_a_course_takes_no_bad_change(cast, change, pointer):
    answer = cast.teacher.patch(f"/v1/courses/{cast.course.id}", json=change)
    assert answer.status_code == 422
    assert pointer in answer.get_json()["errors"][0]["pointer"]


def test_a_teacher_edits_and_an_assistant_may_not(cast):
    path = f"/v1/courses/{cast.course.id}"
    assert cast.assistant.patch(path, json={"title": "X"}).status_code == 403
    changed = cast.teacher.patch(path, json={"timezone": "Europe/Berlin", "analytics": False}).get_json()
    assert (changed["timezone"], changed["analytics"], changed["title"]) == (
        "Europe/Berlin",
        False,
        "Optics 7B",
    )


def test_a_deleted_course_is_gone_for_everybody(cast):
    assert cast.teacher.delete(f"/v1/courses/{cast.course.id}").status_code == 204
    for person in (cast.teacher, cast.ana):
        assert person.get(f"/v1/courses/{cast.course.id}").status_code == 404
    assert cast.eve.post("/v1/courses/join", json={"code": cast.course.join_code}).status_code == 404


def join(person, code):
    return person.post("/v1/courses/join", json={"code": code})


def test_a_code_lets_people_in_as_students(cast):
    code = cast.course.join_code
    answer = join(cast.eve, f" {code[:4].lower()}-{code[4:]} ")
    assert (answer.status_code, answer.get_json()["role"]) == (200, "student")
    assert join(cast.eve, code).get_json()["id"] == cast.course.id
    assert join(cast.teacher, code).get_json()["role"] == "teacher"


def test_a_renewed_or_closed_code_lets_nobody_in(cast):
    path, old = f"/v1/courses/{cast.course.id}", cast.course.join_code
    new = cast.teacher.post(f"{path}/join-code").get_json()["join_code"]
    assert new != old
    assert join(cast.eve, old).status_code == 404
    cast.teacher.patch(path, json={"join_open": False})
    assert join(cast.eve, new).status_code == 404
    cast.teacher.patch(path, json={"join_open": True})
    assert join(cast.eve, new).status_code == 200


def test_a_code_of_another_school_opens_nothing(app, cast):
    with unit_of_work():
        other = factories.course(factories.school("Valley School"))
    assert join(cast.ana, other.join_code).status_code == 404


def test_guessing_codes_ends(cast):
    answers = {join(cast.eve, f"WRONG{n:03}").status_code for n in range(101)}
    assert answers == {404, 429}


def enrollments(cast, person=None):
    items = (person or cast.teacher).get(f"/v1/courses/{cast.course.id}/enrollments").get_json()["items"]
    return {item["name"]: item for item in items}


def enrollment_path(cast, name):
    return f"/v1/courses/{cast.course.id}/enrollments/{enrollments(cast)[name]['id']}"


def test_students_read_names_without_what_is_for_staff(cast):
    assert set(enrollments(cast, cast.ana)) == {"Ana Pires", "Bob Oduya", "Ms Lee", "Tom Hall", "Mr Park"}
    assert enrollments(cast, cast.ana)["Bob Oduya"]["paused"] is None
    assert enrollments(cast, cast.assistant)["Bob Oduya"]["paused"] is False


def test_a_teacher_gives_roles_and_they_hold_at_once(cast):
    path = f"/v1/courses/{cast.course.id}"
    assert cast.ana.patch(enrollment_path(cast, "Ana Pires"), json={"role": "teacher"}).status_code == 403
    cast.teacher.patch(enrollment_path(cast, "Ana Pires"), json={"role": "assistant"})
    assert cast.ana.get(path).get_json()["role"] == "assistant"
    assert cast.teacher.patch(enrollment_path(cast, "Ana Pires"), json={"role": "king"}).status_code == 422


def test_a_course_keeps_a_teacher(cast):
    path = enrollment_path(cast, "Ms Lee")
    assert cast.teacher.patch(path, json={"role": "student"}).get_json()["code"] == "last_teacher"
    assert cast.teacher.delete(path).status_code == 409


def test_who_is_taken_off_sees_nothing_and_cannot_come_back_alone(cast):
    assert cast.teacher.delete(enrollment_path(cast, "Bob Oduya")).status_code == 204
    assert cast.bob.get(f"/v1/courses/{cast.course.id}").status_code == 404
    assert join(cast.bob, cast.course.join_code).status_code == 403
    row = session.scalar(select(Enrollment).where(Enrollment.account_id == cast.bob.id))
    assert row.ended_at is not None


def test_an_enrollment_of_another_course_is_out_of_reach(cast):
    foreign = session.scalar(select(Enrollment).where(Enrollment.account_id == cast.eve.id))
    path = f"/v1/courses/{cast.course.id}/enrollments/{foreign.id}"
    assert cast.teacher.patch(path, json={"role": "observer"}).status_code == 404
    assert cast.teacher.delete(path).status_code == 404
    own = f"/v1/courses/{cast.other_course.id}/enrollments/{foreign.id}"
    assert cast.teacher.delete(own).status_code == 404


def test_pausing_is_for_students(cast):
    assert cast.teacher.patch(enrollment_path(cast, "Ana Pires"), json={"paused": True}).get_json()["paused"]
    assert cast.teacher.patch(enrollment_path(cast, "Mr Park"), json={"paused": True}).status_code == 409


def test_sections_are_made_renamed_and_removed(cast):
    path = f"/v1/courses/{cast.course.id}/sections"
    section = cast.teacher.post(path, json={"name": "Tuesday lab"}).get_json()
    assert cast.teacher.post(path, json={"name": "Tuesday lab"}).status_code == 409
    ana = enrollment_path(cast, "Ana Pires")
    assert (
        cast.teacher.patch(ana, json={"section_id": section["id"]}).get_json()["section_id"] == section["id"]
    )
    assert cast.teacher.patch(f"{path}/{section['id']}", json={"name": "Friday lab"}).status_code == 200
    assert [s["name"] for s in cast.ana.get(path).get_json()["items"]] == ["Friday lab"]
    assert cast.other_teacher.delete(f"{path}/{section['id']}").status_code == 404
    assert cast.teacher.delete(f"{path}/{section['id']}").status_code == 204
    session.expire_all()
    assert enrollments(cast)["Ana Pires"]["section_id"] is None


def test_a_section_of_another_course_cannot_be_given(cast):
    path = f"/v1/courses/{cast.other_course.id}/sections"
    foreign = cast.other_teacher.post(path, json={"name": "Lab"}).get_json()["id"]
    answer = cast.teacher.patch(enrollment_path(cast, "Ana Pires"), json={"section_id": foreign})
    assert answer.status_code == 404


def add_pupils(cast, number):
    for n in range(number):
        cast.teacher.post(f"/v1/courses/{cast.course.id}/enrollments", json={"name": f"Pupil {n}"})


def test_groups_by_lot_are_even(cast):
    add_pupils(cast, 5)
    path = f"/v1/courses/{cast.course.id}/group-sets"
    made = cast.teacher.post(path, json={"name": "Tables", "random": 3}).get_json()
    members = [one for group in made["groups"] for one in group["members"]]
    assert sorted(len(group["members"]) for group in made["groups"]) == [2, 2, 3]
    assert len(set(members)) == 7
    assert cast.teacher.id not in members
    assert cast.ana.get(path).get_json()["items"] == [made]


def test_a_student_is_in_one_group_of_a_set(cast):
    path = f"/v1/courses/{cast.course.id}"
    made = cast.teacher.post(f"{path}/group-sets", json={"name": "Tables", "groups": ["A", "B"]}).get_json()
    a, b = (group["id"] for group in made["groups"])
    for group in (a, b):
        cast.teacher.put(f"{path}/groups/{group}/members", json={"account_ids": [cast.ana.id]})
    after = cast.teacher.get(f"{path}/group-sets/{made['id']}").get_json()
    assert [group["members"] for group in after["groups"]] == [[], [cast.ana.id]]


def test_only_students_of_the_course_are_in_its_groups(cast):
    path = f"/v1/courses/{cast.course.id}"
    made = cast.teacher.post(f"{path}/group-sets", json={"name": "Tables", "groups": ["A"]}).get_json()
    members = f"{path}/groups/{made['groups'][0]['id']}/members"
    for stranger in (cast.eve.id, cast.teacher.id, "nobody"):
        assert cast.teacher.put(members, json={"account_ids": [stranger]}).status_code == 422
    assert cast.other_teacher.put(members, json={"account_ids": []}).status_code == 404


def test_groups_that_an_assignment_uses_stay(cast):
    path = f"/v1/courses/{cast.course.id}/group-sets"
    made = cast.teacher.post(path, json={"name": "Tables", "groups": ["A"]}).get_json()
    from app.assignments.models import Assignment

    with unit_of_work():
        session.get(Assignment, cast.assignment.id).group_set_id = made["id"]
    assert cast.teacher.delete(f"{path}/{made['id']}").get_json()["code"] == "in_use"
    with unit_of_work():
        session.get(Assignment, cast.assignment.id).group_set_id = None
    assert cast.teacher.delete(f"{path}/{made['id']}").status_code == 204


def test_deeds_in_a_course_are_in_the_audit_log(cast):
    from app.core.audit import AuditEntry

    cast.teacher.delete(enrollment_path(cast, "Bob Oduya"))
    entry = session.scalar(select(AuditEntry).where(AuditEntry.action == "enrollment.ended"))
    assert (entry.actor_id, entry.course_id) == (cast.teacher.id, cast.course.id)


def test_an_idempotency_key_makes_one_course(cast):
    headers = {"Idempotency-Key": "once"}
    both = [
        cast.teacher.post("/v1/courses", json={"title": "Once"}, headers=headers).get_json()["id"]
        for _ in range(2)
    ]
    assert both[0] == both[1]
    assert len(list(session.scalars(select(Course).where(Course.title == "Once")))) == 1
