"""The admin area: a person's page, background work, storage, the log and health."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core import audit
from app.core.audit import AuditEntry
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.jobs import run_pending
from app.core.storage import store
from app.documents.models import Document, DocumentVersion
from app.upkeep.operations.notes import Note, write_note
from tests import factories


def text_of(answer):
    return answer.get_data(as_text=True)


def actions_of(cast):
    return list(session.scalars(select(AuditEntry.action).where(AuditEntry.school_id == cast.school.id)))


def test_a_person_has_a_page_with_courses_and_ways_to_sign_in(admin, cast, nora):
    page = text_of(admin.get(f"/admin/people/{cast.ana.id}"))
    assert "Optics 7B" in page
    assert "Student" in page
    assert "nora@school.example" in text_of(admin.get(f"/admin/people/{nora.id}"))


def test_the_page_of_a_person_is_for_admins_of_the_own_school(stranger, cast):
    assert stranger.get(f"/admin/people/{cast.ana.id}").status_code == 404
    assert cast.teacher.get(f"/admin/people/{cast.ana.id}").status_code == 404


def test_an_admin_exports_a_person(admin, cast, nora):
    form = f"/admin/people/{nora.id}"
    answer = admin.send(f"{form}/export", form=form)
    found = json.loads(text_of(answer))
    assert found["tables"]["account"][0]["name"] == "Nora Lind"
    assert "secret" not in found["tables"]["identity"][0]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "account.exported" in actions_of(cast)


def test_erasing_asks_for_the_name(app, admin, cast, tmp_path):
    form = f"/admin/people/{cast.ana.id}"
    assert admin.send(f"{form}/erase", form=form, name="Ana").status_code == 422
    session.expire_all()
    assert session.get(Account, cast.ana.id).erased_at is None
    assert admin.send(f"{form}/erase", form=form, name="Ana  Pires").status_code == 303
    session.expire_all()
    erased = session.get(Account, cast.ana.id)
    assert (erased.name, erased.erased_at is None) == ("", False)
    assert cast.ana.id in (tmp_path / "erased_people.txt").read_text()
    entry = session.scalar(select(AuditEntry).where(AuditEntry.action == "account.erased"))
    assert session.get(Account, entry.actor_id).name == "Ada Other"


def test_nobody_erases_themselves(admin, cast):
    own = session.scalar(select(Account).where(Account.name == "Ada Other"))
    assert admin.send(f"/admin/people/{own.id}/erase", form="/admin", name="Ada Other").status_code == 403


@pytest.fixture
def failed(cast) -> Document:
    with unit_of_work():
        row = factories.document(cast.course)
        row.status, row.problem, row.title = "failed", {"code": "no_text", "params": {}}, "Lost pages"
        factories.add(DocumentVersion(document_id=row.id, number=2))
    return row


def test_what_failed_is_shown_with_its_reason_and_tried_again(admin, failed):
    page = text_of(admin.get("/admin/work"))
    assert "Lost pages" in page
    assert "There is no text in this file." in page
    admin.send(f"/admin/work/documents/{failed.id}/retry", form="/admin/work")
    session.expire_all()
    assert session.get(Document, failed.id).status == "processing"
    assert run_pending() == 1


def test_work_of_another_school_is_neither_shown_nor_tried_again(stranger, failed):
    assert "Lost pages" not in text_of(stranger.get("/admin/work"))
    answer = stranger.send(f"/admin/work/documents/{failed.id}/retry", form="/admin")
    assert answer.status_code == 404


@pytest.fixture
def filled(cast) -> Document:
    """A document with a file of 1.5 MB; a second document shares the file."""
    with unit_of_work():
        file = store(
            BytesIO(b"x" * 1_572_864),
            school_id=cast.school.id,
            name="a",
            media_type="text/plain",
            limit=1 << 21,
        )
        for _number in range(2):
            row = factories.document(cast.course)
            session.query(DocumentVersion).filter_by(document_id=row.id).one().source_file_id = file.id
    return row


def test_storage_is_counted_per_course_and_a_shared_file_once(admin, filled):
    page = text_of(admin.get("/admin/storage"))
    assert "All files of the school: 1.5 MB" in page
    assert page.count("1.5 MB") == 2
    assert "Waves 8A" in page


def test_a_full_course_takes_no_more_files(admin, cast, filled):
    def add(size):
        data = {"file": (BytesIO(b"word " * (size // 5)), "words.txt")}
        path = f"/v1/courses/{cast.course.id}/documents"
        return cast.teacher.post(path, data=data, content_type="multipart/form-data")

    admin.send("/admin/storage", form="/admin/storage", each="2")
    refused = add(600_000)
    assert (refused.status_code, refused.get_json()["code"]) == (413, "storage_full")
    assert add(100_000).status_code == 201
    admin.send(f"/admin/storage/{cast.course.id}", form="/admin/storage", megabytes="20")
    assert add(600_000).status_code == 201


def test_a_full_school_takes_no_more_files(admin, cast, filled):
    def add(size):
        data = {"file": (BytesIO(b"word " * (size // 5)), "words.txt")}
        path = f"/v1/courses/{cast.course.id}/documents"
        return cast.teacher.post(path, data=data, content_type="multipart/form-data")

    admin.send("/admin/storage", form="/admin/storage", in_all="2", each="100")
    assert "1.5 MB of 2 MB" in text_of(admin.get("/admin/storage"))
    refused = add(600_000)
    assert (refused.status_code, refused.get_json()["code"]) == (413, "storage_full")
    assert "The school has 0 MB of storage left" in refused.get_json()["detail"]
    admin.send("/admin/storage", form="/admin/storage", in_all="", each="100")
    assert add(600_000).status_code == 201


@pytest.mark.parametrize("typed", ["-1", "0", "1.5", "many", "²", "99999999"])
def test_a_limit_is_a_number_of_megabytes(admin, cast, typed):
    assert admin.send("/admin/storage", form="/admin/storage", each=typed).status_code == 422
    assert admin.send("/admin/storage", form="/admin/storage", in_all=typed).status_code == 422


def test_the_log_is_filtered_by_person_deed_and_day(admin, cast):
    with unit_of_work():
        audit.record("course.edited", school_id=cast.school.id, actor_id=cast.teacher.id)
        audit.record("document.added", school_id=cast.school.id, actor_id=cast.assistant.id)
    assert "Ms Lee" in text_of(admin.get("/admin/log?q=ms+lee"))
    assert "Tom Hall" not in text_of(admin.get("/admin/log?q=ms+lee"))
    assert "Tom Hall" in text_of(admin.get("/admin/log?action=document.added"))
    assert "Ms Lee" not in text_of(admin.get("/admin/log?action=document.added"))
    assert "Tom Hall" not in text_of(admin.get("/admin/log?to=2001-01-01"))
    assert "Tom Hall" in text_of(admin.get("/admin/log?from=2001-01-01"))


@pytest.mark.parametrize(
    "query", ["from=9999-12-31&to=9999-12-31", "from=x", "page=0", "page=%C2%B2", "page=-1", "q=%25"]
)
def test_no_filter_breaks_the_log(admin, cast, query):
    assert admin.get(f"/admin/log?{query}").status_code == 200


def test_the_log_of_another_school_is_not_shown(stranger, cast):
    with unit_of_work():
        audit.record("course.edited", school_id=cast.school.id, actor_id=cast.teacher.id)
    assert "Ms Lee" not in text_of(stranger.get("/admin/log"))


def test_the_exported_log_holds_no_formulas(admin, cast):
    with unit_of_work():
        session.get(Account, cast.teacher.id).name = "=HYPERLINK(1)"
        audit.record("course.edited", school_id=cast.school.id, actor_id=cast.teacher.id)
    answer = admin.send("/admin/log/export?action=course.edited", form="/admin/log")
    rows = list(csv.reader(StringIO(text_of(answer).removeprefix("\ufeff"))))
    assert [row[1] for row in rows[1:]] == ["'=HYPERLINK(1)"]
    assert "audit.exported" in actions_of(cast)


def test_health_says_what_the_doctor_says_and_when_the_last_backup_was(app, admin, tmp_path):
    assert "No backup was made yet" in text_of(admin.get("/admin/health"))
    write_note(tmp_path / "last_backup.json", Note(now(), str(tmp_path / "b.zip")))
    page = text_of(admin.get("/admin/health"))
    assert "The last one is 0 days old." in page
    assert "ffmpeg" in page
