"""What the tests of reports share: asking in class, and a report that says what the test wants."""

from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.reports.evidence import evidence, stamp
from app.reports.models import Report, Topic

from ..factories import add

WHY = "I do not understand why a change of speed should turn the light at all."


def ask(person, url, body=WHY, exact="its speed changes", **more):
    target = {"selector": [{"type": "TextQuoteSelector", "exact": exact}]}
    answer = person.post(
        f"{url}/annotations", json={"body": body, "motivation": "questioning", "target": target, **more}
    )
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def fresh(cast):
    """The assignment as the database knows it now."""
    session.expunge_all()
    return session.get_one(Assignment, cast.assignment.id)


def said(cast):
    """The annotations that are evidence now."""
    return evidence(fresh(cast)).annotations


def reported(cast, *topics):
    """Keep a report with these topics, each with a row of its own; returns their ids."""
    with unit_of_work():
        for found in topics:
            row = add(Topic(assignment_id=cast.assignment.id, members=found["members"]))
            found["id"] = row.id
        session.merge(
            Report(
                assignment_id=cast.assignment.id,
                evidence_hash=stamp(fresh(cast)),
                made_at=cast.assignment.created_at,
                result={
                    "topics": list(topics),
                    "heat": [0] * 40,
                    "method": {"confusions": 12, "certainty": 0.5},
                },
            )
        )
    return [found["id"] for found in topics]


def topic(label, *members):
    return {
        "label": label,
        "summary": "",
        "members": list(members),
        "students": 1,
        "share": 0.5,
        "open_share": 1.0,
        "open": list(members),
        "asking": list(members),
        "places": [[0, 5]],
        "passages": [[0, 5]],
        "representatives": list(members[:1]),
        "signals": {
            "questions": len(members),
            "me_too": 0,
            "marks": 0,
            "wrong_answers": 0,
            "sure_but_wrong": 0,
            "rereads": 0,
        },
    }
