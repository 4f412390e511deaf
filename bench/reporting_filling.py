"""A large assignment with a confusion report in the database of the bench, and how long making it takes.

Run as ``python -m bench.reporting_filling``; prints ids and seconds as JSON. 500 students, 5,000 annotations of
which 2,000 say that their authors are lost; the words are composed (`scoring/compose.py`), the ratings are those
of the patterns, so that only the report is measured.
"""

import json
import time
from typing import Any

from app import create_app
from app.accounts.models import Account
from app.annotations import operations as annotating
from app.annotations.models import Annotation, Endorsement
from app.annotations.schemas import AnnotationIn
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.queries import students, viewer_of
from app.documents.models import DocumentVersion
from app.reports.evidence import evidence
from app.reports.jobs import make_report
from app.reports.models import Report
from app.scores.models import Score
from app.scores.queries import body_hash
from scoring.compose import Composed, composed
from scoring.remark import MODEL_VERSION

from .filling import fill, quote

STUDENTS, ANNOTATIONS, CONFUSIONS = 500, 5000, 2000
ROUNDS = 3
NEW = "I do not understand why the speed should change at all when the light comes into the glass."


def main() -> dict[str, Any]:
    """The filled assignment, and seconds for its report: whole, and after one more annotation."""
    with unit_of_work():
        world = fill(students=STUDENTS)
        assignment_id = world["assignments"]["0"]
        _annotate(session.get_one(Assignment, assignment_id))
    make_report.now(assignment_id)  # the vectors are made with the first report
    whole = [_whole(assignment_id) for _ in range(ROUNDS)]
    update = [_update(assignment_id) for _ in range(ROUNDS)]
    report = session.get_one(Report, assignment_id)
    return {
        "assignment": assignment_id,
        "teacher": world["teacher"],
        "confusions": report.result["method"]["confusions"],
        "annotations": len(evidence(session.get_one(Assignment, assignment_id)).annotations),
        "whole": sorted(whole)[ROUNDS // 2],
        "update": sorted(update)[ROUNDS // 2],  # pairs of seconds and processor seconds
    }


def _whole(assignment_id: str) -> tuple[float, float]:
    """Everything grouped anew, as for the first report."""
    with unit_of_work():
        session.delete(session.get_one(Report, assignment_id))
    return _timed(assignment_id)


def _update(assignment_id: str) -> tuple[float, float]:
    """One more question has come."""
    with unit_of_work():
        assignment = session.get_one(Assignment, assignment_id)
        who = session.get_one(Account, session.scalars(students(assignment.course_id)).first())
        target = {"selector": [{"type": "TextQuoteSelector", "exact": quote(7)}]}
        draft = AnnotationIn.model_validate({"body": NEW, "motivation": "questioning", "target": target})
        annotating.create_annotation(viewer_of(who), assignment, draft)
    return _timed(assignment_id)


def _timed(assignment_id: str) -> tuple[float, float]:
    session.expunge_all()
    begun, busy = time.perf_counter(), time.process_time()
    make_report.now(assignment_id)
    return time.perf_counter() - begun, time.process_time() - busy


def _annotate(assignment: Assignment) -> None:
    version = session.query(DocumentVersion).filter_by(document_id=assignment.document_id).one()
    people = list(session.scalars(students(assignment.course_id)))
    subjects = sorted({each.subject for each in composed()})
    for number, remark in enumerate(_remarks()):
        # Each subject has its own stretch of the reading, and each student writes about several subjects.
        stretch = version.length / len(subjects)
        start = (subjects.index(remark.subject) + (number % 7) / 8) * stretch
        row = Annotation(
            assignment_id=assignment.id,
            version_id=version.id,
            creator_id=people[number % len(people)],
            motivation="questioning" if remark.asks else "commenting",
            body=remark.text,
            body_html=f"<p>{remark.text}</p>",
            selectors=[{"type": "TextQuoteSelector", "exact": version.text[int(start) : int(start) + 60]}],
            start=start,
            end=start + 60,
            audience=f"course:{assignment.course_id}",
        )
        session.add(row)
        session.flush()
        session.add(_rating(row, remark))
        if number % 10 == 0:
            row.me_too = 1
            session.add(Endorsement(annotation_id=row.id, account_id=people[number % 499], kind="me_too"))


def _remarks() -> list[Composed]:
    """2,000 who are lost and 3,000 who are not, mixed, the same every time."""
    every = list(composed())
    lost = [each for each in every if each.lost]
    calm = [each for each in every if not each.lost and not each.asks]
    chosen = [lost[n % len(lost)] for n in range(CONFUSIONS)]
    chosen += [calm[n % len(calm)] for n in range(ANNOTATIONS - CONFUSIONS)]
    return sorted(
        chosen, key=lambda each: body_hash(each.text)
    )  # an order that has nothing to do with the words


def _rating(row: Annotation, remark: Composed) -> Score:
    return Score(
        annotation_id=row.id,
        assignment_id=row.assignment_id,
        body_hash=body_hash(row.body),
        model_version=MODEL_VERSION,
        quality=remark.grade / 3,
        level=remark.grade,
        confusion=0.9 if remark.lost else 0.05,
        question=0.9 if remark.asks else 0.05,
        certainty=0.9,
        created_at=now(),
    )


if __name__ == "__main__":
    with create_app().app_context():
        print(json.dumps(main()))
