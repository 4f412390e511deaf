"""The pages of scores: what each person reads there, and what stays hidden."""

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.engagement.models import CourseScoring, LanguageFlag, ScoringTemplate
from tests import factories

RULES = {
    "weight-annotations": "80",
    "weight-completion": "40",
    "content": "participation",
    "release": "by_hand",
}


def text_of(answer):
    """The words of a page, without its tags."""
    assert answer.status_code == 200, answer.text[:500]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.partition('id="main"')[2]))


def page(person, path):
    return text_of(person.get(path))


def test_rules_are_tried_before_they_are_kept(cast, klass):
    klass.writes(cast.ana, -5)
    path = f"/courses/{cast.course.id}/scoring"
    tried = text_of(
        cast.teacher.post(
            path, data=RULES | {"do": "preview", "weight-annotations": "20", "mode": "automatic"}
        )
    )
    assert "0 students gain" in tried
    assert "1 loses" in tried
    assert "Ana Pires" in tried
    assert session.query(CourseScoring).count() == 0
    assert cast.teacher.post(path, data=RULES | {"do": "keep", "mode": "manual"}).status_code == 303
    session.expunge_all()
    row = session.get_one(CourseScoring, cast.course.id)
    assert (row.mode, row.settings["weights"]["completion"]) == ("manual", 40)


def test_what_was_typed_wrongly_is_named_and_nothing_is_lost(cast):
    path = f"/courses/{cast.course.id}/scoring"
    answer = cast.teacher.post(path, data=RULES | {"weight-questions": "many", "points": "17", "do": "keep"})
    assert answer.status_code == 422
    assert 'href="#field-weight-questions"' in answer.text
    assert 'value="17"' in answer.text
    assert session.query(CourseScoring).count() == 0


def test_rules_under_a_name_are_kept_used_and_forgotten(cast):
    path = f"/courses/{cast.course.id}/scoring"
    cast.teacher.post(path, data=RULES | {"do": "template", "name": " My  mix ", "weight-annotations": "33"})
    row = session.query(ScoringTemplate).one()
    assert (row.name, row.account_id) == ("My mix", cast.teacher.id)
    started = cast.teacher.get(f"{path}?from={row.id}").text
    assert re.search(r'name="weight-annotations"[^>]*value="33"', started)
    foreign = f"/courses/{cast.other_course.id}/scoring"
    assert "My mix" not in cast.other_teacher.get(foreign).text
    assert cast.other_teacher.post(foreign, data={"do": "forget", "template": row.id}).status_code == 404
    assert cast.teacher.post(path, data={"do": "forget", "template": row.id}).status_code == 303
    assert session.query(ScoringTemplate).count() == 0


def test_a_preset_changes_what_counts_and_leaves_the_rest(cast, klass):
    klass.scored_by(points=20, grace_minutes=5)
    shown = cast.teacher.get(f"/courses/{cast.course.id}/scoring?from=balanced").text
    assert re.search(r'name="weight-questions"[^>]*value="30"', shown)
    assert re.search(r'name="points"[^>]*value="20"', shown)


def test_an_assignment_has_rules_of_its_own_and_goes_back(cast, klass):
    klass.writes(cast.ana, -5)
    path = f"/assignments/{klass.assignment.id}/scoring"
    assert cast.teacher.post(path, data={"weight-annotations": "100", "best": "1"}).status_code == 303
    klass.work_out()
    assert klass.scores()[cast.ana.id]["percent"] == 100
    assert cast.teacher.post(path, data={"do": "as_course"}).status_code == 303
    klass.work_out()
    assert klass.scores()[cast.ana.id]["percent"] == 24


def test_a_student_reads_what_counts_and_what_would_help(cast, klass):
    klass.scored_by(weights={"annotations": 80, "completion": 40})
    with unit_of_work():
        session.get_one(Assignment, klass.assignment.id).due_at = klass.at(48)
    klass.writes(cast.ana, -5, -4)
    before = page(cast.ana, f"/assignments/{klass.assignment.id}/scores")
    assert "Your score is not released yet" in before
    assert "2 of 4 annotations count" in before
    assert "Write 2 more annotations" in before
    assert "of 10 points" not in before
    cast.teacher.post(f"/assignments/{klass.assignment.id}/scores/release", data={"released": "1"})
    after = page(cast.ana, f"/assignments/{klass.assignment.id}/scores")
    assert "4 of 10 points" in after
    assert "Bob" not in after


def test_before_the_release_the_page_does_not_tell_how_annotations_were_rated(cast, klass):
    from app.scores.models import TeacherScore

    klass.scored_by(weights={"annotations": 100}, content="quality")
    ids = klass.writes(cast.ana, *[-5 - number / 10 for number in range(20)])
    with unit_of_work():
        for each in ids:
            session.add(TeacherScore(annotation_id=each, level=0))
    klass.calibrated(ids)
    before = page(cast.ana, f"/assignments/{klass.assignment.id}/scores")
    assert "4 of 4 annotations count" in before
    assert "thoughtful" not in before
    cast.teacher.post(f"/assignments/{klass.assignment.id}/scores/release", data={"released": "1"})
    assert "0 of 4 annotations count" in page(cast.ana, f"/assignments/{klass.assignment.id}/scores")


@pytest.mark.parametrize("mode", ["manual", "ungraded", "none"])
def test_each_mode_says_what_it_is(cast, klass, mode):
    klass.scored_by(mode=mode)
    klass.writes(cast.ana, -5)
    said = page(cast.ana, f"/assignments/{klass.assignment.id}/scores")
    assert {"manual": "not released", "ungraded": "no points in this course", "none": "nothing is recorded"}[
        mode
    ] in said
    for path in ("scores", "scoring", "fairness", f"students/{cast.ana.id}"):
        assert cast.teacher.get(f"/courses/{cast.course.id}/{path}").status_code == 200
    assert cast.teacher.get(f"/assignments/{klass.assignment.id}/scores").status_code == 200
    assert cast.ana.get(f"/courses/{cast.course.id}/scores").status_code == 200


def test_a_students_own_list_shows_what_is_released(cast, klass):
    klass.writes(cast.ana, -5)
    klass.work_out()
    assert "not released yet" in page(cast.ana, f"/courses/{cast.course.id}/scores")
    cast.teacher.post(f"/assignments/{klass.assignment.id}/scores/release", data={"released": "1"})
    said = page(cast.ana, f"/courses/{cast.course.id}/scores")
    assert "2.5 of 10" in said
    assert "Bob" not in said


def test_the_whole_work_of_a_student_without_what_was_said_anonymously(cast, klass):
    klass.writes(cast.ana, -5, body="Why does it bend?")
    (secret,) = klass.writes(cast.ana, -4, body="I am lost.")
    from app.annotations.models import Annotation

    with unit_of_work():
        session.get_one(Annotation, secret).anonymous = True
    klass.work_out()
    path = f"/assignments/{klass.assignment.id}/scores/{cast.ana.id}"
    assert cast.teacher.post(path, data={"points": "8,5", "note": "At the board."}).status_code == 303
    said = page(cast.teacher, f"/courses/{cast.course.id}/students/{cast.ana.id}")
    assert "Why does it bend?" in said
    assert "I am lost." not in said
    assert "8.5 of 10" in said
    assert "At the board." in said
    assert cast.teacher.post(path, data={"points": "", "note": ""}).status_code == 303
    said = page(cast.teacher, f"/courses/{cast.course.id}/students/{cast.ana.id}")
    assert "as worked out again" in said
    assert cast.teacher.post(path, data={"points": "lots"}).status_code == 422


def test_files_for_a_spreadsheet_calculate_nothing(cast, klass):
    with unit_of_work():
        session.get_one(Account, cast.ana.id).name = '=HYPERLINK("http://evil.example";"Ana")'
        session.get_one(Assignment, klass.assignment.id).title = "@SUM(1+1)"
    klass.writes(cast.ana, -5)
    klass.work_out()
    found = cast.teacher.get(f"/courses/{cast.course.id}/scores.csv")
    lines = list(csv.reader(StringIO(found.data.decode("utf-8-sig"))))
    assert lines[0][2] == "'@SUM(1+1)"
    assert [line[0][:2] for line in lines[2:]] == ["'=", "Bo"]
    assert lines[2][2] == "2.5"
    book = ZipFile(BytesIO(cast.teacher.get(f"/courses/{cast.course.id}/scores.xlsx").data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>2.5</v>" in sheet
    assert re.search(r't="inlineStr"><is><t>.?=HYPERLINK', sheet)
    assert "'" not in lines[3][0]


def test_the_fairness_page_warns_where_a_weight_drives_it(cast, klass):
    klass.scored_by(weights={"annotations": 100})
    with unit_of_work():
        pupils = [factories.account(cast.school, f"Pupil {number}") for number in range(10)]
        for pupil in pupils:
            factories.enroll(cast.course, pupil)
    for number, pupil in enumerate(pupils):
        for one in range(1 + number // 3):
            klass.writes(pupil, -5 - one, body=f"{one} " + "word " * (5 + 4 * number))
    klass.work_out()
    said = page(cast.teacher, f"/courses/{cast.course.id}/fairness")
    assert "Who writes more at a time scores higher." in said
    assert "Most of it comes from “Annotations”, which weighs 100 %." in said
    assert "Not enough to say yet." in said  # nobody is ticked
    slow = [pupil.id for pupil in pupils[:4]]
    assert (
        cast.teacher.post(
            f"/courses/{cast.course.id}/fairness", data={"learning": [*slow, cast.eve.id]}
        ).status_code
        == 303
    )
    assert session.query(LanguageFlag).count() == 4
    assert "Who is still learning the language scores lower." in page(
        cast.teacher, f"/courses/{cast.course.id}/fairness"
    )
    cast.teacher.post(f"/courses/{cast.course.id}/fairness", data={})
    assert session.query(LanguageFlag).count() == 0


def test_a_copy_of_an_assignment_has_its_rules(cast, klass):
    cast.teacher.post(
        f"/assignments/{klass.assignment.id}/scoring", data={"weight-annotations": "100", "best": "7"}
    )
    made = cast.teacher.post(f"/v1/assignments/{klass.assignment.id}/copy", json={}).get_json()
    assert re.search(
        r'name="best"[^>]*value="7"', cast.teacher.get(f"/assignments/{made['id']}/scoring").text
    )
