"""Questions of both kinds, and answers to them, through the front door."""

import pytest

QUOTE = {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]}
CHOICE = {
    "kind": "choice",
    "stem": "Which way does the ray *bend*?",
    "target": QUOTE,
    "options": [
        {"text": "Towards the normal", "correct": True, "feedback": "Yes, it is slower there."},
        {"text": "Away from it", "feedback": "Think of the slower side."},
        {"text": "Not at all"},
    ],
    "explanation": "The side that enters first is slowed first.",
}
SHORT = {
    "kind": "short_text",
    "stem": "Why does it turn?",
    "target": QUOTE,
    "model_answer": "One side is slowed before the other.",
}


class Asking:
    """Questions in the cast's assignment."""

    def __init__(self, cast):
        self.cast = cast
        self.url = f"/v1/assignments/{cast.assignment.id}/questions"

    def make(self, draft=CHOICE, **more):
        answer = self.cast.teacher.post(self.url, json=draft | more)
        assert answer.status_code == 201, answer.get_json()
        return answer.get_json()

    def listed(self, who):
        answer = self.cast.people[who].get(self.url)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()["items"]

    def answer(self, who, question, value=0, status=201, **more):
        value = question["options"][value]["id"] if isinstance(value, int) else value
        path = f"/v1/questions/{question['id']}/answers"
        answer = self.cast.people[who].post(path, json={"value": value} | more)
        assert answer.status_code == status, answer.get_json()
        return answer.get_json()

    def mine(self, who):
        path = f"/v1/assignments/{self.cast.assignment.id}/answers/mine"
        return self.cast.people[who].get(path).get_json()["items"]


@pytest.fixture
def asking(cast):
    return Asking(cast)
