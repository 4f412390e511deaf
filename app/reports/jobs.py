"""Making reports in the worker: when somebody looks, and by itself while class draws near."""

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now
from app.core.jobs import after_commit, job, sweep
from scoring.evidence import Evidence

from .endpoint import reword
from .evidence import evidence, stamp
from .likeness import later_assignments, middles, note_alike
from .models import Report, ReportMail, Topic, TopicPlacement

BEFORE_CLASS = timedelta(hours=36)
WATCHED = timedelta(minutes=30)


@job(retries=2)
def make_report(assignment_id: str) -> None:
    """Make the report of an assignment anew, unless nothing has changed since the last one."""
    with _uncollected():
        _renew(assignment_id)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: a full one looks at all that is remembered, and takes as long as a report."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _renew(assignment_id: str) -> None:
    assignment = session.get(Assignment, assignment_id)
    if assignment is None or assignment.deleted_at is not None:
        return
    current = stamp(assignment)
    report = session.get(Report, assignment_id)
    if report is not None and report.evidence_hash == current:
        return
    last = report.result if report else {}
    gathered = evidence(assignment)
    result = _summarised(gathered, topics_before(assignment_id, last))
    reword(assignment.course_id, result, last, gathered)
    result["topics"] = [_kept(assignment_id, topic) for topic in result["topics"]]
    if report is None:
        report = Report(assignment_id=assignment_id)
        session.add(report)
    report.result, report.evidence_hash, report.made_at = result, current, now()
    session.flush()
    note_alike(assignment)
    if middles(result) != middles(last):
        for later in later_assignments(assignment):
            after_commit(compare_with_earlier, later)


@job(retries=2)
def compare_with_earlier(assignment_id: str) -> None:
    """Note anew which topics of earlier assignments are like those of a report, since one of these has changed."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is not None and assignment.deleted_at is None:
        note_alike(assignment)


def topics_before(assignment_id: str, last: dict[str, Any]) -> dict[str, Any]:
    """The topics of earlier reports, those of the ``last`` one in its order, and where a hand has put
    annotations, as `scoring.identity` takes them.
    """
    order = {topic["id"]: place for place, topic in enumerate(last.get("topics", []))}
    labels = {topic["id"]: topic["label"] for topic in last.get("topics", [])}
    topics = session.scalars(
        select(Topic).where(Topic.assignment_id == assignment_id, Topic.merged_into.is_(None))
    )
    placed = _placed(assignment_id)
    known = [
        {"id": t.id, "members": t.members, "placed": placed[t.id], "label": labels.get(t.id, "")}
        for t in sorted(topics, key=lambda t: (order.get(t.id, len(order)), t.id))
    ]
    grouped = last.get("method", {}).get("grouped", 0)
    return {"topics": known, "apart": placed[None], "grouped": grouped}


def _placed(assignment_id: str) -> dict[str | None, list[str]]:
    placed: dict[str | None, list[str]] = defaultdict(list)
    rows = session.execute(
        select(TopicPlacement.annotation_id, TopicPlacement.topic_id)
        .join(Annotation, Annotation.id == TopicPlacement.annotation_id)
        .where(Annotation.assignment_id == assignment_id)
    )
    for annotation_id, topic_id in rows:
        placed[topic_id].append(annotation_id)
    return placed


def _kept(assignment_id: str, found: dict[str, Any]) -> dict[str, Any]:
    """The found topic under the id of its row, which is made for a new one."""
    topic = session.get(Topic, found["id"])
    if topic is None:
        topic = Topic(assignment_id=assignment_id)
        session.add(topic)
        session.flush()
    topic.members = found["members"]
    return found | {"id": topic.id}


def _summarised(gathered: Evidence, before: dict[str, Any]) -> dict[str, Any]:
    from scoring.identity import before_of  # the worker alone loads the models
    from scoring.report import report

    return report(gathered, before=before_of(before))


@sweep(seconds=10)
def keep_reports_fresh() -> None:
    """Remake the reports that somebody watches, and those of assignments that are due soon."""
    soon = select(Assignment.id).where(
        Assignment.state != "draft",
        Assignment.deleted_at.is_(None),
        or_(
            Assignment.due_at.between(now() - timedelta(hours=6), now() + BEFORE_CLASS),
            Assignment.id.in_(select(Report.assignment_id).where(Report.wanted_at > now() - WATCHED)),
        ),
    )
    for assignment_id in session.scalars(soon).all():
        make_report.function(assignment_id)


@sweep(seconds=30)
def send_wanted_mails() -> None:
    """Send the reports whose time has come."""
    due = select(ReportMail).where(ReportMail.sent_at.is_(None), ReportMail.send_at <= now()).limit(20)
    for wanted in session.scalars(due).all():
        send_wanted_mail(wanted.assignment_id, wanted.account_id)


@job(retries=2)
def send_wanted_mail(assignment_id: str, account_id: str) -> None:
    """Send one report by e-mail, unless that was done."""
    from .operations.mailing import send_mail  # the verbs ask for jobs, too

    wanted = session.get(ReportMail, (assignment_id, account_id))
    if wanted is not None and wanted.sent_at is None and wanted.send_at <= now():
        send_mail(wanted)
