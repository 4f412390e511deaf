"""Put a class into the database of the bench: people with tokens, a reading, assignments with annotations.

Run as ``python -m bench.filling '{"students": 30, "annotated": [100, 1000]}'``; prints the ids as JSON.
"""

import json
import secrets
import sys
from typing import Any

from app import create_app
from app.accounts.models import Account, School, Token
from app.accounts.queries import token_hash
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.courses.models import Course, Enrollment
from app.documents.models import Document, DocumentVersion

SENTENCE = (
    "Light bends when it passes from air into glass, because its speed changes there, and nowhere else. "
)
BODY = (SENTENCE * 3)[:300]
SENTENCES = 400


def text() -> str:
    """The reading: each of its sentences is different, so that a quote is in one place only."""
    return "".join(f"{number}. {SENTENCE}" for number in range(SENTENCES))


def html() -> str:
    """The same words as HTML, a paragraph with a stable id for every ten sentences."""
    parts = [f"{number}. {SENTENCE}" for number in range(SENTENCES)]
    blocks = ["".join(parts[at : at + 10]) for at in range(0, SENTENCES, 10)]
    return "".join(f'<p data-block="b{number}">{block}</p>' for number, block in enumerate(blocks))


def quote(number: int) -> str:
    """A passage of 150 characters that begins with the number of its sentence."""
    words = text()
    at = words.index(f"{number % (SENTENCES - 2)}. Light")
    return words[at : at + 150]


def fill(students: int = 40, annotated: list[int] | None = None) -> dict[str, Any]:
    """Add the class; ``annotated`` gives an assignment with so many annotations for each number."""
    school = session.query(School).first() or _added(School(name="Bench School"))
    course = _added(Course(school_id=school.id, title="Bench", join_code=secrets.token_hex(5)))
    teacher = _person(school, course, "Teacher", "teacher")
    people = [_person(school, course, f"Student {number}", "student") for number in range(students)]
    document = Document(
        course_id=course.id,
        school_id=school.id,
        title="Light",
        medium="text",
        status="ready",
        progress=1.0,
        version=1,
    )
    _added(document)
    version = _added(
        DocumentVersion(document_id=document.id, number=1, text=text(), html=html(), length=len(text()))
    )
    made = {}
    for number in [0, *(annotated or [])]:
        row = _added(Assignment(course_id=course.id, document_id=document.id, title=f"With {number}"))
        _annotate(row, version, [account for account, _token in people], number)
        made[str(number)] = row.id
    return {
        "course": course.id,
        "assignments": made,
        "teacher": teacher[1],
        "students": [token for _account, token in people],
    }


def _added(row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def _person(school: School, course: Course, name: str, role: str) -> tuple[str, str]:
    account = _added(Account(school_id=school.id, name=name))
    session.add(Enrollment(course_id=course.id, account_id=account.id, role=role))
    secret = secrets.token_urlsafe(24)
    session.add(Token(account_id=account.id, token_hash=token_hash(secret), name="bench"))
    return account.id, secret


def _annotate(assignment: Assignment, version: DocumentVersion, people: list[str], number: int) -> None:
    words, places = text(), [quote(at) for at in range(SENTENCES)]
    starts = [words.index(place) for place in places]
    for count in range(number):
        at = count % SENTENCES
        exact, start = places[at], starts[at]
        session.add(
            Annotation(
                assignment_id=assignment.id,
                version_id=version.id,
                creator_id=people[count % len(people)],
                motivation="commenting",
                body=BODY,
                body_html=f"<p>{BODY}</p>",
                selectors=[
                    {"type": "TextQuoteSelector", "exact": exact},
                    {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
                ],
                start=start,
                end=start + len(exact),
                audience=f"course:{assignment.course_id}",
            )
        )
    session.flush()


if __name__ == "__main__":
    with create_app().app_context():
        with unit_of_work():
            filled = fill(**json.loads(sys.argv[1]))
        print(json.dumps(filled))
