"""Ratings: who reads them, when, and in which words."""

import pytest
from sqlalchemy import select

from app.annotations.models import Annotation
from app.core.audit import AuditEntry
from app.core.db import session, unit_of_work
from app.core.jobs import SWEEPS
from app.scores import jobs
from app.scores.operations import record_ratings
from app.scores.queries import unrated
from app.scores.wording import REASONS, level_in_words, read_by, sentence
from scoring.flags import CEILINGS
from scoring.reasons import TEXTS
from scoring.remark import Rating, Reason

QUOTE = {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]}
THOUGHTFUL = "Light turns because one side of the beam is slowed before the other side reaches the glass."


def post(cast, who="ana", body=THOUGHTFUL, **more):
    url = f"/v1/assignments/{cast.assignment.id}/annotations"
    answer = cast.people[who].post(url, json={"body": body, "target": QUOTE} | more)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["id"]


def scores(cast, who):
    answer = cast.people[who].get(f"/v1/assignments/{cast.assignment.id}/scores")
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def rated(*annotation_ids, level=2, certainty=0.9, **more):
    """What the worker would record."""
    with unit_of_work():
        found = [session.get_one(Annotation, one) for one in annotation_ids]
        facts = {"quality": float(level), "level": level, "confusion": 0.1, "question": 0.1}
        reason = Reason("gives_reason", {"words": "because one side"}, "English.", 0.4)
        made = [
            Rating(id=one.id, certainty=certainty, reasons=[reason], marks=[(12, 28)], **facts, **more)
            for one in found
        ]
        record_ratings(found, made, "test-model")


def release(cast, released=True):
    path = f"/v1/assignments/{cast.assignment.id}"
    answer = cast.teacher.patch(path, json={"scores_released": released})
    assert answer.get_json()["scores_released"] is released


def test_students_read_nothing_until_the_teacher_releases_it(cast):
    rated(post(cast))
    hidden = scores(cast, "ana")
    assert (hidden["released"], hidden["items"], hidden["signs_shown"]) == (False, [], False)
    assert scores(cast, "teacher")["items"][0]["level"] == 2
    release(cast)
    assert scores(cast, "ana")["items"][0]["text"] == "thoughtful"
    release(cast, False)
    assert scores(cast, "ana")["items"] == []


def test_students_read_words_with_reasons_and_marked_words_and_no_number(cast):
    annotation = post(cast)
    rated(annotation)
    release(cast)
    (item,) = scores(cast, "ana")["items"]
    assert item == {
        "annotation_id": annotation,
        "wording": "thoughtful",
        "text": "thoughtful",
        "source": "model",
        "note": "",
        "reasons": [{"code": "gives_reason", "text": item["reasons"][0]["text"], "kind": "counted"}],
        "marks": [[12, 28]],
        "appeal": None,
        "may_appeal": False,
    }
    assert "“because one side”" in item["reasons"][0]["text"]


def test_each_student_reads_the_own_ratings_only(cast):
    of_ana, of_bob = post(cast), post(cast, "bob")
    rated(of_ana, of_bob)
    release(cast)
    assert [item["annotation_id"] for item in scores(cast, "ana")["items"]] == [of_ana]
    assert [item["annotation_id"] for item in scores(cast, "bob")["items"]] == [of_bob]
    assert {item["annotation_id"] for item in scores(cast, "assistant")["items"]} == {of_ana, of_bob}


def test_what_is_for_oneself_is_never_rated(cast):
    kept = post(cast, audience="self")
    assert kept not in {one.id for one in session.scalars(unrated("test-model", 10))}
    assert scores(cast, "teacher")["items"] == []


@pytest.mark.parametrize(("who", "status"), [("observer", 403), ("eve", 404), ("other_teacher", 404)])
def test_who_cannot_know_of_ratings(cast, who, status):
    annotation = post(cast)
    assert cast.people[who].get(f"/v1/assignments/{cast.assignment.id}/scores").status_code == status
    given = cast.people[who].patch(f"/v1/annotations/{annotation}/score", json={"level": 2})
    assert given.status_code in (403, 404)


def test_students_cannot_rate(cast):
    annotation = post(cast)
    for who in ("ana", "bob"):
        answer = cast.people[who].patch(f"/v1/annotations/{annotation}/score", json={"level": 2})
        assert answer.status_code == 403


@pytest.mark.parametrize("body", [{}, {"level": 3}, {"level": "2"}, {"level": 1, "by": "x"}, {"level": True}])
def test_a_level_that_is_none_is_refused(cast, body):
    annotation = post(cast)
    assert cast.teacher.patch(f"/v1/annotations/{annotation}/score", json=body).status_code == 422


def test_a_level_by_hand_stands_above_the_models_and_can_be_taken_back(cast):
    annotation = post(cast)
    rated(annotation, level=0)
    release(cast)
    path = f"/v1/annotations/{annotation}/score"
    assert cast.teacher.patch(path, json={"level": 1}).status_code == 204
    (item,) = scores(cast, "teacher")["items"]
    assert (item["level"], item["model_level"], item["by_teacher"]) == (1, 0, True)
    (own,) = scores(cast, "ana")["items"]
    assert (own["wording"], own["reasons"], own["marks"]) == ("shows_reading", [], [])
    assert cast.assistant.patch(path, json={"level": None}).status_code == 204
    assert scores(cast, "ana")["items"][0]["wording"] == "not_yet"


def test_a_language_that_is_not_known_is_read_by_the_teacher(cast):
    rated(post(cast), level=0, certainty=0.02, flags=["unknown_language"])
    release(cast)
    (item,) = scores(cast, "ana")["items"]
    assert (item["wording"], item["text"]) == ("read_by_teacher", "read by Ms Lee")


def test_a_note_goes_with_a_level_by_hand(cast):
    annotation = post(cast)
    rated(annotation, level=0)
    release(cast)
    path = f"/v1/annotations/{annotation}/score"
    cast.teacher.patch(path, json={"level": 2, "note": "  The picture with the beam is good. "})
    (own,) = scores(cast, "ana")["items"]
    assert (own["source"], own["note"]) == ("teacher", "The picture with the beam is good.")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "score.given")).one()
    assert (entry.details["level"], entry.details["noted"]) == (2, True)
    assert cast.teacher.patch(path, json={"level": 2, "note": "x" * 501}).status_code == 422


def test_changed_words_are_not_described_by_the_old_rating(cast):
    annotation = post(cast)
    rated(annotation)
    release(cast)
    cast.ana.patch(f"/v1/annotations/{annotation}", json={"body": "Short."})
    (item,) = scores(cast, "ana")["items"]
    assert (item["wording"], item["reasons"], item["marks"]) == ("pending", [], [])
    rated(annotation, level=0)
    assert scores(cast, "ana")["items"][0]["wording"] == "not_yet"


def test_every_code_that_rating_gives_has_its_sentence():
    assert set(REASONS) == set(TEXTS)
    for code in TEXTS:
        told = sentence({"code": code, "params": {"words": "the words"}, "text": "unknown"})
        assert told != "unknown"
        assert "%(" not in told
        assert ("the words" in told) == ("{words}" in TEXTS[code])
    assert set(CEILINGS) <= set(REASONS)


def test_a_code_from_a_newer_model_keeps_its_english_sentence():
    assert sentence({"code": "new", "params": {}, "text": "You did well."}) == "You did well."


def test_no_wording_is_a_number(cast):
    said = [level_in_words(level)[1] for level in (0, 1, 2)] + [read_by("Ms Lee")[1], read_by("")[1]]
    assert not any(character.isdigit() for words in said for character in words)


def test_the_worker_rates_what_is_new_with_the_shipped_model(cast):
    deep = post(cast)
    german = post(cast, "bob", "Warum dreht sich das Licht an der Grenze zum Glas eigentlich überhaupt?")
    own = post(cast, "bob", audience="self")
    assert jobs.rate_what_is_new in [known.function for known in SWEEPS]
    with unit_of_work():
        jobs.rate_what_is_new()
    release(cast)
    found = {item["annotation_id"]: item for item in scores(cast, "teacher")["items"]}
    assert set(found) == {deep, german}
    assert own not in found
    assert found[deep]["level"] >= 1
    assert found[deep]["reasons"]
    start, end = found[deep]["marks"][0]
    assert 0 <= start < end <= len(THOUGHTFUL)
    assert found[german]["wording"] == "read_by_teacher"
    with unit_of_work():
        assert list(session.scalars(unrated_now())) == [], "nothing is rated twice"


def unrated_now():
    import scoring

    return unrated(f"{scoring.MODEL_VERSION}-licensed", 10)
