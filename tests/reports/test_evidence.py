"""What is remembered of annotations between two reports makes them quicker and never different."""

import pytest

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.courses.queries import enrollment_of
from app.reports.evidence import annotations, evidence
from app.reports.jobs import topics_before
from app.scores.models import Score
from app.scores.queries import body_hash
from scoring import embeddings
from scoring.identity import before_of
from scoring.remark import MODEL_VERSION
from scoring.report import report

from .asking import WHY, ask, fresh
from .test_alike import LEAF, VETO


@pytest.fixture
def url(cast):
    return f"/v1/assignments/{cast.assignment.id}"


@pytest.fixture
def asked(cast, url):
    """Ana's question, called out to Bob, read once for a report."""
    key = ask(cast.ana, url, body=f"@Bob {WHY}")["id"]
    evidence(fresh(cast))
    return key


def forget():
    annotations._said.cache_clear()
    embeddings._remembered.clear()


def rate(key, confusion, version=MODEL_VERSION):
    body = session.get_one(Annotation, key).body
    with unit_of_work():
        session.add(
            Score(
                annotation_id=key, assignment_id=session.get_one(Annotation, key).assignment_id,
                body_hash=body_hash(body), model_version=version, quality=1, level=1,
                confusion=confusion, question=0.5, certainty=0.9, created_at=now(),
            )
        )  # fmt: skip


def change(model, key, **values):
    with unit_of_work():
        for name, value in values.items():
            setattr(session.get_one(model, key), name, value)


def answer(cast, url, key):
    ask(cast.bob, url, body="Because one side of the wave slows first.", parent_id=key, motivation="replying")


def another_role(cast):
    with unit_of_work():
        session.scalars(enrollment_of(cast.course.id, cast.ana.id)).one().role = "assistant"


DEEDS = {
    "written anew": lambda cast, url, key: cast.ana.patch(f"/v1/annotations/{key}", json={"body": "Why?"}),
    "another asked": lambda cast, url, key: ask(cast.bob, url),
    "answered": answer,
    "seconded": lambda cast, url, key: cast.bob.put(f"/v1/annotations/{key}/endorsements/me_too"),
    "endorsed by staff": lambda cast, url, key: cast.teacher.put(
        f"/v1/annotations/{key}/endorsements/helpful"
    ),
    "resolved": lambda cast, url, key: change(Annotation, key, resolved_at=now()),
    "rated": lambda cast, url, key: rate(key, 0.9),
    "somewhere else": lambda cast, url, key: change(Annotation, key, start=3.0, end=9.0),
    "another role": lambda cast, url, key: another_role(cast),
    "Bob has another name": lambda cast, url, key: change(Account, cast.bob.id, name="Bob"),
    "removed": lambda cast, url, key: cast.ana.delete(f"/v1/annotations/{key}"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_evidence_is_new_after(cast, url, asked, deed):
    before = evidence(fresh(cast))
    DEEDS[deed](cast, url, asked)
    remembered = evidence(fresh(cast))
    assert remembered != before
    forget()
    assert evidence(fresh(cast)) == remembered


def test_a_second_rating_counts_and_the_one_for_other_words_does_not(cast, url, asked):
    rate(asked, 0.9, "older")
    rate(asked, 0.2)
    assert evidence(fresh(cast)).annotations[0].confusion == 0.2
    cast.ana.patch(f"/v1/annotations/{asked}", json={"body": "Why does it turn?"})
    assert evidence(fresh(cast)).annotations[0].confusion is None


def test_what_has_not_changed_is_not_read_anew(cast, url, asked):
    annotations._said.cache_clear()
    evidence(fresh(cast))
    ask(cast.bob, url)
    evidence(fresh(cast))
    assert annotations._said.cache_info()[:2] == (1, 2)  # hits, misses


def test_the_report_after_one_more_question_is_the_one_made_without_any_memory(cast, url):
    for number, body in enumerate(LEAF + VETO):
        ask((cast.ana, cast.bob)[number % 2], url, body=body)
    first = report(evidence(fresh(cast)))
    ask(cast.ana, url, body="Why does the leaf need light to split the water?")
    before = before_of(topics_before(cast.assignment.id, first))
    updated = report(evidence(fresh(cast)), before=before)
    assert updated != first
    forget()
    assert report(evidence(fresh(cast)), before=before) == updated
