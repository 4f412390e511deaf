"""Nothing that gives a question away, and no other person's answer, reaches a student before their own."""

from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest

from app.live.opening import opened

from .conftest import CHOICE, SHORT

CANARIES = [
    "CANARY-FEEDBACK-RIGHT",
    "CANARY-FEEDBACK-WRONG",
    "CANARY-EXPLANATION",
    "CANARY-MODEL",
    "CANARY-REASONING",
    "CANARY-BOBS-WORDS",
]
WATCHED = CHOICE | {
    "options": [
        {"text": "Towards", "correct": True, "feedback": "CANARY-FEEDBACK-RIGHT"},
        {"text": "Away", "feedback": "CANARY-FEEDBACK-WRONG"},
    ],
    "explanation": "CANARY-EXPLANATION",
    "attempts": 2,
    "show_others": True,
}
WRITTEN = SHORT | {"model_answer": "CANARY-MODEL", "explanation": "CANARY-REASONING", "show_others": True}
KEY_WORDS = ['"key"', '"right_options":["', '"correct":true', '"correct":false', '"tally"', '"others":{']


class Ears:
    """Everything that a person can get hold of: each page, each answer of the API, each socket message."""

    def __init__(self, app, cast, person):
        self.app, self.person, self.said = app, person, []
        self.hub = opened(app)
        self.hub._stopped = True
        self.socket = app.extensions["socketio"].test_client(
            app, namespace="/live", auth={"token": person.token}
        )
        asked = {"assignment_id": cast.assignment.id, "since": None}
        self.said.append(str(self.socket.emit("join", asked, namespace="/live", callback=True)))
        self.ids = {
            "assignment_id": [cast.assignment.id],
            "course_id": [cast.course.id],
            "document_id": [cast.document.id],
        }

    def hear(self):
        """All that was told since the last time, as one text."""
        for room in self.hub.rooms.values():
            room.sent_at = 0.0
            for member in room.members.values():
                member.joined_at = 0.0
        self.hub.step()
        self.said += [str(message) for message in self.socket.get_received("/live")]
        found, self.said = " ".join(self.said), []
        return found + " ".join(self.answers())

    def answers(self):
        """Every address that can be read, with every id that there is."""
        for rule in self.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in ("static", "openapi.spec"):
                continue
            choices = [self.ids.get(name, ["x"]) for name in sorted(rule.arguments)]
            for values in product(*choices):
                with self.app.test_request_context():
                    path = self.app.url_for(
                        rule.endpoint,
                        _external=False,
                        **dict(zip(sorted(rule.arguments), values, strict=True)),
                    )
                answer = self.person.get(path)
                assert answer.status_code < 500, path
                yield spoken(answer)


def spoken(answer):
    """The words of an answer; a workbook and a cartridge keep them zipped."""
    if answer.data.startswith(b"PK"):
        with ZipFile(BytesIO(answer.data)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return answer.get_data(as_text=True)


@pytest.fixture
def ears(app, cast):
    return Ears(app, cast, cast.ana)


def canaries(heard):
    return {canary for canary in CANARIES if canary in heard}


@pytest.fixture
def planted(cast, asking, ears):
    """Two questions full of secrets, answered by Bob, changed and talked about."""
    choice, written = asking.make(WATCHED), asking.make(WRITTEN)
    asking.answer("bob", choice, 0, confidence="sure")
    asking.answer("bob", written, "CANARY-BOBS-WORDS")
    cast.bob.put(f"/v1/questions/{written['id']}/answers/mine", json={"self_check": "had_it"})
    cast.teacher.patch(f"/v1/questions/{choice['id']}", json={"required": True})
    ears.ids["question_id"] = [choice["id"], written["id"]]
    return choice, written


def test_staff_do_read_what_is_planted(app, cast, planted):
    teacher = Ears(app, cast, cast.teacher)
    teacher.ids["question_id"] = [question["id"] for question in planted]
    assert canaries(teacher.hear()) == set(CANARIES), "else the tests below could not fail"


def test_before_answering_a_student_hears_of_the_questions_but_no_secret(ears, planted):
    heard = ears.hear()
    assert planted[0]["stem"] in heard
    assert canaries(heard) == set()
    assert [word for word in KEY_WORDS if word in heard.replace('": ', '":')] == []


def test_after_a_wrong_attempt_only_its_own_feedback_is_told(asking, ears, planted):
    asking.answer("ana", planted[0], 1, confidence="sure")
    heard = ears.hear()
    assert canaries(heard) == {"CANARY-FEEDBACK-WRONG"}
    assert '"others":{' not in heard
    assert '"right_options":["' not in heard


def test_after_the_last_attempt_the_explanation_is_told_and_nothing_of_the_other_question(
    asking, ears, planted
):
    asking.answer("ana", planted[0], 1)
    asking.answer("ana", planted[0], 0)
    assert canaries(ears.hear()) == {"CANARY-FEEDBACK-RIGHT", "CANARY-EXPLANATION"}


def test_others_words_are_never_told(asking, ears, planted):
    asking.answer("ana", planted[0], 0)
    asking.answer("ana", planted[1], "My own words.")
    heard = ears.hear()
    assert canaries(heard) == set(CANARIES) - {"CANARY-BOBS-WORDS", "CANARY-FEEDBACK-WRONG"}


def test_refused_answers_tell_nothing(cast, asking, planted):
    path = f"/v1/questions/{planted[0]['id']}/answers"
    for body in ({"value": "x"}, {"value": ""}, {}, {"value": planted[0]["options"][0]["id"], "key": {}}):
        answer = cast.ana.post(path, json=body)
        assert answer.status_code == 422
        assert canaries(answer.get_data(as_text=True)) == set()
    for who in ("observer", "eve"):
        answer = cast.people[who].post(path, json={"value": planted[0]["options"][0]["id"]})
        assert canaries(answer.get_data(as_text=True)) == set()
