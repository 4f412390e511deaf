"""What every request can rely on."""

import gzip

import pytest
import zstandard

from app.core.assets import asset
from app.core.changes import heads, log_change
from app.core.db import unit_of_work


def test_health_needs_nobody(app):
    assert app.test_client().get("/healthz").status_code == 200
    assert app.test_client().get("/readyz").get_json() == {"database": True, "queue": True, "storage": True}


def test_a_browser_that_asks_first_may_read_files_by_ranges(app):
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range"}
    answer = app.test_client().options("/content/any", headers={**asked, "Origin": "http://app.example"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("accepted", ["zstd", "gzip"])
def test_built_files_travel_compressed(app, accepted):
    with app.test_request_context():
        address = asset("reader.js")
    client = app.test_client()
    whole = client.get(address, headers={"Accept-Encoding": "identity"})
    answer = client.get(address, headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == accepted
    assert "immutable" in answer.headers["Cache-Control"]
    unpacked = zstandard.decompress(answer.data) if accepted == "zstd" else gzip.decompress(answer.data)
    assert unpacked == whole.data
    assert len(answer.data) < len(whole.data) / 2


def test_an_unknown_token_is_refused_in_a_sentence(app):
    answer = app.test_client().get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "bad_token"


def test_seq_counts_per_assignment(cast):
    with unit_of_work():
        assert [log_change("a", "x", "1"), log_change("b", "x", "1"), log_change("a", "x", "2")] == [1, 1, 2]
    assert heads(["a", "b", "c"]) == {"a": 2, "b": 1}


def test_nothing_is_kept_of_a_unit_that_fails(cast):
    def failing() -> None:
        with unit_of_work():
            log_change("a", "x", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert heads(["a"]) == {}
