"""A large course with scores in the database of the bench, and how long working them out takes.

Run as ``python -m bench.scoring_filling``; prints ids, seconds and processor seconds as JSON.
"""

import json
import time
from datetime import timedelta
from typing import Any

from app import create_app
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.calibration.models import CalibrationItem, CalibrationRating
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.documents.models import DocumentVersion
from app.engagement.jobs import work_out
from app.engagement.models import CourseScoring, EngagementScore, ScoringRun
from app.engagement.queries.freshness import stamps
from app.scores.models import CourseAdaptation, Score
from app.scores.queries import body_hash
from scoring import MODEL_VERSION
from scoring.calibration import Adaptation

from .filling import fill

STUDENTS, EACH, ASSIGNMENTS = 500, 20, 30


def main() -> dict[str, Any]:
    """500 students with 20 rated annotations each, worked out by quality; then 30 assignments for the gradebook."""
    with unit_of_work():
        world = fill(students=STUDENTS)
        worked = session.get_one(Assignment, world["assignments"]["0"])
        people, annotations = _annotate(worked)
        _rate(worked, people, annotations)
    seconds, cpu = _timed(worked.id)
    first = session.get_one(EngagementScore, (worked.id, people[0]))
    assert first.parts["annotations"]["facts"]["thoughtful"], "quality did not count"
    with unit_of_work():
        _add_assignments(worked, people)
    return {
        "course": world["course"],
        "teacher": world["teacher"],
        "assignment": worked.id,
        "seconds": seconds,
        "cpu": cpu,
        "scored": session.query(EngagementScore).filter_by(assignment_id=worked.id).count(),
    }


def _annotate(assignment: Assignment) -> tuple[list[str], list[Annotation]]:
    from app.courses.queries import students

    version = session.query(DocumentVersion).filter_by(document_id=assignment.document_id).one()
    people = list(session.scalars(students(assignment.course_id)))
    rows = [
        Annotation(
            assignment_id=assignment.id,
            version_id=version.id,
            creator_id=who,
            motivation="commenting",
            body=f"Why does the speed change the way here, and not there? {number}",
            selectors=[],
            start=number * 1000.0,
            end=number * 1000.0 + 50,
            audience=f"course:{assignment.course_id}",
        )
        for who in people
        for number in range(EACH)
    ]
    session.add_all(rows)
    session.flush()
    return people, rows


def _rate(assignment: Assignment, people: list[str], annotations: list[Annotation]) -> None:
    """A rating of each, and a course in which quality counts: calibrated, and reading the ratings in its own way."""
    version = (
        f"{MODEL_VERSION}-licensed"  # what the worker would give, so that it has nothing to do meanwhile
    )
    for number, row in enumerate(annotations):
        quality = (number % 21) / 10
        session.add(
            Score(
                annotation_id=row.id,
                assignment_id=assignment.id,
                body_hash=body_hash(row.body),
                model_version=version,
                quality=quality,
                level=int(quality >= 0.5) + int(quality >= 1.5),
                confusion=0.5,
                question=0.5,
                certainty=0.8,
                traits=[0.5] * 6,
            )
        )
    items = [
        CalibrationItem(course_id=assignment.course_id, annotation_id=row.id, body_hash=body_hash(row.body))
        for row in annotations[:24]
    ]
    session.add_all(items)
    session.flush()
    session.add_all(CalibrationRating(item_id=item.id, rater_id=people[0], level=1) for item in items)
    adaptation = Adaptation((0.6, 1.4), (0.1,) * 6, len(items), "model")
    session.add(
        CourseAdaptation(
            course_id=assignment.course_id, model_version=version, parameters=adaptation.as_json()
        )
    )
    session.add(CourseScoring(course_id=assignment.course_id, settings={"content": "quality"}))


def _timed(assignment_id: str) -> tuple[float, float]:
    session.expunge_all()
    begun, busy = time.perf_counter(), time.process_time()
    work_out.now(assignment_id)
    return time.perf_counter() - begun, time.process_time() - busy


def _add_assignments(first: Assignment, people: list[str]) -> None:
    for number in range(ASSIGNMENTS - 1):
        row = Assignment(
            course_id=first.course_id,
            document_id=first.document_id,
            title=f"Reading {number}",
            due_at=now() - timedelta(days=number),
        )
        session.add(row)
        session.flush()
        session.add_all(
            EngagementScore(assignment_id=row.id, account_id=who, share=(place % 11) / 10, parts={})
            for place, who in enumerate(people)
        )
        # As if the worker had made them: it must not be busy while the gradebook is measured.
        session.add(ScoringRun(assignment_id=row.id, stamp=stamps([row])[row.id]))


if __name__ == "__main__":
    with create_app().app_context():
        print(json.dumps(main()))
