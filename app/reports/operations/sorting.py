"""Sorting a report's topics by hand: rename, merge, split, move.

Every change is remembered as where a hand has put each annotation, and the next report keeps to it.
"""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from app.assignments.models import Assignment
from app.core.db import session, upsert
from app.core.errors import Conflict, Invalid
from app.core.ids import now
from app.core.jobs import after_commit
from app.core.policy import Viewer

from ..counting import counted
from ..jobs import make_report
from ..models import Report, Topic, TopicPlacement
from ..schemas import TopicEditIn
from ..topics import rearranged


def edit_topics(viewer: Viewer, assignment: Assignment, change: TopicEditIn) -> None:
    """Carry out one change by hand."""
    topics = [_topic(assignment, key) for key in dict.fromkeys(change.topics)]
    moved = _known_members(assignment, change.annotations)
    if change.kind == "rename":
        rename(_only(topics), change.label)
    elif change.kind == "merge":
        merge(viewer, assignment, topics, change.label)
    elif change.kind == "split":
        split(viewer, assignment, _only(topics), moved, change.label)
    else:
        move(viewer, assignment, moved, topics[0] if topics else None)


def rename(topic: Topic, label: str) -> None:
    """Give a topic a name of one's own."""
    if not label:
        raise Invalid(_("Give the topic a name."), "no_name", "/label")
    topic.label = label


def merge(viewer: Viewer, assignment: Assignment, topics: list[Topic], label: str = "") -> Topic:
    """Make several topics one: the first takes in the others."""
    if len(topics) < 2:
        raise Invalid(_("Choose at least two topics to make one of them."), "too_few_topics", "/topics")
    first, *others = topics
    members = [key for topic in topics for key in _members(assignment, topic)]
    for topic in others:
        topic.merged_into = first.id
    first.label = label or first.label
    _place(viewer, assignment, members, first)
    return first


def split(
    viewer: Viewer, assignment: Assignment, topic: Topic, annotation_ids: list[str], label: str = ""
) -> Topic:
    """Take some annotations out of a topic and make a topic of their own of them."""
    members = _members(assignment, topic)
    chosen = [key for key in annotation_ids if key in members]
    if not chosen or len(chosen) == len(members):
        raise Invalid(_("Choose some of the topic's annotations, but not all."), "no_split", "/annotations")
    made = Topic(assignment_id=assignment.id, label=label, made_by=viewer.account_id)
    session.add(made)
    session.flush()
    # The others are held together, too, or the next report might let them follow.
    _place(viewer, assignment, [key for key in members if key not in chosen], topic, arrange=False)
    _place(viewer, assignment, chosen, made)
    return made


def move(viewer: Viewer, assignment: Assignment, annotation_ids: list[str], to: Topic | None) -> None:
    """Put annotations into a topic, or, without one, let them stand by themselves."""
    if not annotation_ids:
        raise Invalid(_("Tick what you want to move first."), "nothing_to_move", "/annotations")
    _place(viewer, assignment, annotation_ids, to)


def _only(topics: list[Topic]) -> Topic:
    if len(topics) != 1:
        raise Invalid(_("Choose one topic."), "not_one_topic", "/topics")
    return topics[0]


def _topic(assignment: Assignment, topic_id: str) -> Topic:
    topic = session.get(Topic, topic_id)
    if topic is None or topic.assignment_id != assignment.id or topic.merged_into:
        raise Conflict(
            _("The topics have changed meanwhile. Reload the report and try again."), "topics_moved"
        )
    return topic


def _found(assignment: Assignment) -> dict[str, Any]:
    report = session.get(Report, assignment.id)
    return report.result if report else {}


def _members(assignment: Assignment, topic: Topic) -> list[str]:
    found = next((t for t in _found(assignment).get("topics", []) if t["id"] == topic.id), None)
    return list(found["members"] if found else topic.members)


def _known_members(assignment: Assignment, annotation_ids: Iterable[str]) -> list[str]:
    """Those that stand in the report; others are left out."""
    found = _found(assignment)
    known = {key for topic in found.get("topics", []) for key in topic["members"]}
    known |= set(found.get("unclustered", []))
    return [key for key in dict.fromkeys(annotation_ids) if key in known]


def _place(
    viewer: Viewer, assignment: Assignment, members: list[str], topic: Topic | None, *, arrange: bool = True
) -> None:
    """Remember where a hand has put annotations, and show it before the next report is made."""
    for key in members:
        new = {"topic_id": topic and topic.id, "placed_by": viewer.account_id, "placed_at": now()}
        session.execute(
            upsert(TopicPlacement)
            .values(annotation_id=key, **new)
            .on_conflict_do_update(index_elements=["annotation_id"], set_=new)
        )
    report = session.get(Report, assignment.id)
    if report is None:
        return
    result = rearranged(report.result, {key: topic.id if topic else None for key in members})
    report.result = result | {"topics": counted(assignment, result["topics"])} if arrange else result
    if arrange:
        after_commit(make_report, assignment.id)
