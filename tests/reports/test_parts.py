"""A report about a part of the class, as a table, on the projector, and what an earlier year found."""

import pytest

from app.core.db import session, unit_of_work
from app.courses.models import Section
from app.reports.models import Report

from .. import factories
from .asking import WHY, ask, reported, topic


@pytest.fixture
def url(cast):
    return f"/v1/assignments/{cast.assignment.id}"


@pytest.fixture
def page(cast):
    return f"/assignments/{cast.assignment.id}/report"


@pytest.fixture
def asked(cast, url):
    """A question of Ana's and one of Bob's in one topic, and one of Bob's in another."""
    ids = [ask(cast.ana, url)["id"], ask(cast.bob, url)["id"], ask(cast.bob, url, exact="The cat")["id"]]
    reported(cast, topic("=speed", *ids[:2]), topic("cat", ids[2]))
    return ids


@pytest.fixture
def monday(cast):
    """A section with Ana in it."""
    from app.courses.queries import enrollment_of

    with unit_of_work():
        section = factories.add(Section(course_id=cast.course.id, name="Monday"))
        session.scalars(enrollment_of(cast.course.id, cast.ana.id)).one().section_id = section.id
    return section.id


def test_a_section_counts_only_its_own(cast, url, asked, monday):
    shown = cast.teacher.get(f"{url}/confusion-report?section={monday}").get_json()
    assert [(t["label"], t["students"], t["share"]) for t in shown["topics"]] == [("=speed", 1, 1.0)]
    assert [v["id"] for t in shown["topics"] for v in t["members"]] == asked[:1]
    assert sum(shown["heat"]) > 0


def test_a_section_of_another_course_is_not_there(cast, url, asked):
    with unit_of_work():
        strange = factories.add(Section(course_id=cast.other_course.id, name="Sunday")).id
    assert cast.teacher.get(f"{url}/confusion-report?section={strange}").status_code == 404
    assert cast.teacher.get(f"{url}/confusion-report?group={strange}").status_code == 404


def test_the_page_offers_the_sections_and_names_nobody(cast, page, asked, monday):
    shown = cast.teacher.get(f"{page}?section={monday}").get_data(as_text=True)
    assert "Monday" in shown
    assert "Ana Pires" not in shown


@pytest.fixture
def staff_asked(cast, url, asked):
    """The teacher asks about Ana's and Bob's topic, the observer about nothing that the class asks of."""
    told = ask(cast.teacher, url, body="I do not see myself why it turns.")["id"]
    alone = ask(cast.assistant, url, body="Who paints such a cat?", exact="The cat")["id"]
    with unit_of_work():
        report = session.get_one(Report, cast.assignment.id)
        first, second = report.result["topics"]
        beside = {"members": [told], "open": [told], "partly": [], "asking": [told], "foreign": []}
        topics = [first | {"of_staff": beside}, second]
        report.result = report.result | {"topics": topics, "unclustered_of_staff": [alone]}
    return told, alone


def test_what_staff_ask_counts_only_where_everybody_is_asked_for(cast, url, asked, staff_asked):
    usual = cast.teacher.get(f"{url}/confusion-report").get_json()
    assert [t["students"] for t in usual["topics"]] == [1, 1]
    assert not {v["id"] for t in usual["topics"] for v in t["members"]} & set(staff_asked)
    assert (usual["unclustered"], usual["staff_asked"]) == ([], True)
    whole = cast.teacher.get(f"{url}/confusion-report?role=everybody").get_json()
    assert [t["label"] for t in whole["topics"]] == [t["label"] for t in usual["topics"]]
    assert [(t["students"], t["signals"]["questions"]) for t in whole["topics"]] == [(3, 3), (1, 1)]
    assert [v["id"] for v in whole["topics"][0]["members"]] == [*asked[:2], staff_asked[0]]
    assert [v["id"] for v in whole["unclustered"]] == [staff_asked[1]]
    again = cast.teacher.get(f"{url}/confusion-report?role=students").get_json()
    assert again["topics"] == usual["topics"]


def test_everybody_of_a_section_is_only_who_is_in_it(cast, url, asked, staff_asked, monday):
    shown = cast.teacher.get(f"{url}/confusion-report?role=everybody&section={monday}").get_json()
    assert [(t["label"], t["students"]) for t in shown["topics"]] == [("=speed", 1)]
    assert shown["unclustered"] == []


def test_the_page_offers_everybody_only_where_staff_have_asked(cast, url, page, asked):
    assert "Everybody, staff too" not in cast.teacher.get(page).get_data(as_text=True)


def test_the_page_keeps_to_everybody(cast, page, asked, staff_asked):
    assert "Everybody, staff too" in cast.teacher.get(page).get_data(as_text=True)
    shown = cast.teacher.get(f"{page}?role=everybody").get_data(as_text=True)
    assert '<option value="everybody" selected>' in shown
    assert "/report/table.csv?role=everybody" in shown
    assert "I do not see myself why it turns." in shown
    assert "3 people" in shown
    lines = cast.teacher.get(f"{page}/table.csv?role=everybody").get_data(as_text=True).splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["3", "1"]
    refused = cast.teacher.get(f"/v1/assignments/{cast.assignment.id}/confusion-report?role=king")
    assert refused.status_code == 422


def test_a_table_holds_numbers_and_no_formula(cast, page, asked):
    answer = cast.teacher.get(f"{page}/table.csv")
    lines = answer.get_data(as_text=True).splitlines()
    assert answer.mimetype == "text/csv"
    assert [line.split(",")[:2] for line in lines[1:]] == [["'=speed", "1"], ["cat", "1"]]
    assert WHY not in answer.get_data(as_text=True)


def test_the_projector_shows_a_quotation_only_with_its_authors_yes(cast, page, asked):
    assert WHY not in cast.teacher.get(f"{page}/projector").get_data(as_text=True)
    assert cast.teacher.post(f"/annotations/{asked[0]}/quotation").status_code == 303
    own = f"/assignments/{cast.assignment.id}/my-questions"
    assert "would like to show" in cast.ana.get(own).get_data(as_text=True)
    assert WHY not in cast.teacher.get(f"{page}/projector").get_data(as_text=True)
    cast.ana.post(f"/annotations/{asked[0]}/quotation/answer", data={"allowed": "yes"})
    assert WHY in cast.teacher.get(f"{page}/projector").get_data(as_text=True)
    cast.ana.post(f"/annotations/{asked[0]}/quotation/answer", data={"allowed": "no"})
    assert WHY not in cast.teacher.get(f"{page}/projector").get_data(as_text=True)


def test_nobody_says_yes_for_somebody_else(cast, asked):
    for person in (cast.bob, cast.teacher):
        answer = person.post(f"/annotations/{asked[0]}/quotation/answer", data={"allowed": "yes"})
        assert answer.status_code == 403


def test_the_projector_prefers_the_teachers_own_words(cast, url, page, asked):
    key = cast.teacher.get(f"{url}/confusion-report").get_json()["topics"][1]["key"]
    cast.teacher.post(f"/topics/{key}/words", data={"in_our_words": "Why does it turn?"})
    assert "Why does it turn?" in cast.teacher.get(f"{page}/projector").get_data(as_text=True)


def test_a_student_sees_that_a_question_became_part_of_the_lesson(cast, url, asked):
    own = f"/assignments/{cast.assignment.id}/my-questions"
    assert "bring this one to class" in cast.ana.get(own).get_data(as_text=True)
    assert "became part of the lesson" not in cast.ana.get(own).get_data(as_text=True)
    key = cast.teacher.get(f"{url}/confusion-report").get_json()["topics"][0]["key"]
    cast.teacher.post(f"/topics/{key}/outcome", data={"dealt": "yes", "what_i_did": "A demonstration."})
    shown = cast.ana.get(own).get_data(as_text=True)
    assert "became part of the lesson" in shown
    assert "A demonstration." not in shown


def test_a_students_own_page_holds_nobody_elses_questions(cast, url):
    ask(cast.bob, url, body="What is glass made of, and does that matter?")
    assert "glass made of" not in cast.ana.get(f"/assignments/{cast.assignment.id}/my-questions").get_data(
        as_text=True
    )


def test_marked_spots_tell_whether_somebody_answered_there(cast, url):
    mark = "019a0000-0000-7000-8000-000000000001"
    spot = {"target": {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]}}
    assert cast.ana.put(f"{url}/marks/{mark}", json=spot).status_code in (200, 201, 204)
    own = f"/assignments/{cast.assignment.id}/my-questions"
    assert "nobody has asked there yet" in cast.ana.get(own).get_data(as_text=True)
    question = ask(cast.bob, url)
    cast.teacher.post(
        f"{url}/annotations", json={"body": "One side slows first.", "parent_id": question["id"]}
    )
    assert "somebody has answered a question there" in cast.ana.get(own).get_data(as_text=True)


def test_what_was_done_last_year_stands_beside_the_same_passage(cast, url, asked):
    key = cast.teacher.get(f"{url}/confusion-report").get_json()["topics"][0]["key"]
    cast.teacher.put(f"/v1/topics/{key}/outcome", json={"what_i_did": "A marching band on sand."})
    with unit_of_work():
        from app.documents.models import DocumentVersion

        session.query(DocumentVersion).update({"sha256": "a" * 64})
        again = factories.assignment(cast.course, cast.document, title="This year")
    new = ask(cast.ana, f"/v1/assignments/{again.id}")["id"]
    cast.assignment = again
    reported(cast, topic("turning", new))
    (shown,) = cast.teacher.get(f"/v1/assignments/{again.id}/confusion-report").get_json()["topics"]
    assert [(e["label"], e["outcome"]["what_i_did"]) for e in shown["earlier"]] == [
        ("=speed", "A marching band on sand.")
    ]
    assert "marching band" in cast.teacher.get(f"/assignments/{again.id}/report").get_data(as_text=True)
    (seen,) = cast.observer.get(f"/v1/assignments/{again.id}/confusion-report").get_json()["topics"]
    assert seen["earlier"] == []


def test_how_it_was_made_is_said(cast, page, asked):
    assert "each counted once" in cast.teacher.get(f"{page}/how").get_data(as_text=True)
