"""Reading a report: what was found, the teacher's changes, and the words behind the ids."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.annotations.models import Annotation
from app.annotations.queries import visible
from app.assignments.models import Assignment
from app.core.db import session
from app.core.markdown import words
from app.core.policy import Viewer

from ..counting import has_words_of_staff, of_part
from ..evidence import stamp
from ..models import Quotation, Report, Topic
from ..schemas import EarlierOut, ReportOut, TopicOut, Voice
from ..wording import reason_in_words, summary_in_words
from .earlier import earlier_topics, outcome_out
from .topics import topics_of

MOST_UNANSWERED = 200
QUOTED = 3  # representatives whose words a topic shows before it is opened


def report_for(
    assignment: Assignment,
    viewer: Viewer,
    among: Collection[str] | None = None,
    *,
    with_staff: bool = False,
    voices_each: int | None = None,
    whole: str = "",
    current: str = "",
) -> ReportOut:
    """The newest report, with the teacher's changes, and the words that this viewer may read.

    ``among``: the accounts of a part of the class, when the report is to be about it alone. ``with_staff``: what
    staff and observers asked counts as well. ``voices_each``: of
    how many members of each topic the words are wanted, those that speak for it first; all, if it does not say,
    and of the topic ``whole``. ``current``: the evidence's stamp, from who has just worked it out.
    """
    report = session.get(Report, assignment.id)
    if report is None or report.made_at is None:
        return ReportOut(state="making", stale=True)
    result = report.result
    if among is not None or with_staff:
        result = of_part(assignment, result, among, with_staff=with_staff)
    topics = result.get("topics", [])
    wanted = {topic["id"]: _first(topic, None if topic["id"] == whole else voices_each) for topic in topics}
    voices = voices_of(viewer, assignment, _ids(wanted, result))
    _note_states(topics, voices)
    earlier = earlier_topics(viewer, assignment, topics, report.alike)
    rows = {row.id: row for row in topics_of(assignment)}
    return ReportOut(
        state="ready",
        stale=report.evidence_hash != (current or stamp(assignment)),
        made_at=report.made_at,
        topics=[
            _topic_out(topic, rows[topic["id"]], wanted[topic["id"]], voices, earlier)
            for topic in topics
            if topic["id"] in rows
        ],
        silent=result.get("silent", []),
        unclustered=[voices[key] for key in result.get("unclustered", []) if key in voices],
        heat=result.get("heat", []),
        method=result.get("method", {}),
        staff_asked=has_words_of_staff(report.result),
    )


def unanswered(assignment: Assignment, viewer: Viewer, among: Collection[str] | None = None) -> list[Voice]:
    """Questions that nobody has replied to and that are not solved, the most shared first."""
    wanted = _unanswered(assignment, viewer, among)
    order = wanted.order_by(Annotation.me_too.desc(), Annotation.start, Annotation.id).limit(MOST_UNANSWERED)
    return [_voice(row) for row in session.scalars(order)]


def count_unanswered(assignment: Assignment, viewer: Viewer, among: Collection[str] | None = None) -> int:
    """How many `unanswered` there are, whether or not the list holds them all."""
    ids = _unanswered(assignment, viewer, among).with_only_columns(Annotation.id).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def _unanswered(assignment: Assignment, viewer: Viewer, among: Collection[str] | None) -> Select[Annotation]:
    reply = aliased(Annotation)
    replied = select(reply.id).where(reply.parent_id == Annotation.id, reply.deleted_at.is_(None))
    wanted = (
        visible(viewer, assignment)
        .where(Annotation.motivation == "questioning")
        .where(Annotation.parent_id.is_(None), Annotation.deleted_at.is_(None))
        .where(Annotation.resolved_at.is_(None), Annotation.audience.not_like("user:%"))
        .where(~replied.exists())
    )
    return wanted if among is None else wanted.where(Annotation.creator_id.in_(among))


def voices_of(viewer: Viewer, assignment: Assignment, ids: set[str]) -> dict[str, Voice]:
    """The words behind ids, as far as the viewer may read them; never a name."""
    rows = session.scalars(visible(viewer, assignment).where(Annotation.id.in_(ids))).all()
    voices = {row.id: _voice(row) for row in rows if row.deleted_at is None}
    for quotation in session.scalars(select(Quotation).where(Quotation.annotation_id.in_(voices))):
        if quotation.answered_at is not None:
            voices[quotation.annotation_id].quotable = quotation.allowed
    return voices


def _voice(row: Annotation) -> Voice:
    return Voice(
        id=row.id,
        text=words(row.body),
        quote=next((s["exact"] for s in row.selectors if s.get("type") == "TextQuoteSelector"), ""),
        start=row.start,
        end=row.end,
        me_too=row.me_too,
        resolved=row.resolved_at is not None,
    )


def _first(topic: dict[str, Any], most: int | None) -> list[str]:
    """So many of a topic's members, those that speak for it first; all of them in their own order."""
    members: list[str] = topic["members"]
    if most is None or len(members) <= most:
        return members
    return list(dict.fromkeys([*topic["representatives"], *members]))[:most]


def _ids(wanted: dict[str, list[str]], result: dict[str, Any]) -> set[str]:
    found = {key for ids in wanted.values() for key in ids}
    return found | set(result.get("unclustered", []))


def _note_states(topics: list[dict[str, Any]], voices: dict[str, Voice]) -> None:
    """What became of each question; solved is what is neither open nor waiting for a yes."""
    for topic in topics:
        still, partly, foreign = (set(topic.get(name, [])) for name in ("open", "partly", "foreign"))
        for key in topic["members"]:
            if key in voices:
                voices[key].state = "open" if key in still else "partly" if key in partly else "solved"
                voices[key].foreign = key in foreign


def _topic_out(
    topic: dict[str, Any],
    row: Topic,
    wanted: list[str],
    voices: dict[str, Voice],
    earlier: dict[str, list[EarlierOut]],
) -> TopicOut:
    members = [voices[key] for key in wanted if key in voices]
    shown = [voices[key] for key in topic["representatives"] if key in voices][:QUOTED]
    return TopicOut(
        key=row.id,
        label=row.label or topic["label"] or _("A topic of your own"),
        summary=summary_in_words(topic) if shown else "",
        renamed=bool(row.label),
        in_our_words=row.in_our_words,
        outcome=outcome_out(row),
        partly_share=topic.get("partly_share", 0.0),
        reasons=[reason_in_words(reason) for reason in topic.get("reasons", [])],
        certainty=topic.get("certainty"),
        earlier=earlier.get(row.id, []),
        students=topic["students"],
        share=topic["share"],
        open_share=topic["open_share"],
        passages=topic["passages"],
        signals=topic["signals"],
        representatives=shown,
        members=members,
        unread=len(topic["members"]) - len(wanted),
    )
