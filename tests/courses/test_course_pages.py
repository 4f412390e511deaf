"""The pages of courses, as a person without scripts uses them."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.courses.models import Course, Enrollment, GroupSet
from tests.accounts.browser import Browser

from .conftest import PASSWORD


def people_path(cast):
    return f"/courses/{cast.course.id}/people"


def codes(page):
    """Sign-in name and code of each slip on the page."""
    return re.findall(r"<code>([^<]+)</code></dd>\s*<dt>Code</dt><dd><code>([^<]+)<", page)


def paste(desk, cast, names):
    return desk.send(f"{people_path(cast)}/class-list", form=people_path(cast), names=names)


def test_a_new_person_registers_with_the_code_and_is_in_the_course(app, cast):
    browser = Browser(app)
    answer = browser.send(
        "/register",
        form=f"/join/{cast.course.join_code.lower()}",
        code=cast.course.join_code,
        name="Kim New",
        sign_in_name="kim.new",
        password=PASSWORD,
    )
    assert answer.location == f"/courses/{cast.course.id}"
    assert "Kim New" in browser.get(people_path(cast)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "WRONGONE"}, "code"),
        ({"code": ""}, "code"),
        ({"name": "\u200b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"sign_in_name": "no spaces allowed"}, "sign_in_name"),
        ({"sign_in_name": "<script>@x"}, "sign_in_name"),
        ({"password": "short"}, "password"),
    ],
)
def test_registering_says_which_field_needs_another_look(app, cast, fields, field):
    typed = {"code": cast.course.join_code, "name": "Kim", "sign_in_name": "kim", "password": PASSWORD}
    answer = Browser(app).send("/register", **typed | fields)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.get_data(as_text=True)
    assert session.scalar(select(Account).where(Account.name == "Kim")) is None


def test_a_sign_in_name_is_taken_once(app, cast):
    typed = {"code": cast.course.join_code, "name": "Kim", "sign_in_name": "kim", "password": PASSWORD}
    assert Browser(app).send("/register", **typed).status_code == 303
    assert Browser(app).send("/register", **typed | {"sign_in_name": "KIM "}).status_code == 409


def test_registering_without_a_code_is_open_only_where_the_setting_says_so(app, cast, monkeypatch):
    typed = {"code": "", "name": "Kim", "sign_in_name": "kim", "password": PASSWORD}
    assert Browser(app).send("/register", **typed).status_code == 422
    monkeypatch.setattr(app.config["SETTINGS"], "open_registration", True)
    assert Browser(app).send("/register", **typed).status_code == 303


def test_somebody_known_joins_with_one_button(app, cast, desk):
    with unit_of_work():
        session.get(Course, cast.other_course.id).title = "Waves <8A>"
    path = f"/join/{cast.other_course.join_code}"
    assert "Waves &lt;8A&gt;" in desk.get(path).get_data(as_text=True)
    assert desk.send(path).location == f"/courses/{cast.other_course.id}"
    assert desk.get(path).location == f"/courses/{cast.other_course.id}"


def test_a_typed_code_leads_to_its_course(app, cast):
    code = cast.course.join_code
    assert Browser(app).get(f"/join?code={code[:4]}%20{code[4:]}").location == f"/join/{code}"
    assert Browser(app).get("/join/NOTACODE").status_code == 422


def test_a_class_list_becomes_slips_that_work_once(app, cast, desk):
    page = paste(desk, cast, "Zoë Ångström\n\n  Li Wei ;\nAna Pires\nLi Wei").get_data(as_text=True)
    slips = codes(page)
    assert [name for name, _code in slips] == ["zoe.angstrom", "li.wei"]
    assert "Already in the course, so left as they are: Ana Pires." in page
    pupil = Browser(app)
    assert pupil.sign_in(*slips[0]).location == "/choose-password"
    assert not pupil.is_signed_in
    assert pupil.send("/choose-password", password="short").status_code == 422
    assert pupil.send("/choose-password", password=PASSWORD).status_code == 303
    assert pupil.is_signed_in
    assert Browser(app).sign_in(*slips[0]).status_code == 422
    assert Browser(app).sign_in("zoe.angstrom", PASSWORD).status_code == 303


def test_two_pupils_of_one_name_in_two_lists_are_two_people(cast, desk):
    first = codes(paste(desk, cast, "Li Wei").get_data(as_text=True))
    session.execute(Enrollment.__table__.update().values(ended_at=None))
    other = cast.other_teacher.post(
        f"/v1/courses/{cast.other_course.id}/enrollments", json={"name": "Li Wei"}
    ).get_json()
    assert (first[0][0], other["slip"]["sign_in_name"]) == ("li.wei", "li.wei2")


@pytest.mark.parametrize("names", ["", " \n ", "\n".join(f"N{n}" for n in range(301)), "a" * 200])
def test_a_list_that_cannot_be_used_makes_nobody(cast, desk, names):
    before = len(list(session.scalars(select(Account.id))))
    assert paste(desk, cast, names).status_code == 422
    assert len(list(session.scalars(select(Account.id)))) == before


def member_path(cast, name):
    row = session.scalar(
        select(Enrollment).join(Account).where(Account.name == name, Enrollment.course_id == cast.course.id)
    )
    return f"{people_path(cast)}/{row.id}"


def test_a_forgotten_password_takes_two_clicks(app, cast, desk):
    slips = codes(paste(desk, cast, "Li Wei").get_data(as_text=True))
    pupil = Browser(app)
    pupil.sign_in(*slips[0])
    pupil.send("/choose-password", password=PASSWORD)
    action = f"{member_path(cast, 'Li Wei')}/slip"
    assert f'action="{action}"' in desk.get(people_path(cast)).get_data(as_text=True)
    again = codes(desk.send(action, form=people_path(cast)).get_data(as_text=True))
    assert not pupil.is_signed_in
    assert Browser(app).sign_in("li.wei", PASSWORD).status_code == 422
    assert Browser(app).sign_in(*again[0]).location == "/choose-password"


def test_lost_slips_are_made_anew_for_all_who_wait(app, cast, desk):
    old = codes(paste(desk, cast, "Li Wei\nBo Lund").get_data(as_text=True))
    new = codes(desk.send(f"{people_path(cast)}/slips", form=people_path(cast)).get_data(as_text=True))
    assert [name for name, _code in new] == ["bo.lund", "li.wei"]
    assert Browser(app).sign_in(*old[0]).status_code == 422
    assert Browser(app).sign_in(*new[1]).location == "/choose-password"


def test_no_teacher_takes_over_a_colleague(app, cast, desk):
    """Somebody with an e-mail address who was put in by staff, or who teaches somewhere, gets no slip."""
    from app.accounts.operations import people

    with unit_of_work():
        people.register(cast.school.id, "Nora Lind", "nora@school.example", PASSWORD)
        people.register(cast.school.id, "Col League", "col@school.example", PASSWORD)
        other = session.scalar(select(Account).where(Account.name == "Col League"))
        session.add(Enrollment(course_id=cast.other_course.id, account_id=other.id, role="teacher"))
        session.add(Enrollment(course_id=cast.course.id, account_id=other.id, role="student"))
    desk.send(
        f"{people_path(cast)}/by-email", form=people_path(cast), email="nora@school.example", role="student"
    )
    for name in ("Nora Lind", "Col League"):
        assert desk.send(f"{member_path(cast, name)}/slip", form=people_path(cast)).status_code == 403
    assert Browser(app).sign_in("nora@school.example", PASSWORD).status_code == 303


def test_a_teacher_pauses_moves_and_removes(cast, desk):
    def deed(name, what, **fields):
        answer = desk.send(f"{member_path(cast, name)}/{what}", form=people_path(cast), **fields)
        session.expire_all()
        return answer.status_code

    desk.send(f"/courses/{cast.course.id}/sections", form=people_path(cast), name="Lab 1")
    section = cast.teacher.get(f"/v1/courses/{cast.course.id}/sections").get_json()["items"][0]["id"]
    assert deed("Ana Pires", "section", value=section) == 303
    assert deed("Ana Pires", "pause", value="1") == 303
    assert deed("Ana Pires", "role", value="emperor") == 303
    row = session.scalar(select(Enrollment).where(Enrollment.account_id == cast.ana.id))
    assert (row.role, row.section_id, row.paused_at is not None) == ("student", section, True)
    assert deed("Ana Pires", "take-off") == 303
    assert cast.ana.get(people_path(cast)).status_code == 404
    assert deed("Ana Pires", "put-back") == 303
    assert cast.ana.get(people_path(cast)).status_code == 200


def test_students_see_names_and_no_way_to_change_them(cast):
    page = cast.ana.get(people_path(cast)).get_data(as_text=True)
    assert "Bob Oduya" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert cast.ana.post(f"{people_path(cast)}/class-list", data={"names": "X"}).status_code == 403
    assert cast.eve.get(people_path(cast)).status_code == 404


def test_the_code_is_shown_large_renewed_and_closed(cast, desk):
    path = f"/courses/{cast.course.id}/join-code"
    assert f"{cast.course.join_code[:4]} {cast.course.join_code[4:]}" in desk.get(path).get_data(as_text=True)
    desk.send(f"{path}/open", form=people_path(cast), value="")
    assert "The way in is closed" in desk.get(path).get_data(as_text=True)
    desk.send(f"{path}/renew", form=people_path(cast))
    session.expire_all()
    assert session.get(Course, cast.course.id).join_code != cast.course.join_code


def test_groups_are_made_by_lot_and_mended_by_hand(cast, desk):
    made = desk.send(f"/courses/{cast.course.id}/groups", form=people_path(cast), name="Tables", number="2")
    page = desk.get(made.location).get_data(as_text=True)
    assert "Group 01" in page
    group_set = session.scalar(select(GroupSet))
    first = group_set.groups[0].id
    places = {f"place-{one.id}": first for one in (cast.ana, cast.bob)}
    assert desk.send(made.location, form=made.location, **places).status_code == 303
    sets = cast.teacher.get(f"/v1/courses/{cast.course.id}/group-sets").get_json()["items"]
    assert sorted(len(group["members"]) for group in sets[0]["groups"]) == [0, 2]


@pytest.mark.parametrize("number", ["", "1", "99", "-1", "٣", "1e9"])
def test_a_number_of_groups_that_cannot_be_is_refused(cast, desk, number):
    answer = desk.send(f"/courses/{cast.course.id}/groups", form=people_path(cast), name="T", number=number)
    assert answer.status_code == 422


def test_a_teacher_makes_a_course_and_goes_on_to_its_people(cast, desk):
    answer = desk.send("/courses/new", title="Sound 9", timezone="Europe/Berlin")
    assert re.fullmatch(r"/courses/[^/]+/people", answer.location)
    assert desk.send("/courses/new", title="", timezone="UTC").status_code == 422
    assert desk.send("/courses/new", title="X", timezone="Nowhere").status_code == 422


def test_settings_are_kept_and_the_course_deleted_only_by_its_name(cast, desk):
    path = f"/courses/{cast.course.id}/settings"
    desk.send(path, title="Optics 7C", timezone="Asia/Tokyo", locale="", help_text="Room 5")
    session.expire_all()
    course = session.get(Course, cast.course.id)
    assert (course.title, course.timezone, course.analytics) == ("Optics 7C", "Asia/Tokyo", False)
    assert "Room 5" in desk.get("/help").get_data(as_text=True)
    delete = f"/courses/{cast.course.id}/delete"
    assert desk.send(delete, form=path, confirm="optics").location == path
    assert desk.send(delete, form=path, confirm="Optics 7C").location == "/"
    assert desk.get(path).status_code == 404
    assert cast.assistant.get(path).status_code == 404
