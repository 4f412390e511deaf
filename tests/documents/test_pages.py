"""The library as pages, also without scripts."""

import io
import re

import pytest

from app.core import jobs
from app.core.db import unit_of_work
from tests import factories


@pytest.fixture
def library(cast):
    return f"/courses/{cast.course.id}/library"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"way": "text", "markdown": "# Waves\n\nThey travel."}, "Waves"),
        ({"way": "text", "markdown": "No heading, just words."}, "No heading, just words."),
        ({"way": "text", "markdown": "Something", "title": "Named <b>"}, "Named &lt;b&gt;"),
    ],
)
def test_what_is_pasted_appears_with_its_progress_and_is_assigned_from_there(cast, library, form, words):
    assert cast.teacher.post(library, data=form).status_code == 303
    assert "Waiting for its turn" in cast.teacher.get(library).text
    jobs.run_pending()
    page = cast.teacher.get(library).text
    assert words in page
    assert "/assignments/new?document=" in page
    assert "Waiting for its turn" not in cast.teacher.get(f"{library}/rows").text


def test_a_teacher_looks_at_the_text_before_assigning_it(cast, library):
    cast.teacher.post(
        library, data={"way": "text", "markdown": "# Waves\n\nThey *travel*.<script>x</script>"}
    )
    page = re.search(r'href="(/documents/[^"]*)"', cast.teacher.get(library).text).group(1)
    assert "Have a look" not in cast.teacher.get(page).text
    jobs.run_pending()
    assert "They <em>travel</em>." in cast.teacher.get(page).text


def test_a_file_is_named_after_itself_until_it_has_been_read(cast, library):
    cast.teacher.post(library, data={"way": "file", "file": (io.BytesIO(b"plain words"), "lesson one.txt")})
    assert "lesson one" in cast.teacher.get(library).text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"way": "file"}, "Choose a file first."),
        ({"way": "text", "markdown": "  "}, "There is no text yet."),
        ({"way": "page", "url": "example.org"}, "This is not an address of a web page."),
    ],
)
def test_an_empty_form_says_what_is_missing(cast, library, form, words):
    answer = cast.teacher.post(library, data=form)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_failed_import_says_why_and_can_be_tried_again(cast, library):
    cast.teacher.post(library, data={"file": (io.BytesIO(b"%PDF-1.4 broken"), "a.pdf")})
    jobs.run_pending()
    page = cast.teacher.get(library).text
    assert "This PDF is damaged" in page
    retry = re.search(r'action="(/documents/[^"]*/retry)"', page).group(1)
    assert cast.teacher.post(retry).status_code == 303
    stop = re.search(r'action="(/documents/[^"]*/stop)"', cast.teacher.get(library).text).group(1)
    cast.teacher.post(stop)
    assert "You stopped this import." in cast.teacher.get(library).text


def test_a_document_is_renamed_corrected_and_removed(cast, library):
    cast.teacher.post(library, data={"way": "text", "markdown": "# Waves\n\nThey travel."})
    jobs.run_pending()
    page = cast.teacher.get(library).text
    path = re.search(r'href="(/documents/[^"]*)">Waves', page).group(1)
    assert "They travel." in cast.teacher.get(path).text
    cast.teacher.post(f"{path}/rename", data={"title": "Water"})
    cast.teacher.post(f"{path}/versions", data={"markdown": "# Waves\n\nThey move."})
    jobs.run_pending()
    page = cast.teacher.get(path).text
    assert "Water" in page
    assert "They move." in page
    assert cast.teacher.post(f"{path}/rename", data={"title": " "}).status_code == 422
    assert cast.teacher.post(f"{path}/versions", data={}).status_code == 422
    assert cast.teacher.post(f"{path}/remove").status_code == 303
    assert cast.teacher.get(path).status_code == 404


def test_an_assigned_document_is_not_removed_by_a_click(cast):
    answer = cast.teacher.post(f"/documents/{cast.document.id}/remove")
    assert answer.headers["Location"] == f"/documents/{cast.document.id}"
    assert cast.teacher.get(f"/documents/{cast.document.id}").status_code == 200


@pytest.mark.parametrize(
    ("name", "status"), [("ana", 403), ("eve", 404), ("other_teacher", 404), ("observer", 200)]
)
def test_the_library_is_for_staff_and_observers(cast, library, name, status):
    assert cast.people[name].get(library).status_code == status
    assert cast.people[name].get(f"{library}/rows").status_code == status
    assert cast.people[name].post(library, data={"markdown": "x"}).status_code in {403, 404}
    shown = cast.people[name].get(f"/documents/{cast.document.id}").status_code
    assert shown == (200 if status == 200 else 404)


def test_a_copied_course_shares_no_row_that_can_be_taken_away(cast):
    """Both documents name the same stored file; removing one from its library keeps the bytes."""
    with unit_of_work():
        factories.enroll(cast.other_course, cast.teacher.account, "teacher")
    copied = cast.teacher.post(
        f"/v1/assignments/{cast.assignment.id}/copy", json={"course_id": cast.other_course.id}
    ).get_json()
    cast.teacher.delete(f"/v1/assignments/{cast.assignment.id}")
    assert cast.teacher.delete(f"/v1/documents/{cast.document.id}").status_code == 204
    assert cast.teacher.get(f"/v1/documents/{copied['document_id']}/content").status_code == 200
    assert cast.other_teacher.get(f"/documents/{copied['document_id']}").status_code == 200
