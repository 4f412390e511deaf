"""The report of a demo assignment, made here and now, and sorted by hand as a teacher would before class."""

from collections import Counter

from sqlalchemy import select

from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session
from app.core.policy import Viewer
from app.reports.jobs import make_report
from app.reports.models import Report, Topic
from app.reports.operations import showing, sorting

from . import material


def report(lee: Viewer, assignment: Assignment, wanted: list[material.Topic]) -> list[Topic]:
    """Make the report and sort it; returns the wanted topics in their order."""
    session.flush()
    make_report.function(assignment.id)
    sorted_ones: list[Topic] = []
    for one in wanted:
        topic = _gather(lee, assignment, one, {each.id for each in sorted_ones})
        sorting.rename(topic, one.label)
        showing.put_in_our_words(topic, one.in_our_words)
        sorted_ones.append(topic)
    return sorted_ones


def _gather(lee: Viewer, assignment: Assignment, wanted: material.Topic, taken: set[str]) -> Topic:
    """The topic that holds most of what belongs together, or a new one split off, with all of it moved there."""
    ids = _written(assignment, wanted)
    home = _homes(assignment, ids)
    free = Counter(key for key in home.values() if key not in taken)
    if free:
        topic = session.get_one(Topic, free.most_common(1)[0][0])
    else:
        crowded = session.get_one(Topic, Counter(home.values()).most_common(1)[0][0])
        topic = sorting.split(lee, assignment, crowded, ids)
    if strays := [key for key in ids if _homes(assignment, ids).get(key) != topic.id]:
        sorting.move(lee, assignment, strays, topic)
    return topic


def _written(assignment: Assignment, wanted: material.Topic) -> list[str]:
    rows = session.scalars(select(Annotation).where(Annotation.assignment_id == assignment.id))
    return [row.id for row in rows if row.body.startswith(tuple(wanted.of))]


def _homes(assignment: Assignment, ids: list[str]) -> dict[str, str]:
    """In which topic each of these stands now."""
    found = session.get_one(Report, assignment.id).result["topics"]
    return {key: topic["id"] for topic in found for key in topic["members"] if key in ids}
