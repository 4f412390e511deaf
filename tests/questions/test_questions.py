"""Asking in the material: making, changing and removing questions."""

import pytest

from app.core.db import session, unit_of_work
from app.documents.models import Document, DocumentVersion
from app.documents.versions import REANCHORERS
from tests import factories

from .conftest import CHOICE, QUOTE, SHORT


def test_a_question_stands_at_its_words(cast, asking):
    made = asking.make()
    assert factories.TEXT[int(made["span"]["start"]) : int(made["span"]["end"])] == "its speed changes"
    assert "<em>bend</em>" in made["stem_html"]
    assert made["key"]["correct"] == [made["options"][0]["id"]]
    assert [option["text"] for option in made["options"]][2] == "Not at all"


def test_questions_come_in_the_order_of_the_text(cast, asking):
    last = asking.make(target={"selector": [{"type": "TextQuoteSelector", "exact": "The cat sat"}]})
    lost = asking.make(SHORT, target={"selector": [{"type": "TextQuoteSelector", "exact": "no such words"}]})
    first = asking.make()
    assert [item["id"] for item in asking.listed("ana")] == [first["id"], last["id"], lost["id"]]
    assert lost["span"] is None


@pytest.mark.parametrize(
    "draft",
    [
        CHOICE | {"options": CHOICE["options"][:1]},
        CHOICE | {"options": [{"text": "a"}, {"text": "b"}]},
        CHOICE | {"options": [{"id": "x", "text": "a", "correct": True}, {"id": "x", "text": "b"}]},
        CHOICE | {"options": [{"text": " ", "correct": True}, {"text": "b"}]},
        CHOICE | {"stem": "  "},
        CHOICE | {"stem": "x" * 2_001},
        CHOICE | {"kind": "essay"},
        CHOICE | {"attempts": 0},
        CHOICE | {"attempts": 99},
        CHOICE | {"target": {"selector": []}},
        CHOICE | {"created_by": "somebody"},
        SHORT | {"model_answer": " "},
        SHORT | {"options": CHOICE["options"]},
        {},
    ],
)
def test_what_cannot_be_asked_is_named(cast, asking, draft):
    answer = cast.teacher.post(asking.url, json=draft)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]
    assert asking.listed("teacher") == []


def test_a_changed_question_keeps_what_was_not_sent_and_the_ids_of_its_options(cast, asking):
    made = asking.make()
    path = f"/v1/questions/{made['id']}"
    options = [
        {"id": made["options"][1]["id"], "text": "Away", "feedback": "No."},
        {"id": made["options"][0]["id"], "text": "Towards", "correct": True},
    ]
    changed = cast.teacher.patch(path, json={"options": options, "required": True}).get_json()
    assert [option["id"] for option in changed["options"]] == [option["id"] for option in options]
    assert changed["key"]["explanation"] == CHOICE["explanation"]
    assert (changed["required"], changed["stem"]) == (True, CHOICE["stem"])
    assert cast.teacher.patch(path, json={"options": options[:1]}).status_code == 422
    assert cast.teacher.patch(path, json={"options": []}).status_code == 422
    assert len(asking.listed("ana")[0]["options"]) == 2


def test_a_mended_key_counts_for_those_who_have_answered(cast, asking):
    made = asking.make()
    assert asking.answer("ana", made, 1)["correct"] is False
    options = [option | {"correct": n == 1} for n, option in enumerate(CHOICE["options"])]
    options = [option | {"id": made["options"][n]["id"]} for n, option in enumerate(options)]
    changed = cast.teacher.patch(f"/v1/questions/{made['id']}", json={"options": options}).get_json()
    assert asking.mine("ana")[0]["correct"] is True
    assert changed["tally"] == {"answered": 1, "right": 1, "sure_but_wrong": 0}


def test_a_removed_question_is_gone_for_everybody(cast, asking):
    made = asking.make()
    asking.answer("ana", made)
    path = f"/v1/questions/{made['id']}"
    assert cast.teacher.delete(path).status_code == 204
    assert asking.listed("ana") == asking.listed("teacher") == asking.mine("ana") == []
    assert cast.teacher.patch(path, json={"stem": "x"}).status_code == 404
    asking.answer("bob", made, status=404)


def test_a_copied_assignment_asks_the_same_and_nobody_has_answered(cast, asking):
    made = asking.make(required=True)
    asking.answer("ana", made)
    copied = cast.teacher.post(f"/v1/assignments/{cast.assignment.id}/copy", json={}).get_json()
    found = cast.teacher.get(f"/v1/assignments/{copied['id']}/questions").get_json()["items"]
    assert [(one["stem"], one["required"], one["tally"]["answered"]) for one in found] == [
        (CHOICE["stem"], True, 0)
    ]
    assert found[0]["id"] != made["id"]
    assert found[0]["key"] == made["key"]


def test_a_question_moves_with_its_words_to_a_corrected_text(cast, asking):
    made = asking.make()
    gone = asking.make(SHORT, target={"selector": [{"type": "TextQuoteSelector", "exact": "The cat sat"}]})
    text = "First of all: " + factories.TEXT.replace("The cat sat on the mat.", "")
    with unit_of_work():
        version = DocumentVersion(
            document_id=cast.document.id, number=2, text=text, html=f"<p>{text}</p>", length=len(text)
        )
        factories.add(version)
        session.get_one(Document, cast.document.id).version = 2
    with unit_of_work():
        plans = [plan(session.get_one(Document, cast.document.id), version) for plan in REANCHORERS]
        for plan in plans:
            plan.apply()
    outcomes = {o.id: o.became for plan in plans for o in plan.outcomes if o.kind == "question"}
    assert outcomes == {made["id"]: "moved", gone["id"]: "lost"}
    spans = {item["id"]: item["span"] for item in asking.listed("ana")}
    start, end = (int(spans[made["id"]][name]) for name in ("start", "end"))
    assert text[start:end] == "its speed changes"
    assert spans[gone["id"]] is None


ROLES = ["ana", "observer", "teacher", "assistant", "eve", "other_teacher", "admin"]


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        (("get", "/v1/assignments/{a}/questions", None), [200, 200, 200, 200, 404, 404, 404]),
        (("post", "/v1/assignments/{a}/questions", CHOICE), [403, 403, 201, 201, 404, 404, 404]),
        (("patch", "/v1/questions/{q}", {"stem": "New"}), [403, 403, 200, 200, 404, 404, 404]),
        (("delete", "/v1/questions/{q}", None), [403, 403, 204, 204, 404, 404, 404]),
        (("get", "/v1/questions/{q}/answers", None), [403, 403, 200, 200, 404, 404, 404]),
        (("post", "/v1/questions/{q}/answers", "answer"), [201, 403, 403, 403, 404, 404, 404]),
        (
            ("put", "/v1/questions/{q}/answers/mine", {"self_check": "partly"}),
            [409, 403, 403, 403, 404, 404, 404],
        ),
        (("get", "/v1/assignments/{a}/answers/mine", None), [200, 403, 200, 200, 404, 404, 404]),
    ],
)
def test_who_may_do_what(cast, asking, deed, expected):
    method, path, body = deed
    found = []
    for who in ROLES:
        question = asking.make()
        value = {"value": question["options"][0]["id"]} if body == "answer" else body
        url = path.format(a=cast.assignment.id, q=question["id"])
        options = {} if value is None else {"json": value}
        found.append(getattr(cast.people[who], method)(url, **options).status_code)
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, expected, strict=True))


@pytest.mark.parametrize(
    ("state", "reads", "answers"), [("draft", 404, 404), ("assigned", 200, 201), ("closed", 200, 403)]
)
def test_the_assignments_state_says_who_reads_and_answers(cast, asking, state, reads, answers):
    made = asking.make()
    with unit_of_work():
        session.merge(cast.assignment).state = state
    assert cast.ana.get(asking.url).status_code == reads
    asking.answer("ana", made, status=answers)


def test_a_place_in_another_document_is_an_orphan_and_shown(cast, asking):
    made = asking.make(target={"selector": [{"type": "FragmentSelector", "value": "t=3,4"}]})
    assert made["span"] is None
    assert made["target"]["source"] == cast.document.id
    assert asking.make(target=QUOTE)["span"]
