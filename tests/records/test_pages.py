"""What admins see and decide about learning records."""

from app.core.db import session
from app.core.sealing import unseal
from app.records.models import RecordEndpoint

FORM = {"kind": "xapi", "auth": "basic", "username": "key", "secret": "hush", "send_annotated": "1"}


def page(cast):
    answer = cast.admin.get("/admin/records")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_store_is_entered_tried_switched_on_and_off(cast, store):
    assert "Switch on" not in page(cast)
    kept = cast.admin.post("/admin/records", data=FORM | {"url": f"{store.address}/xapi"})
    assert kept.status_code == 303
    [row] = session.query(RecordEndpoint)
    assert (row.state, row.sends, row.names, row.texts) == ("off", ["annotated"], False, False)
    assert row.secret != "hush"
    assert unseal(row.secret) == "hush"
    cast.admin.post(f"/admin/records/{row.id}/test")
    assert "The store took a test record." in page(cast)
    assert store.faults == []
    cast.admin.post(f"/admin/records/{row.id}/state", data={"value": "on"})
    assert "Switch off" in page(cast)
    cast.admin.post("/admin/records", data=FORM | {"url": f"{store.address}/xapi", "secret": ""})
    [row] = session.query(RecordEndpoint)
    assert unseal(row.secret) == "hush"
    assert "hush" not in page(cast)
    moved = cast.admin.post("/admin/records", data=FORM | {"url": "https://elsewhere.example", "secret": ""})
    assert moved.status_code == 422, "the secret is not sent to a server that it was not entered for"


def test_the_test_of_a_caliper_endpoint_keeps_the_rules(cast, school, store):
    school.change(kind="caliper", url=f"{store.address}/caliper")
    cast.admin.post(f"/admin/records/{school.id}/test")
    assert len(store.kept) == 1
    assert store.faults == []


def test_what_is_wrong_is_said_in_words(cast, school, store):
    store.answers = [(401, {})]
    cast.admin.post(f"/admin/records/{school.id}/test")
    assert "The store refuses the key." in page(cast)
    school.annotate()
    store.answers = [(503, {})]
    school.send()
    assert "The store is busy." in page(cast)
    cast.admin.post(f"/admin/records/{school.id}/again")
    assert school.send() == 1


def test_switching_off_drops_what_waits(cast, school):
    school.annotate()
    cast.admin.post(f"/admin/records/{school.id}/state", data={"value": "off"})
    assert school.waiting() == []


def test_what_cannot_be_is_refused_in_one_sentence(cast, store):
    for change in (
        *({"url": "ftp://x.example"}, {"url": "https://a b"}, {"url": "https://u:p@x.example"}),
        *({"url": ""}, {"kind": "tincan"}, {"auth": "digest"}, {"username": ""}, {"username": "a:b"}),
        *({"secret": ""}, {"secret": "x" * 5000}, {"secret": "a\u200bb"}, {"url": "https://x.example:99999"}),
    ):
        answer = cast.admin.post("/admin/records", data=FORM | {"url": "https://x.example"} | change)
        assert answer.status_code == 422, change
    assert session.query(RecordEndpoint).count() == 0
