"""What is told, in both languages, by the rules that were published; and what is told to nobody."""

import json
from datetime import timedelta

import pytest

from app.activity.models import Interval
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.documents.models import Document, DocumentVersion
from app.engagement.operations.recording import keep
from scoring.engagement import Standing
from tests.questions.conftest import CHOICE, SHORT

KINDS = pytest.mark.parametrize("kind", ["xapi", "caliper"])


def speak(school, kind):
    school.change(kind=kind, url=f"{school.store.address}/{kind}")


def all_told(school):
    return json.dumps(school.told)


def answer(cast, draft, value):
    made = cast.teacher.post(f"/v1/assignments/{cast.assignment.id}/questions", json=draft).get_json()
    value = made["options"][0]["id"] if draft is CHOICE else value
    given = cast.ana.post(f"/v1/questions/{made['id']}/answers", json={"value": value, "confidence": "sure"})
    assert given.status_code == 201, given.get_json()
    return made, value


def watch(cast, *stretches, length=100.0, medium="video"):
    """Ana watched (start, end, seconds ago) of the assignment's video."""
    with unit_of_work():
        document = session.get_one(Document, cast.document.id)
        document.medium = medium
        session.query(DocumentVersion).filter_by(document_id=document.id).update({"length": length})
    session.expunge_all()
    for start, end, ago in stretches:
        began = (now() - timedelta(seconds=ago)).isoformat()
        told = {"kind": "watch", "start": start, "end": end, "seconds": end - start, "began_at": began}
        answer = cast.ana.post(f"/v1/assignments/{cast.assignment.id}/activity", json={"intervals": [told]})
        assert answer.get_json()["recorded"] == 1
        with unit_of_work():  # as if it had been a while ago
            for one in session.query(Interval):
                one.began_at -= timedelta(hours=1)
        session.expunge_all()


def test_annotations_as_statements(school):
    top = school.annotate()
    school.annotate("bob", "Look at the speed.", motivation="replying", parent_id=top["id"], target=None)
    school.annotate("bob", "", motivation="highlighting")
    school.send()
    assert sorted(one["verb"]["display"]["en"] for one in school.told) == ["annotated", "asked", "replied"]
    reply = next(one for one in school.told if one["verb"]["display"]["en"] == "replied")
    assert reply["object"]["id"].endswith(f"/annotations/{top['id']}")
    actors = {one["actor"]["account"]["name"] for one in school.told}
    assert len(actors) == 2


def test_annotations_as_events(school):
    speak(school, "caliper")
    top = school.annotate()
    school.annotate("bob", "Look at the speed.", motivation="replying", parent_id=top["id"], target=None)
    school.annotate("bob", "", motivation="highlighting")
    school.send()
    assert sorted((one["type"], one["action"]) for one in school.told) == [
        ("AnnotationEvent", "Highlighted"),
        ("AnnotationEvent", "Highlighted"),
        ("MessageEvent", "Posted"),
        ("MessageEvent", "Posted"),
    ]


@KINDS
def test_no_name_no_address_and_no_word_of_a_pupil_unless_the_school_says_so(school, cast, kind):
    speak(school, kind)
    with unit_of_work():
        session.get_one(type(cast.ana.account), cast.ana.id).email = "ana@school.example"
    session.expunge_all()
    school.annotate(body="My secret thought")
    answer(cast, SHORT, "My own answer")
    school.send()
    said = all_told(school)
    for private in (
        "secret thought",
        "own answer",
        "Ana",
        cast.ana.id,
        "ana@school.example",
        "speed changes",
    ):
        assert private not in said
    school.change(names=True, texts=True)
    school.annotate(body="My secret thought")
    school.send()
    said = all_told(school)
    assert "secret thought" in said
    assert "Ana Pires" in said
    assert "ana@school.example" in said


@KINDS
def test_what_is_anonymous_private_or_taken_back_is_told_to_nobody(school, cast, kind):
    speak(school, kind)
    school.annotate(anonymous=True)
    school.annotate(audience="self")
    gone = school.annotate(body="Never mind")
    assert cast.ana.delete(f"/v1/annotations/{gone['id']}").status_code == 204
    assert len(school.waiting()) == 3
    assert school.send() == 0
    assert school.waiting() == []
    assert school.store.asked == []


@KINDS
def test_answers(school, cast, kind):
    speak(school, kind)
    _made, option = answer(cast, CHOICE, "")
    answer(cast, SHORT, "One side is slower")
    assert school.send() == 2
    assert len(school.told) == 2
    if kind == "xapi":
        results = [one["result"] for one in school.told]
        assert {"completion": True, "success": True, "response": option} in results
        assert {"completion": True} in results
    else:
        assert {one["generated"]["type"] for one in school.told} == {
            "MultipleChoiceResponse",
            "FillinBlankResponse",
        }


def test_a_video_by_the_video_profile(school, cast):
    watch(cast, (0, 30, 40), (60, 100, 45))
    assert school.send() == 2
    extension = "https://w3id.org/xapi/video/extensions/"
    told = sorted(school.told, key=lambda one: one["timestamp"])
    verbs = [one["verb"]["display"]["en"] for one in told]
    assert verbs == ["played", "paused", "seeked", "played", "paused"]
    seek, last = told[2]["result"]["extensions"], told[-1]["result"]["extensions"]
    assert (seek[extension + "time-from"], seek[extension + "time-to"]) == (30, 60)
    assert last[extension + "played-segments"] == "0.0[.]30.0[,]60.0[.]100.0"
    assert last[extension + "progress"] == 0.7
    assert all(one["context"]["extensions"][extension + "length"] == 100 for one in told)
    watch(cast, (29, 61, 33))
    school.send()
    assert [one["verb"]["id"] for one in school.told].count("http://adlnet.gov/expapi/verbs/completed") == 1


def test_a_video_by_the_media_profile(school, cast):
    speak(school, "caliper")
    watch(cast, (0, 30, 40), (60, 100, 45))
    school.send()
    told = sorted(school.told, key=lambda one: one["eventTime"])
    assert [one["action"] for one in told] == ["Started", "Paused", "JumpedTo", "Resumed", "Ended"]


@KINDS
def test_a_stretch_that_still_grows_waits(school, cast, kind):
    speak(school, kind)
    watch(cast, (0, 30, 40))
    with unit_of_work():
        session.query(Interval).update({"began_at": now() - timedelta(seconds=60)})
    assert school.send() == 0
    [row] = school.waiting()
    assert row.due_at > now()


@KINDS
def test_scores_are_told_once_they_are_released(school, cast, kind):
    speak(school, kind)
    with unit_of_work():
        keep(cast.assignment.id, {cast.ana.id: Standing(0.5)})
        keep(cast.assignment.id, {cast.ana.id: Standing(0.75)})
    assert len(school.waiting()) == 1
    assert school.send() == 0, "not released yet"
    with unit_of_work():
        session.get_one(Assignment, cast.assignment.id).scores_released_at = now()
    assert school.send() == 1
    [one] = school.told
    if kind == "xapi":
        assert one["result"]["score"]["scaled"] == 0.75
    else:
        score = one["generated"]
        assert score["scoreGiven"] / score["maxScore"] == 0.75


def test_the_same_person_has_another_pseudonym_in_another_school(school, app):
    from app.records.gathering import pseudonym

    assert pseudonym(b"one", "id") == pseudonym(b"one", "id") != pseudonym(b"two", "id")
