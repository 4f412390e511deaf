"""From pasted text to an assigned reading, and what stands in the way."""

import io

import pytest

from app.core import jobs

LESSON = "# Refraction\n\nLight bends when it passes from air into glass.\n\nIts speed changes there.\n"


def add(person, cast, **body):
    return person.post(f"/v1/courses/{cast.course.id}/documents", json=body)


def upload(person, path, name, data: bytes):
    return person.post(path, data={"file": (io.BytesIO(data), name)})


@pytest.fixture
def library(cast):
    return f"/v1/courses/{cast.course.id}/documents"


def test_pasted_markdown_becomes_a_reading_that_a_student_reads(cast):
    made = add(cast.teacher, cast, markdown=LESSON)
    assert made.status_code == 201
    assert made.get_json()["status"] == "processing"
    jobs.run_pending()
    document = cast.teacher.get(f"/v1/documents/{made.get_json()['id']}").get_json()
    assert (document["status"], document["title"], document["version"]) == ("ready", "Refraction", 1)
    assigned = cast.teacher.post(
        f"/v1/courses/{cast.course.id}/assignments",
        json={"document_id": document["id"], "title": "Before Thursday"},
    )
    assert assigned.status_code == 201
    content = cast.ana.get(f"/v1/documents/{document['id']}/content")
    assert "Light bends" in content.get_json()["html"]


def test_a_title_that_was_given_stays(cast):
    made = add(cast.teacher, cast, markdown=LESSON, title="Light").get_json()
    jobs.run_pending()
    assert cast.teacher.get(f"/v1/documents/{made['id']}").get_json()["title"] == "Light"


@pytest.mark.parametrize("name", ["ana", "eve", "observer", "other_teacher", "admin"])
def test_only_staff_of_the_course_add(cast, name):
    assert add(cast.people[name], cast, markdown=LESSON).status_code in {403, 404}


def test_a_document_that_is_not_assigned_is_not_there_for_students(cast):
    made = add(cast.teacher, cast, markdown=LESSON).get_json()
    jobs.run_pending()
    for path in ("", "/content"):
        assert cast.ana.get(f"/v1/documents/{made['id']}{path}").status_code == 404
        assert cast.observer.get(f"/v1/documents/{made['id']}{path}").status_code == 200


@pytest.mark.parametrize("body", [{}, {"markdown": "a", "url": "https://a.example"}, {"markdown": 1}, []])
def test_what_is_no_document_is_refused_with_a_reason(cast, body):
    answer = cast.teacher.post(f"/v1/courses/{cast.course.id}/documents", json=body)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "file:///etc/passwd", "javascript:alert(1)", "/etc", "http://"]
)
def test_only_web_addresses_are_taken(cast, url):
    assert add(cast.teacher, cast, url=url).status_code == 422


@pytest.mark.parametrize(
    ("name", "code"),
    [("macro.exe", "unknown_kind"), ("Handout.DOCX", "save_as_pdf"), ("slides.odp", "save_as_pdf")],
)
def test_an_unknown_kind_of_file_is_refused_at_once(cast, library, name, code):
    answer = upload(cast.teacher, library, name, b"MZ")
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ("a.pdf", b"%PDF-1.7\nnonsense", "damaged"),
        ("a.md", b"", "empty"),
        ("a.md", b"\0\1\2" * 50, "not text"),
        ("a.html", b"<script>x</script>", "no text"),
        ("lesson.mp4", b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n/etc/passwd\n", "points to other files"),
        ("lesson.mp4", b"not a video at all", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(cast, library, name, data, code):
    made = upload(cast.teacher, library, name, data).get_json()
    jobs.run_pending()
    document = cast.teacher.get(f"/v1/documents/{made['id']}").get_json()
    assert document["status"] == "failed"
    assert code in document["problem"]
    assert document["version"] == 0


@pytest.mark.parametrize(
    "page",
    [
        b"<table>" * 1500 + b"many words in here",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b; many words in here',
        b"<p onclick=alert(1)>many words in here<script>alert(1)</script><img src=x onerror=alert(1)>",
        b"<svg><script>alert(1)</script></svg><p>many words in here<iframe srcdoc='<script>x</script>'></iframe>",
    ],
)
def test_a_hostile_page_is_read_without_what_could_act(cast, library, page):
    made = upload(cast.teacher, library, "page.html", page).get_json()
    jobs.run_pending()
    html = cast.teacher.get(f"/v1/documents/{made['id']}/content").get_json()["html"]
    assert "many words" in html
    for active in ("<script", "<iframe", "<svg", "onclick", "onerror", "srcdoc"):
        assert active not in html


def test_an_import_can_be_stopped_and_tried_again(cast):
    made = add(cast.teacher, cast, markdown=LESSON).get_json()
    stopped = cast.teacher.post(f"/v1/documents/{made['id']}/stop").get_json()
    assert stopped["status"] == "failed"
    jobs.run_pending()
    assert cast.teacher.get(f"/v1/documents/{made['id']}").get_json()["version"] == 0
    cast.teacher.post(f"/v1/documents/{made['id']}/retry")
    jobs.run_pending()
    assert cast.teacher.get(f"/v1/documents/{made['id']}").get_json()["status"] == "ready"


def test_an_assigned_document_stays_in_the_library(cast):
    assert cast.teacher.delete(f"/v1/documents/{cast.document.id}").status_code == 409
    cast.teacher.delete(f"/v1/assignments/{cast.assignment.id}")
    assert cast.teacher.delete(f"/v1/documents/{cast.document.id}").status_code == 204
    assert cast.teacher.get(f"/v1/documents/{cast.document.id}").status_code == 404
