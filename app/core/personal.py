"""The registry of personal data: every column of every table, what it is for, and what erasing does to it.

`person export` and `person erase` are driven by it, docs/data.md is made from it, and a test fails when a
column is missing. Who adds a column says here whether it is about a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Table, select

from .db import Model
from .ids import now

# What becomes of a person's rows. `keep`: the row says nothing without the emptied account it points to.
Erasing = Literal["delete", "empty", "keep"]
NOW: Final = object()


@dataclass(frozen=True)
class Owner:
    """How to find a person's rows: the column with the account's id, here or in a table it leads to."""

    column: str
    table: str = ""
    matches: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Entry:
    """One table. Columns are named once each: ``plain``, ``personal``, ``hashed`` or ``pointers``.

    ``hashed`` columns let somebody in and are never exported; ``pointers`` are ids of other people who did
    something to the row. ``emptied`` is what an erased person's row says instead.
    """

    plain: str
    personal: str = ""
    hashed: str = ""
    pointers: str = ""
    owner: Owner | None = None
    why: str = ""
    kept: str = ""
    erasing: Erasing = "keep"
    emptied: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Every column that the entry names."""
        return " ".join((self.plain, self.personal, self.hashed, self.pointers)).split()


_COURSE = "as long as the course"
_ACCOUNT = Owner("account_id")
_ANNOTATION = Owner("annotation_id", table="annotation", matches="id", owner="creator_id")

REGISTRY: dict[str, Entry] = {
    "school": Entry("id name help_text locale created_at"),
    "course": Entry(
        "id school_id title timezone locale join_code join_open analytics help_text created_at deleted_at"
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
    "topic_edit": Entry("id assignment_id kind members label made_at", pointers="made_by"),
    "account": Entry(
        "id school_id is_admin may_create_courses created_at",
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
        owner=_ACCOUNT,
        why="the name and the password (hashed) to sign in with",
        kept="as long as the account",
        erasing="delete",
    ),
    "sign_in": Entry(
        "id",
        personal="account_id browser created_at last_seen_at expires_at ended_at",
        hashed="token_hash",
        owner=_ACCOUNT,
        why="to stay signed in, and to see and end that elsewhere",
        kept="30 days after the last visit",
        erasing="delete",
    ),
    "token": Entry(
        "id scopes",
        personal="account_id name created_at revoked_at",
        hashed="token_hash",
        owner=_ACCOUNT,
        why="lets a program act for the person",
        kept="until it is revoked",
        erasing="delete",
    ),
    "one_time_code": Entry(
        "id purpose",
        personal="account_id created_at expires_at used_at",
        hashed="code_hash",
        pointers="created_by",
        owner=_ACCOUNT,
        why="a slip or a mailed link to set a password",
        kept="until it is used or too old",
        erasing="delete",
    ),
    "kept_answer": Entry(
        "id fingerprint status",
        personal="account_id key body created_at",
        owner=_ACCOUNT,
        why="so that what is sent twice happens once",
        kept="30 days",
        erasing="delete",
    ),
    "enrollment": Entry(
        "id course_id",
        personal="account_id role section_id paused_at ended_at created_at",
        pointers="added_by",
        owner=_ACCOUNT,
        why="who is in the course, and as what",
        kept=_COURSE,
        erasing="empty",
        emptied={"ended_at": NOW, "section_id": None},
    ),
    "group_member": Entry(
        "group_id",
        personal="account_id",
        owner=_ACCOUNT,
        why="who works with whom",
        kept=_COURSE,
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
        kept=_COURSE,
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
        owner=_ANNOTATION,
        why="what was said before an edit, for staff",
        kept=_COURSE,
        erasing="delete",
    ),
    "endorsement": Entry(
        "annotation_id",
        personal="account_id kind created_at",
        owner=_ACCOUNT,
        why="one vote each",
        kept=_COURSE,
    ),
    "mark": Entry(
        "id assignment_id version_id",
        personal="account_id selectors start end created_at deleted_at",
        owner=_ACCOUNT,
        why="“I'm lost here”, counted and never named",
        kept=_COURSE,
        erasing="delete",
    ),
    "flag": Entry(
        "id annotation_id",
        personal="reporter_id reason created_at settled_at",
        pointers="settled_by",
        owner=Owner("reporter_id"),
        why="“tell the teacher”; the reporter is never named",
        kept=_COURSE,
        erasing="empty",
        emptied={"reason": ""},
    ),
    "draft": Entry(
        "assignment_id",
        personal="account_id editors modified_at",
        owner=_ACCOUNT,
        why="so that no text is lost before it is posted",
        kept="14 days",
        erasing="delete",
    ),
    "reading_state": Entry(
        "assignment_id",
        personal="account_id seen position modified_at",
        owner=_ACCOUNT,
        why="what is new for the person, and where they stopped",
        kept=_COURSE,
        erasing="delete",
    ),
    "opening": Entry(
        "assignment_id",
        personal="account_id first_at last_at",
        owner=_ACCOUNT,
        why="so that the teacher sees who has not started; shown to the student",
        kept=_COURSE,
        erasing="delete",
    ),
    "activity_interval": Entry(
        "id assignment_id",
        personal="account_id kind start end seconds began_at created_at",
        owner=_ACCOUNT,
        why="what was read and watched, where the course records it; shown to the student",
        kept=_COURSE,
        erasing="delete",
    ),
    "answer": Entry(
        "id question_id assignment_id attempt",
        personal="account_id value confidence correct self_check composed_at created_at",
        owner=_ACCOUNT,
        why="answers to the teacher's questions",
        kept=_COURSE,
        erasing="delete",
    ),
    "score": Entry(
        "id annotation_id assignment_id body_hash model_version",
        personal="quality level confusion question certainty reasons marks flags created_at",
        owner=_ANNOTATION,
        why="the rating of an annotation, with its reasons",
        kept=_COURSE,
        erasing="delete",
    ),
    "teacher_score": Entry(
        "annotation_id",
        personal="level given_at",
        pointers="given_by",
        owner=_ANNOTATION,
        why="a rating by hand",
        kept=_COURSE,
        erasing="delete",
    ),
    "confusion_report": Entry(
        "assignment_id evidence_hash made_at wanted_at",
        personal="result",
        owner=Owner("assignment_id", table="annotation", matches="assignment_id", owner="creator_id"),
        why="what the class is struggling with; made anew after an erasure",
        kept="until the next report",
        erasing="delete",
    ),
    "notification": Entry(
        "id assignment_id annotation_id",
        personal="account_id kind created_at read_at",
        owner=_ACCOUNT,
        why="the person's inbox",
        kept=_COURSE,
        erasing="delete",
    ),
    "audit": Entry(
        "id school_id course_id action object_id details",
        personal="actor_id created_at",
        owner=Owner("actor_id"),
        why="who did what that matters to others; without what people wrote",
        kept="as long as the school",
    ),
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
        "Made from `app/core/personal.py` by `flask --app wsgi person registry docs/data.md`; do not edit by hand.",
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
