"""A corrected document: what people see, what moves along, and what a failed correction leaves."""

import io
import threading

import pytest
from sqlalchemy import update

from app.core import jobs
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.documents import claims, importing
from app.documents.jobs import resume_imports
from app.documents.models import Document
from app.documents.versions import Outcome, Plan

FIRST, SECOND = "The cat sat.\n\nIt slept.", "The dog sat.\n\nIt slept."


@pytest.fixture
def document(cast):
    made = cast.teacher.post(
        f"/v1/courses/{cast.course.id}/documents", json={"markdown": FIRST, "title": "Cats"}
    )
    jobs.run_pending()
    cast.teacher.post(
        f"/v1/courses/{cast.course.id}/assignments", json={"document_id": made.get_json()["id"]}
    )
    return made.get_json()["id"]


def correct(cast, document, text=SECOND):
    return cast.teacher.post(f"/v1/documents/{document}/versions", json={"markdown": text})


def read(cast, document):
    return cast.ana.get(f"/v1/documents/{document}/content").get_json()


def test_the_old_version_stays_until_the_new_one_is_ready(cast, document):
    assert correct(cast, document).status_code == 201
    assert "cat" in read(cast, document)["html"]
    jobs.run_pending()
    assert read(cast, document)["version"] == 2
    assert "dog" in read(cast, document)["html"]


def test_a_correction_that_fails_leaves_the_document_as_it_was(cast, document):
    cast.teacher.post(f"/v1/documents/{document}/versions", data={"file": (io.BytesIO(b"\0\1\2"), "a.md")})
    jobs.run_pending()
    state = cast.teacher.get(f"/v1/documents/{document}").get_json()
    assert (state["status"], state["version"]) == ("failed", 1)
    assert "cat" in read(cast, document)["html"]
    assert correct(cast, document).status_code == 201
    jobs.run_pending()
    assert read(cast, document)["version"] == 2


def test_what_is_attached_moves_in_the_same_moment(cast, document, monkeypatch):
    seen = []

    def reanchor(_document, version):
        seen.append((version.number, "dog" in version.text))
        outcomes = [
            Outcome("annotation", "a1", "x", "kept", "It slept."),
            Outcome("annotation", "a2", "x", "lost", "The cat"),
            Outcome("mark", "m1", "x", "moved", "sat"),
        ]
        return Plan(outcomes, lambda: seen.append(("applied", session.get_one(Document, document).version)))

    monkeypatch.setattr("app.documents.versions.REANCHORERS", [reanchor])
    correct(cast, document)
    jobs.run_pending()
    assert seen[:2] == [(2, True), ("applied", 1)]
    page = cast.teacher.get(f"/documents/{document}").text
    assert "1 stayed in place, 1 moved with their words, 1 lost their place" in page
    assert "The cat" in page


def test_another_kind_of_file_is_no_correction(cast, document):
    path = f"/v1/documents/{document}/versions"
    answer = cast.teacher.post(path, data={"file": (io.BytesIO(b"%PDF-1.4"), "a.pdf")})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "not_same_medium")


def test_two_corrections_at_once_are_one_too_many(cast, document):
    correct(cast, document)
    assert correct(cast, document).status_code == 409


def test_an_import_that_lost_its_worker_is_found_and_finished(cast, document):
    correct(cast, document)
    claim = claims.take(document)
    assert claim
    jobs.run_pending()
    assert read(cast, document)["version"] == 1
    with unit_of_work():
        long_ago = now() - 2 * claims.STALE
        session.execute(update(Document).where(Document.id == document).values(touched_at=long_ago))
    resume_imports()
    jobs.run_pending()
    assert read(cast, document)["version"] == 2


def test_an_import_that_keeps_dying_is_given_up(cast, document):
    correct(cast, document)
    with unit_of_work():
        session.execute(update(Document).where(Document.id == document).values(attempts=importing.TRIES))
    jobs.run_pending()
    state = cast.teacher.get(f"/v1/documents/{document}").get_json()
    assert state["status"] == "failed"
    assert "three times" in state["problem"]


def test_only_one_worker_reads_a_document(app, cast, document):
    correct(cast, document)
    taken = []

    def take() -> None:
        with app.app_context():
            taken.append(claims.take(document))

    workers = [threading.Thread(target=take) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(claim is not None for claim in taken) == 1


def test_who_lost_the_claim_cannot_end_the_import(cast, document):
    correct(cast, document)
    claim = claims.take(document)
    cast.teacher.post(f"/v1/documents/{document}/stop")
    with pytest.raises(claims.Stopped):
        claim.report("reading", 0.5)
    cast.teacher.post(f"/v1/documents/{document}/retry")
    with pytest.raises(claims.Stopped), unit_of_work():
        claim.end(status="ready")
    jobs.run_pending()
    assert read(cast, document)["version"] == 2
