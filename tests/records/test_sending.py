"""Each record arrives once or is listed with its reason, however the store behaves."""

from base64 import b64encode
from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy import func, select

from app.core import outgoing
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.records import jobs
from app.records.models import LearningRecord, RecordEndpoint
from app.upkeep.operations.personal_data import erase_person

from .store import KEY, SECRET


def test_nothing_is_noted_where_learning_records_are_off(school):
    school.change(state="off")
    school.annotate()
    school.change(state="on", sends=["answered"])
    school.annotate()
    assert school.waiting() == []


def test_a_deed_that_is_undone_leaves_no_record(school, cast):
    refused = cast.ana.post(
        f"/v1/assignments/{cast.assignment.id}/annotations",
        json={"target": {"selector": []}, "body": "x", "motivation": "questioning"},
    )
    assert refused.status_code == 422
    assert school.waiting() == []


def test_what_happened_arrives_once(school, store):
    school.annotate()
    school.annotate("bob", "So does water.")
    assert len(school.waiting()) == 2
    assert school.send() == 2
    assert school.waiting() == []
    assert school.send() == 0
    assert len(school.told) == 2
    assert (school.row.sent, school.row.problem) == (2, "")
    [(path, headers, _said)] = store.asked
    assert path == "/xapi/statements"
    assert headers["authorization"] == "Basic " + b64encode(f"{KEY}:{SECRET}".encode()).decode()


def test_a_token_is_sent_as_a_token(school, store):
    school.change(auth="bearer")
    school.annotate()
    school.send()
    assert store.asked[0][1]["authorization"] == f"Bearer {SECRET}"


def test_many_go_in_batches(school, store):
    for number in range(3):
        school.annotate(body=f"Number {number}")
    template = school.waiting()[0]
    with unit_of_work():
        for number in range(100):
            fields = {name: getattr(template, name) for name in ("endpoint_id", "kind", "assignment_id")}
            session.add(
                LearningRecord(
                    id=f"00000000-0000-4000-8000-{number:012}",
                    object_id=template.object_id,
                    account_id=template.account_id,
                    **fields,
                )
            )
    assert school.send() == 103
    assert [len(said) for _path, _headers, said in store.asked] == [50, 50, 3]


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        *((500, "broken"), (502, "broken"), (503, "busy"), (429, "busy"), (401, "wrong_key")),
        *((403, "wrong_key"), (404, "wrong_address"), (302, "redirected")),
    ],
)
def test_a_sick_store_is_left_alone_and_nothing_is_lost(school, store, status, problem):
    school.annotate()
    store.answers = [(status, {"Location": f"{store.address}/elsewhere"})]
    assert school.send() == 0
    assert school.row.problem == problem
    assert school.row.quiet_until > now() + timedelta(seconds=20)
    assert school.send() == 0
    assert len(store.asked) == 1, "it was asked again too soon, or followed a redirect"
    school.change(quiet_until=now() - timedelta(seconds=1))
    assert school.send() == 1
    assert (school.row.failures, school.row.problem) == (0, "")
    assert len(school.told) == 1


def test_the_store_says_how_long_to_wait(school, store):
    school.annotate()
    store.answers = [(429, {"Retry-After": "7200"})]
    school.send()
    assert school.row.quiet_until > now() + timedelta(seconds=7100)


def test_waits_grow_up_to_a_day(school, store):
    school.annotate()
    school.change(failures=40)
    store.answers = [(500, {})]
    school.send()
    wait = school.row.quiet_until - now()
    assert timedelta(hours=23) < wait <= timedelta(hours=24)


def test_a_store_that_hangs_is_given_up_on(school, store, monkeypatch):
    monkeypatch.setattr(outgoing, "SECONDS", 0.5)
    store.hangs = 3.0
    school.annotate()
    school.send()
    assert school.row.problem == "too_slow"


def test_a_host_inside_the_network_is_refused_unless_it_was_named(school, app):
    app.config["SETTINGS"].on_premise_hosts = ""
    school.annotate()
    school.send()
    assert school.row.problem == "not_https"
    assert len(school.waiting()) == 1


def test_an_answer_that_got_lost_does_no_harm(school, store):
    school.annotate()
    took = store.took

    def took_and_lost(*request):
        took(*request)
        return 500, {}

    store.took = took_and_lost
    assert school.send() == 0
    store.took = took
    school.change(quiet_until=None)
    school.annotate("bob")
    assert school.send() == 2, "the one that is there already counts as arrived"
    assert len(school.told) == 2


def test_one_record_at_fault_does_not_hold_up_the_others(school, store):
    school.change(texts=True)
    for number in range(4):
        school.annotate(body="a poisoned word" if number == 2 else f"Number {number}")
    store.dislikes = "poisoned"
    assert school.send() == 3
    [left] = school.waiting()
    assert (left.state, left.problem) == ("refused", "not_accepted")


def test_a_store_that_accepts_nothing_is_at_fault_itself(school, store):
    for number in range(8):
        school.annotate(body=f"Number {number}")
    store.answers = [(400, {})] * 50
    assert school.send() == 0
    assert school.row.problem == "not_accepted"
    assert len(store.asked) < 10


def test_a_sick_store_does_not_delay_another(school, cast, store):
    from tests import factories

    with unit_of_work():
        other = factories.school("Lake School")
        session.add(
            RecordEndpoint(
                school_id=other.id,
                kind="xapi",
                url=f"{store.address}/other",
                salt="",
                home="https://x.example",
                state="on",
                quiet_until=now() + timedelta(hours=3),
            )
        )
    school.annotate()
    assert school.send() == 1


def test_two_workers_do_not_send_twice(school):
    school.annotate()
    school.change(claimed_until=now() + timedelta(minutes=1))
    assert school.send() == 0
    school.change(claimed_until=now() - timedelta(seconds=1))
    assert school.send() == 1


def test_posting_never_waits_for_the_store(school, store):
    store.hangs = 5.0
    before = monotonic()
    school.annotate()
    assert store.asked == []
    assert monotonic() - before < 5.0


def test_what_waits_is_bounded_and_the_loss_is_counted(school, monkeypatch):
    monkeypatch.setattr(jobs, "MOST", 2)
    for number in range(5):
        school.annotate(body=f"Number {number}")
    newest = sorted(row.happened_at for row in school.waiting())[-2:]
    with unit_of_work():
        jobs.keep_within_bounds()
    assert sorted(row.happened_at for row in school.waiting()) == newest
    assert school.row.lost == 3


def test_what_waited_for_a_month_is_dropped(school):
    school.annotate()
    with unit_of_work():
        session.query(LearningRecord).update({"happened_at": now() - timedelta(days=31)})
    with unit_of_work():
        jobs.keep_within_bounds()
    assert school.waiting() == []
    assert school.row.lost == 1


def test_erasing_a_person_takes_their_records_along(school, cast):
    school.annotate("ana")
    school.annotate("bob")
    with unit_of_work():
        from app.accounts.models import Account

        erase_person(session.get_one(Account, cast.ana.id), by=None)
    assert [row.account_id for row in school.waiting()] == [cast.bob.id]
    assert session.scalar(select(func.count()).select_from(LearningRecord)) == 1


def test_the_worker_finds_who_has_something_due(school, monkeypatch):
    asked = []
    monkeypatch.setattr(jobs, "send_records", asked.append)
    jobs.send_due_records()
    school.annotate()
    school.change(quiet_until=now() + timedelta(minutes=1))
    jobs.send_due_records()
    assert asked == []
    school.change(quiet_until=None)
    jobs.send_due_records()
    assert asked == [school.id]
