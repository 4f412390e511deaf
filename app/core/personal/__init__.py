"""The registry of personal data: every column of every table, what it is for, and what erasing does to it.

`person export` and `person erase` are driven by it, docs/data.md is made from it, and a test fails when a
column is missing. Who adds a column says here whether it is about a person.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from app.core.db import Model
from app.core.ids import now

from .entries import ACCOUNT, ANNOTATION, COURSE, NOW, Entry, Owner
from .lms import LMS
from .plans import PLANS
from .ratings import RATINGS
from .records import RECORDS
from .reports import REPORTS
from .school import SCHOOL
from .scoring import SCORING

__all__ = ["NOT_EXPORTED", "NOW", "REGISTRY", "Entry", "Owner", "as_markdown", "emptied_values", "rows_of"]

REGISTRY: dict[str, Entry] = {
    "school": Entry("id name help_text locale course_storage_mb storage_mb created_at"),
    "course": Entry(
        "id school_id title timezone locale join_code join_open analytics help_text storage_mb created_at "
        "deleted_at"
    ),
    "section": Entry("id course_id name"),
    "section_dates": Entry("assignment_id section_id opens_at due_at"),
    "group_set": Entry("id course_id name created_at"),
    "course_group": Entry("id group_set_id course_id name"),
    "file": Entry("id school_id key name media_type size sha256 created_at"),
    "document": Entry(
        "id course_id school_id title medium status progress step problem attempts touched_at version "
        "source_url locale created_at deleted_at",
        pointers="created_by",
    ),
    "document_version": Entry(
        "id document_id number text html pages cues outline duration width height length sha256 extractor "
        "notes moves source_file_id media_file_id poster_file_id created_at"
    ),
    "assignment": Entry(
        "id course_id document_id title instructions state expected_annotations expected_questions opens_at "
        "due_at anonymity group_set_id start end scores_released_at created_at modified_at deleted_at",
        pointers="created_by",
    ),
    "question": Entry(
        "id assignment_id version_id kind stem options key selectors start end required attempts show_others "
        "created_at modified_at deleted_at",
        pointers="created_by",
    ),
    "change": Entry(
        "assignment_id seq cursor type object_id audience_before audience_after created_at",
        pointers="owner_id",
    ),
    "change_head": Entry("assignment_id seq"),
    "notification_cursor": Entry("assignment_id seq"),
    "account": Entry(
        "id school_id is_admin may_create_courses created_at",
        pointers="merged_into_id",
        personal="name email locale settings suspended_at erased_at",
        owner=Owner("id"),
        why="to know who wrote what, and to let people in",
        kept="until the school erases the person",
        erasing="empty",
        emptied={
            "name": "",
            "email": None,
            "locale": None,
            "settings": {},
            "is_admin": False,
            "may_create_courses": False,
            "erased_at": NOW,
        },
    ),
    "identity": Entry(
        "id school_id provider created_at",
        personal="account_id subject",
        hashed="secret",
        owner=ACCOUNT,
        why="the name and the password (hashed) to sign in with",
        kept="as long as the account",
        erasing="delete",
    ),
    "sign_in": Entry(
        "id",
        personal="account_id browser carried_by framed_by created_at last_seen_at expires_at ended_at",
        hashed="token_hash",
        owner=ACCOUNT,
        why="to stay signed in, and to see and end that elsewhere",
        kept="30 days after the last visit",
        erasing="delete",
    ),
    "token": Entry(
        "id scopes",
        personal="account_id name created_at revoked_at",
        hashed="token_hash",
        owner=ACCOUNT,
        why="lets a program act for the person",
        kept="until it is revoked",
        erasing="delete",
    ),
    "one_time_code": Entry(
        "id purpose framed_by",
        personal="account_id goes_to created_at expires_at used_at",
        hashed="code_hash",
        pointers="created_by",
        owner=ACCOUNT,
        why="a slip or a mailed link to set a password, or a link to go on elsewhere",
        kept="until it is used or too old",
        erasing="delete",
    ),
    "kept_answer": Entry(
        "id fingerprint status",
        personal="account_id key body created_at",
        owner=ACCOUNT,
        why="so that what is sent twice happens once",
        kept="30 days",
        erasing="delete",
    ),
    "enrollment": Entry(
        "id course_id",
        personal="account_id role section_id paused_at ended_at created_at",
        pointers="added_by",
        owner=ACCOUNT,
        why="who is in the course, and as what",
        kept=COURSE,
        erasing="empty",
        emptied={"ended_at": NOW, "section_id": None},
    ),
    "group_member": Entry(
        "group_id",
        personal="account_id",
        owner=ACCOUNT,
        why="who works with whom",
        kept=COURSE,
        erasing="delete",
    ),
    "annotation": Entry(
        "id assignment_id version_id parent_id thread_id selectors start end region audience home_audience "
        "seq helpful me_too anonymous motivation",
        personal="creator_id body body_html mentions tags locale resolved_at hidden_at hidden_reason "
        "paused_at deleted_at pasted typing_seconds composed_at created_at modified_at edited_at",
        pointers="owner_id hidden_by",
        owner=Owner("creator_id"),
        why="what the person said; pasted and typing_seconds help to rate it fairly",
        kept=COURSE,
        erasing="empty",
        emptied={
            "body": "removed",
            "body_html": "<p>removed</p>\n",
            "mentions": [],
            "tags": [],
            "locale": None,
            "hidden_reason": None,
            "pasted": None,
            "typing_seconds": None,
            "deleted_at": NOW,
            "modified_at": NOW,
        },
    ),
    "annotation_edit": Entry(
        "id annotation_id",
        personal="body edited_at",
        owner=ANNOTATION,
        why="what was said before an edit, for staff",
        kept=COURSE,
        erasing="delete",
    ),
    "endorsement": Entry(
        "annotation_id",
        personal="account_id kind created_at",
        owner=ACCOUNT,
        why="one vote each",
        kept=COURSE,
    ),
    "mark": Entry(
        "id assignment_id version_id",
        personal="account_id selectors start end created_at deleted_at",
        owner=ACCOUNT,
        why="“I'm lost here”, counted and never named",
        kept=COURSE,
        erasing="delete",
    ),
    "flag": Entry(
        "id annotation_id",
        personal="reporter_id reason created_at settled_at",
        pointers="settled_by",
        owner=Owner("reporter_id"),
        why="“tell the teacher”; the reporter is never named",
        kept=COURSE,
        erasing="empty",
        emptied={"reason": ""},
    ),
    "draft": Entry(
        "assignment_id",
        personal="account_id editors modified_at",
        owner=ACCOUNT,
        why="so that no text is lost before it is posted",
        kept="14 days",
        erasing="delete",
    ),
    "reading_state": Entry(
        "assignment_id",
        personal="account_id seen position modified_at",
        owner=ACCOUNT,
        why="what is new for the person, and where they stopped",
        kept=COURSE,
        erasing="delete",
    ),
    "opening": Entry(
        "assignment_id",
        personal="account_id first_at last_at",
        owner=ACCOUNT,
        why="so that the teacher sees who has not started; shown to the student",
        kept=COURSE,
        erasing="delete",
    ),
    "activity_interval": Entry(
        "id assignment_id",
        personal="account_id kind start end seconds began_at created_at",
        owner=ACCOUNT,
        why="what was read and watched, where the course records it; shown to the student",
        kept=COURSE,
        erasing="delete",
    ),
    "answer": Entry(
        "id question_id assignment_id attempt",
        personal="account_id value confidence correct self_check composed_at created_at",
        owner=ACCOUNT,
        why="answers to the teacher's questions",
        kept=COURSE,
        erasing="delete",
    ),
    "notification": Entry(
        "id assignment_id annotation_id",
        personal="account_id kind created_at read_at",
        owner=ACCOUNT,
        why="the person's inbox",
        kept=COURSE,
        erasing="delete",
    ),
    "audit": Entry(
        "id school_id course_id action object_id details",
        personal="actor_id created_at",
        owner=Owner("actor_id"),
        why="who did what that matters to others; without what people wrote",
        kept="as long as the school",
    ),
    **RECORDS,
    **REPORTS,
    **PLANS,
    **LMS,
    **SCHOOL,
    **RATINGS,
    **SCORING,
}
# Computed for everybody alike, so it is no part of one person's export.
NOT_EXPORTED = frozenset({"confusion_report"})


def rows_of(table: Table, entry: Entry, account_id: str) -> ColumnElement[bool]:
    """The condition that finds a person's rows of a table that has an owner."""
    assert entry.owner is not None
    column = table.c[entry.owner.column]
    if not entry.owner.table:
        return column == account_id
    other = Model.metadata.tables[entry.owner.table]
    return column.in_(select(other.c[entry.owner.matches]).where(other.c[entry.owner.owner] == account_id))


def emptied_values(entry: Entry) -> dict[str, Any]:
    """What an erased person's row says instead, now."""
    moment: datetime = now()
    return {name: moment if value is NOW else value for name, value in entry.emptied.items()}


_ERASING = {
    "delete": "the rows are deleted",
    "empty": "the rows are emptied",
    "keep": "the rows stay, and point to an account without name",
}


def as_markdown() -> str:
    """The page docs/data.md."""
    lines = [
        "# What is stored about people, why, and for how long",
        "",
        "Made from `app/core/personal/` by `flask --app wsgi person registry docs/data.md`; do not edit by hand.",
        "`flask --app wsgi person export EMAIL FILE` writes all of it for one person, `person erase EMAIL` does",
        "what the last column says. Backups that are restored later are cleared of erased people again.",
        "",
        "| table | about a person | why | kept | when erased |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, entry in sorted(REGISTRY.items()):
        if entry.owner:
            about = ", ".join([*entry.personal.split(), *(f"{one} (hashed)" for one in entry.hashed.split())])
            lines.append(f"| `{name}` | {about} | {entry.why} | {entry.kept} | {_ERASING[entry.erasing]} |")
    plain = ", ".join(f"`{name}`" for name, entry in sorted(REGISTRY.items()) if not entry.owner)
    lines += [
        "",
        f"Nothing about single people: {plain}. Some of their rows name the id of whoever made them; after an",
        "erasure that id leads to an account without name.",
    ]
    return "\n".join(lines) + "\n"
