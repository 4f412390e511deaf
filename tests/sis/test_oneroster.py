"""OneRoster files: what they bring, change and end, and what is refused."""

import zipfile
from io import BytesIO

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account, Identity
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.jobs import run_pending
from app.courses.models import Course, Enrollment
from app.sis import tables
from app.sis.models import RosterImport

from . import rosters
from .rosters import enrolled, group, person, school, zipped


def account(name):
    return session.scalar(select(Account).where(Account.name == name))


def course(title="Physics 8B"):
    return session.scalar(select(Course).where(Course.title == title))


def members(title="Physics 8B"):
    """Name to role of those who are in the course now."""
    rows = session.execute(
        select(Account.name, Enrollment.role)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(Course.title == title, Enrollment.ended_at.is_(None))
    )
    return dict(rows.all())


EVERYBODY = {"Mia Rossi": "student", "Noah Köhler": "student", "Ines Berg": "teacher"}


@pytest.mark.parametrize("bom", [False, True])
def test_a_first_roster_makes_people_courses_and_enrollments(desk, cast, bom):
    row = desk.upload(zipped(school(), bom=bom))
    assert (
        row.summary["counts"] | {"new_people": 3, "new_courses": 1, "new_enrollments": 3}
        == row.summary["counts"]
    )
    assert course() is None, "nothing happens before the admin says so"
    page = desk.page(row)
    assert "Mia Rossi" in page
    assert "parents and guardians" in page
    desk.take_over(row)
    assert members() == EVERYBODY
    assert account("Paul Rossi") is None
    assert account("Ines Berg").may_create_courses
    assert not course().join_open
    subject = select(Identity.subject).where(Identity.account_id == account("Mia Rossi").id)
    assert session.scalar(subject) == "mia@school.example"


def test_version_1_2_has_its_roles_in_a_file_of_their_own(desk, cast):
    roles = [
        {"sourcedId": f"r{number}", "userSourcedId": f"u{number}", "roleType": "primary", "role": role}
        for number, role in enumerate(("student", "student", "teacher", "parent"), 1)
    ]
    desk.bring(zipped(school(roles=roles), version="1.2"))
    assert members() == EVERYBODY
    assert account("Paul Rossi") is None


def test_the_same_roster_again_changes_nothing(desk, cast):
    desk.bring(zipped(school()))
    before = session.scalar(select(func.count()).select_from(Account))
    row = desk.upload(zipped(school()))
    assert row.summary["empty"]
    assert not any(row.summary["counts"].values())
    desk.take_over(row)
    assert session.scalar(select(func.count()).select_from(Account)) == before


def test_who_left_is_locked_out_with_the_work_kept_and_comes_back(desk, cast):
    desk.bring(zipped(school()))
    without = school(
        users=[one for one in school()["users"] if one["sourcedId"] != "u2"],
        enrollments=[one for one in school()["enrollments"] if one["sourcedId"] != "e2"],
    )
    row = desk.bring(zipped(without))
    assert row.summary["counts"]["left_people"] == 1
    assert account("Noah Köhler").suspended_at is not None
    assert "Noah Köhler" not in members()
    desk.bring(zipped(school()))
    assert account("Noah Köhler").suspended_at is None
    assert members() == EVERYBODY


def test_whom_an_admin_locked_out_a_roster_does_not_let_in(desk, cast):
    desk.bring(zipped(school()))
    with unit_of_work():
        account("Noah Köhler").suspended_at = now()
    desk.bring(zipped(school(users=school()["users"][:1] + school()["users"][2:], enrollments=[])))
    desk.bring(zipped(school()))
    assert account("Noah Köhler").suspended_at is not None


def test_a_delta_changes_only_what_it_names(desk, cast):
    desk.bring(zipped(school()))
    news = {
        "users": [
            person("u1", "Mia", "Rossi-Blum", status="active"),
            person("u5", "Lea", "Sand", status="active"),
        ],
        "enrollments": [
            {"sourcedId": "e2", "status": "tobedeleted"},
            enrolled("e5", "c1", "u5", status="active"),
        ],
    }
    desk.bring(zipped(news, mode="delta"))
    assert members() == {"Mia Rossi-Blum": "student", "Lea Sand": "student", "Ines Berg": "teacher"}
    assert account("Noah Köhler").suspended_at is None
    assert account("Mia Rossi-Blum").email == "mia@school.example"


def test_a_delta_takes_a_person_and_a_class_away(desk, cast):
    desk.bring(zipped(school(classes=[group("c1", "Physics 8B"), group("c2", "Physics 9A")],
                             enrollments=[*school()["enrollments"], enrolled("e9", "c2", "u1")])))  # fmt: skip
    gone = {
        "users": [{"sourcedId": "u2", "status": "tobedeleted"}],
        "classes": [{"sourcedId": "c2", "status": "tobedeleted"}],
    }
    desk.bring(zipped(gone, mode="delta"))
    assert account("Noah Köhler").suspended_at is not None
    assert members("Physics 9A") == {}
    assert course("Physics 9A").deleted_at is None
    assert members() == {"Mia Rossi": "student", "Ines Berg": "teacher"}


def test_what_a_teacher_changed_stays_until_the_roster_has_news(desk, cast):
    desk.bring(zipped(school()))
    with unit_of_work():
        row = session.scalar(select(Enrollment).where(Enrollment.account_id == account("Noah Köhler").id))
        row.ended_at = now()
    desk.bring(zipped(school()))
    assert "Noah Köhler" not in members()
    desk.bring(zipped(school(enrollments=[*school()["enrollments"][:1], enrolled("e2", "c1", "u2", "proctor"),
                                          *school()["enrollments"][2:]])))  # fmt: skip
    assert members()["Noah Köhler"] == "assistant"


def test_the_strongest_role_counts_and_the_other_one_stays_when_it_ends(desk, cast):
    twice = [*school()["enrollments"], enrolled("e4", "c1", "u2", "teacher")]
    desk.bring(zipped(school(enrollments=twice)))
    assert members()["Noah Köhler"] == "teacher"
    desk.bring(zipped(school()))
    assert members()["Noah Köhler"] == "student"


def test_a_course_keeps_its_last_teacher(desk, cast):
    desk.bring(zipped(school()))
    row = desk.bring(zipped(school(enrollments=school()["enrollments"][:2])))
    assert row.summary["kept_teachers"] == 1
    assert members()["Ines Berg"] == "teacher"
    new = [*school()["enrollments"][:2], enrolled("e7", "c1", "u1", "teacher")]
    desk.bring(zipped(school(enrollments=new)))
    assert members()["Mia Rossi"] == "teacher"


def test_classes_of_terms_that_are_over_make_no_courses(desk, cast):
    old = [group("c1", "Physics 8B"), group("c0", "Physics 7B", termSourcedIds="t0")]
    row = desk.upload(zipped(school(classes=old, enrollments=[enrolled("e0", "c0", "u1")])))
    assert row.problems == []
    assert row.summary["skipped"]["over"] == 1
    assert row.summary["counts"]["new_courses"] == 1


def test_a_disabled_person_leaves_and_their_lines_are_no_mistakes(desk, cast):
    desk.bring(zipped(school()))
    users = [
        *school()["users"][:1],
        person("u2", "Noah", "Köhler", enabledUser="false"),
        *school()["users"][2:],
    ]
    desk.bring(zipped(school(users=users)))
    assert account("Noah Köhler").suspended_at is not None


def test_who_is_here_with_the_same_address_is_found_only_if_the_admin_says_so(desk, cast):
    with unit_of_work():
        session.get(Account, cast.ana.id).email = "Mia@School.example"
    row = desk.upload(zipped(school()))
    assert row.summary["counts"]["joined"] == 0
    desk.bring(zipped(school()), match_email="1")
    assert account("Mia Rossi") is None
    assert members()["Ana Pires"] == "student"


def test_a_roster_never_finds_an_admin_by_an_address(desk, cast):
    with unit_of_work():
        session.get(Account, cast.admin.id).email = "mia@school.example"
    assert desk.upload(zipped(school()), match_email="1").summary["counts"]["joined"] == 0


def test_a_roster_that_empties_the_school_wants_to_be_meant(desk, cast):
    many = [person(f"p{n}", "Pupil", str(n)) for n in range(40)]
    desk.bring(zipped(school(users=[*school()["users"], *many])))
    row = desk.upload(zipped(school()))
    assert row.summary["drastic"]
    assert desk.take_over(row).status_code == 422
    assert account("Pupil 7").suspended_at is None
    desk.take_over(row, sure="1")
    assert account("Pupil 7").suspended_at is not None


WRONG_LINES = {
    "id_missing": school(users=[person("", "Mia", "Rossi")], enrollments=[]),
    "id_twice": school(users=[person("u1", "A", "B"), person("u1", "C", "D")], enrollments=[]),
    "name_missing": school(users=[person("u1", "", " ")], enrollments=[]),
    "role_unknown": school(users=[person("u1", "A", "B", "headmaster")], enrollments=[]),
    "enabled_strange": school(users=[person("u1", "A", "B", enabledUser="yes")], enrollments=[]),
    "status_unknown": school(users=[person("u1", "A", "B", status="new")], enrollments=[]),
    "title_missing": school(classes=[group("c1", " ")], enrollments=[]),
    "id_unknown": school(enrollments=[enrolled("e1", "c1", "u99")]),
    "date_strange": school(enrollments=[enrolled("e1", "c1", "u1", endDate="31.12.2030")]),
}


@pytest.mark.parametrize("code", sorted(WRONG_LINES))
def test_a_wrong_line_is_named_and_nothing_is_taken_over(desk, cast, code):
    row = desk.upload(zipped(WRONG_LINES[code]))
    assert code in {one[2] for one in row.problems}
    wrong = next(one for one in row.problems if one[2] == code)
    assert wrong[0].endswith(".csv")
    assert wrong[1] >= 2, "the line as a spreadsheet counts it"
    assert desk.take_over(row).status_code == 409
    assert account("Ines Berg") is None


def test_a_delta_that_names_somebody_unknown_is_refused(desk, cast):
    row = desk.upload(zipped({"enrollments": [enrolled("e1", "c9", "u9", status="active")]}, mode="delta"))
    assert row.problems[0][2] == "person_unknown"


WRONG_FILES = {
    "not_zip": lambda: b"PK\x03\x04 and then nothing",
    "file_missing": lambda: zipped({"users": []}, modes={"users": "bulk"}, more={}).replace(
        b"users.csv", b"losers.cs"
    ),
    "version_unknown": lambda: zipped(school(), version="3.0"),
    "mode_unknown": lambda: zipped(school(), mode="often"),
    "too_many_files": lambda: zipped(school(), more={f"x{n}": "" for n in range(120)}),
}


@pytest.mark.parametrize("code", sorted(WRONG_FILES))
def test_a_file_that_is_no_roster_is_refused_with_its_reason(desk, cast, code):
    row = desk.upload(WRONG_FILES[code]())
    assert row.state == "failed"
    assert row.problems[0][2] == code


def test_a_small_zip_that_holds_a_large_file_is_refused(desk, cast, monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 1 << 20)
    many = [person(f"p{n}", "Pupil", "x" * 500) for n in range(2500)]
    row = desk.upload(zipped(school(users=many, enrollments=[])))
    assert row.problems[0][2] == "too_large"


def test_a_latin_1_file_is_refused(desk, cast):
    text = rosters.written(
        [("sourcedId", "enabledUser", "givenName", "familyName"), ("u1", "true", "A", "K")]
    )
    manifest = "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n"
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("manifest.csv", manifest)
        made.writestr("users.csv", text.replace("K", "Köhler").encode("latin-1"))
    assert desk.upload(out.getvalue()).problems[0][2] == "not_utf8"


def test_an_import_of_another_school_is_not_known(desk, cast, stranger):
    row = desk.upload(zipped(school()))
    assert stranger.get(f"/admin/rosters/{row.id}").status_code == 404
    assert stranger.send(f"/admin/rosters/{row.id}/apply", form="/admin").status_code == 404


def test_two_schools_may_use_the_same_ids(app, desk, cast, stranger):
    desk.bring(zipped(school()))
    data = {"file": (BytesIO(zipped(school())), "roster.zip")}
    answer = stranger.client.post("/admin/rosters", data=data, content_type="multipart/form-data")
    run_pending()
    session.expire_all()
    row = session.get(RosterImport, answer.location.rpartition("/")[2])
    assert row.summary["counts"]["new_people"] == 3


def test_names_are_forgotten_once_a_roster_is_taken_over(desk, cast):
    row = desk.bring(zipped(school()))
    assert row.file_id is None
    assert "examples" not in row.summary
    assert row.summary["counts"]["new_people"] == 3


def test_a_dropped_upload_is_gone(desk, cast):
    row = desk.upload(zipped(school()))
    desk.admin.post(f"/admin/rosters/{row.id}/drop")
    session.expire_all()
    assert session.get(RosterImport, row.id).file_id is None
    assert desk.take_over(row).status_code == 409
