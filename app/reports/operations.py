"""The verbs of reports: ask for one, and change its topics by hand."""

from flask_babel import gettext as _
from sqlalchemy import select

from app.assignments.models import Assignment
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.ids import now
from app.core.policy import Viewer

from .evidence import stamp
from .jobs import make_report
from .models import Report, TopicEdit
from .schemas import TopicEditIn
from .topics import edited

NOTED_EVERY_S = 60


def want_report(assignment: Assignment) -> None:
    """Note that somebody looks, and have the report made if the evidence has changed."""
    report = session.get(Report, assignment.id)
    if report is None:
        session.add(Report(assignment_id=assignment.id))
        make_report(assignment.id)
        return
    if (now() - report.wanted_at).total_seconds() > NOTED_EVERY_S:
        report.wanted_at = now()
    if report.evidence_hash != stamp(assignment):
        make_report(assignment.id)


def edit_topics(viewer: Viewer, assignment: Assignment, change: TopicEditIn) -> TopicEdit:
    """Rename a topic or merge several; the change is remembered by their members."""
    report = session.get(Report, assignment.id)
    edits = session.scalars(
        select(TopicEdit).where(TopicEdit.assignment_id == assignment.id).order_by(TopicEdit.id)
    )
    topics = {t["key"]: t for t in edited(report.result.get("topics", []) if report else [], edits)}
    chosen = [topics[key] for key in dict.fromkeys(change.topics) if key in topics]
    if len(chosen) < len(set(change.topics)):
        raise Conflict(
            _("The topics have changed meanwhile. Reload the report and try again."), "topics_moved"
        )
    if change.kind == "rename" and (len(chosen) != 1 or not change.label):
        raise Invalid(_("Choose one topic and give it a name."), "no_name", "/label")
    if change.kind == "merge" and len(chosen) < 2:
        raise Invalid(_("Choose at least two topics to make one of them."), "too_few_topics", "/topics")
    made = TopicEdit(
        assignment_id=assignment.id,
        kind=change.kind,
        members=[key for topic in chosen for key in topic["members"]],
        label=change.label,
        made_by=viewer.account_id,
    )
    session.add(made)
    return made
