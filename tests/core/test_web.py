"""What every request can rely on."""

import pytest

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
