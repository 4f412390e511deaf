"""Reading a report: what was found, the teacher's changes, and the words behind the ids."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.annotations.models import Annotation, Endorsement
from app.annotations.queries import visible
from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import Viewer

from .evidence import stamp
from .models import Report, TopicEdit
from .schemas import ReportOut, TopicOut, Voice
from .topics import Topic, edited

QUOTED = 3  # representatives whose words a topic shows before it is opened


def report_for(assignment: Assignment, viewer: Viewer) -> ReportOut:
    """The newest report, with the teacher's changes, and the words that this viewer may read."""
    report = session.get(Report, assignment.id)
    if report is None or report.made_at is None:
        return ReportOut(state="making", stale=True)
    edits = session.scalars(
        select(TopicEdit).where(TopicEdit.assignment_id == assignment.id).order_by(TopicEdit.id)
    )
    topics = edited(report.result.get("topics", []), edits)
    _count_students(topics)
    voices = voices_of(viewer, assignment, _ids(topics, report.result))
    return ReportOut(
        state="ready",
        stale=report.evidence_hash != stamp(assignment),
        made_at=report.made_at,
        topics=[_topic_out(topic, voices) for topic in topics],
        silent=report.result.get("silent", []),
        unclustered=[voices[key] for key in report.result.get("unclustered", []) if key in voices],
        heat=report.result.get("heat", []),
        method=report.result.get("method", {}),
    )


def unanswered(assignment: Assignment, viewer: Viewer) -> list[Voice]:
    """Questions that nobody has replied to and that are not solved, the most shared first."""
    reply = aliased(Annotation)
    replied = select(reply.id).where(reply.parent_id == Annotation.id, reply.deleted_at.is_(None))
    rows = session.scalars(
        visible(viewer, assignment)
        .where(Annotation.motivation == "questioning")
        .where(Annotation.parent_id.is_(None), Annotation.deleted_at.is_(None))
        .where(Annotation.resolved_at.is_(None), Annotation.audience.not_like("user:%"))
        .where(~replied.exists())
        .order_by(Annotation.me_too.desc(), Annotation.start, Annotation.id)
        .limit(200)
    )
    return [_voice(row) for row in rows]


def voices_of(viewer: Viewer, assignment: Assignment, ids: set[str]) -> dict[str, Voice]:
    """The words behind ids, as far as the viewer may read them; never a name."""
    rows = session.scalars(visible(viewer, assignment).where(Annotation.id.in_(ids)))
    return {row.id: _voice(row) for row in rows if row.deleted_at is None}


def _voice(row: Annotation) -> Voice:
    return Voice(
        id=row.id,
        text=row.body,
        quote=next((s["exact"] for s in row.selectors if s.get("type") == "TextQuoteSelector"), ""),
        start=row.start,
        end=row.end,
        me_too=row.me_too,
        resolved=row.resolved_at is not None,
    )


def _ids(topics: list[Topic], result: dict[str, Any]) -> set[str]:
    found = {key for topic in topics for key in topic["members"]}
    return found | set(result.get("unclustered", []))


def _count_students(topics: list[Topic]) -> None:
    """A merged topic counts its students anew: authors and those who said “me too”, each once."""
    merged = [topic for topic in topics if topic["students"] == 0]
    ids = {key for topic in merged for key in topic["members"]}
    if not ids:
        return
    people: dict[str, set[str]] = defaultdict(set)
    authors = select(Annotation.id, Annotation.creator_id).where(Annotation.id.in_(ids))
    sharers = select(Endorsement.annotation_id, Endorsement.account_id).where(
        Endorsement.annotation_id.in_(ids), Endorsement.kind == "me_too"
    )
    for key, person in [*session.execute(authors), *session.execute(sharers)]:
        people[key].add(person)
    for topic in merged:
        topic["students"] = len(set().union(*(people[key] for key in topic["members"])))


def _topic_out(topic: Topic, voices: dict[str, Voice]) -> TopicOut:
    shown = [voices[key] for key in topic["representatives"] if key in voices][:QUOTED]
    return TopicOut(
        key=topic["key"],
        label=topic["label"],
        summary=topic.get("summary", "") if shown else "",
        renamed=topic["renamed"],
        students=topic["students"],
        share=topic["share"],
        open_share=topic["open_share"],
        passages=topic["passages"],
        signals=topic["signals"],
        representatives=shown,
        members=[voices[key] for key in topic["members"] if key in voices],
    )
