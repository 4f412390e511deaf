"""A class that has worked: annotations, answers and reading at moments before and after a deadline."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.activity.models import Interval, Opening
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.calibration.models import CalibrationItem, CalibrationRating
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.documents.models import DocumentVersion
from app.engagement.jobs import work_out
from tests import factories
from tests.conftest import Cast, Person


class Class:
    """The cast's course, with a deadline that has just passed."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.due = cast, now() - timedelta(hours=1)
        with unit_of_work():
            row = session.get_one(Assignment, cast.assignment.id)
            row.due_at = self.due
        self.assignment = row

    def at(self, hours: float) -> datetime:
        """A moment so many hours after the deadline."""
        return self.due + timedelta(hours=hours)

    def writes(self, person: Person, *hours: float, parent: str | None = None, **more: Any) -> list[str]:
        """Annotations of a person, each so many hours after the deadline; returns their ids."""
        version = (
            session.query(DocumentVersion.id).filter_by(document_id=self.assignment.document_id).scalar()
        )
        made = []
        with unit_of_work():
            for number, hour in enumerate(hours):
                row = Annotation(
                    assignment_id=self.assignment.id,
                    version_id=version,
                    creator_id=person.id,
                    parent_id=parent,
                    motivation="replying" if parent else "commenting",
                    body=more.get("body", f"{person.name} {hour} {number}"),
                    start=more.get("start", number * 20.0),
                    end=more.get("start", number * 20.0) + 5,
                    audience=more.get("audience", f"course:{self.cast.course.id}"),
                    composed_at=more.get("composed_at"),
                    created_at=self.at(hour),
                )
                made.append(factories.add(row).id)
        return made

    def reads(
        self, person: Person, start: float, end: float, seconds: float = 600, hours: float = -24
    ) -> None:
        """A stretch of the document that was on screen."""
        with unit_of_work():
            if session.get(Opening, (self.assignment.id, person.id)) is None:
                session.add(Opening(assignment_id=self.assignment.id, account_id=person.id))
            session.add(
                Interval(
                    assignment_id=self.assignment.id,
                    account_id=person.id,
                    kind="read",
                    start=start,
                    end=end,
                    seconds=seconds,
                    began_at=self.at(hours),
                    created_at=self.at(hours),
                )
            )

    def calibrated(self, annotation_ids: list[str]) -> None:
        """The teacher has rated these for calibration."""
        with unit_of_work():
            for each in annotation_ids:
                item = CalibrationItem(course_id=self.cast.course.id, annotation_id=each, body_hash="x")
                rating = CalibrationRating(
                    item_id=factories.add(item).id, rater_id=self.cast.teacher.id, level=1
                )
                factories.add(rating)

    def work_out(self) -> None:
        """What the worker does."""
        work_out.now(self.assignment.id)
        session.expunge_all()

    def url(self, rest: str = "scores") -> str:
        return f"/v1/assignments/{self.assignment.id}/{rest}"

    def course_url(self, rest: str) -> str:
        return f"/v1/courses/{self.cast.course.id}/{rest}"

    def scored_by(self, **policy: Any) -> None:
        """Set the course's rules."""
        mode = policy.pop("mode", None)
        body = {"policy": policy} | ({"mode": mode} if mode else {})
        answer = self.cast.teacher.put(self.course_url("scoring"), json=body)
        assert answer.status_code == 200, answer.get_json()

    def scores(self, person: Person | None = None) -> dict[str, Any]:
        """The scores that somebody (the teacher) sees, by account id."""
        answer = (person or self.cast.teacher).get(self.url())
        assert answer.status_code == 200
        return {each["account_id"]: each for each in answer.get_json()["scores"]}


@pytest.fixture
def klass(cast: Cast) -> Class:
    return Class(cast)
