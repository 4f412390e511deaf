"""A class with a report of two topics, a question that splits it, and a plan made from them."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.core.db import unit_of_work
from tests import factories
from tests.conftest import Cast, Person

from ..reports.asking import reported, topic

SPEED = "I do not understand why a change of speed should turn the light at all."
CAT = "What does the cat have to do with any of this?"


@dataclass
class Lesson:
    """The cast's class before a lesson. ``topics`` are the keys of “speed” and “cat”."""

    cast: Cast
    url: str
    topics: list[str]
    question: dict[str, Any]
    pupils: list[Person]
    asked: list[str]

    @property
    def teacher(self) -> Person:
        return self.cast.teacher

    def plan(self, **wanted: Any) -> dict[str, Any]:
        answer = self.teacher.post(f"{self.url}/activity-plans", json=wanted)
        assert answer.status_code == 201, answer.get_json()
        return answer.get_json()

    def again(self, plan: dict[str, Any]) -> dict[str, Any]:
        return self.teacher.get(f"/v1/activity-plans/{plan['id']}").get_json()

    def patch(self, plan: dict[str, Any], **change: Any) -> Any:
        return self.teacher.patch(
            f"/v1/activity-plans/{plan['id']}", json={"revision": plan["revision"], **change}
        )


def quote(exact: str) -> dict[str, Any]:
    return {"selector": [{"type": "TextQuoteSelector", "exact": exact}]}


def ask(person: Person, url: str, body: str, exact: str, **more: Any) -> str:
    draft = {"body": body, "motivation": "questioning", "target": quote(exact), **more}
    answer = person.post(f"{url}/annotations", json=draft)
    assert answer.status_code == 201, answer.get_json()
    return str(answer.get_json()["id"])


CHOICE = {
    "kind": "choice",
    "stem": "Which way does the ray bend?",
    "target": quote("its speed changes"),
    "options": [{"text": "Towards the normal", "correct": True}, {"text": "Away from it"}],
}


@pytest.fixture
def lesson(app, cast: Cast) -> Lesson:
    """Eight pupils: two asked, half answered rightly."""
    with unit_of_work():
        accounts = [factories.account(cast.school, f"Pupil {n}") for n in range(6)]
        for account in accounts:
            factories.enroll(cast.course, account)
        pupils = [cast.ana, cast.bob, *(Person(app, account) for account in accounts)]
    url = f"/v1/assignments/{cast.assignment.id}"
    asked = [
        ask(cast.ana, url, SPEED, "its speed changes"),
        ask(cast.bob, url, CAT, "The cat sat on the mat"),
        ask(pupils[2], url, "Does the colour matter?", "its speed changes", anonymous=True),
    ]
    question = cast.teacher.post(f"{url}/questions", json=CHOICE).get_json()
    for place, pupil in enumerate(pupils):
        value = question["options"][place % 2]["id"]
        assert pupil.post(f"/v1/questions/{question['id']}/answers", json={"value": value}).status_code == 201
    at = factories.TEXT.index("its speed changes")
    turns = topic("Why it turns", asked[0], asked[2]) | {"passages": [[at, at + 17]]}
    topics = reported(cast, turns, topic("The cat", asked[1]))
    return Lesson(cast, url, topics, question, pupils, asked)
