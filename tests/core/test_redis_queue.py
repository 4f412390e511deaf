"""The queue in Redis: the same jobs, the same order, and never code in a message."""

import json

import pytest
import redis

from app.core import jobs
from tests import legs

pytestmark = [
    pytest.mark.redis,
    pytest.mark.skipif(legs.redis_url() is None, reason="TEST_REDIS_URL is not set; `make test` sets it"),
]
DONE: list[str] = []


def remember(id_: str) -> None:
    DONE.append(id_)


@pytest.fixture
def remember_later(app, monkeypatch):
    """A job on a Redis queue of this run's own name."""
    job = jobs.Job(remember, retries=0, retry_delay=0)
    monkeypatch.setattr(jobs, "QUEUE", legs.redis_prefix())
    monkeypatch.setattr(jobs, "JOBS", {job.name: job})
    monkeypatch.setattr(jobs, "_queue", None)
    monkeypatch.setattr(jobs, "_tasks", {})
    monkeypatch.setattr(app, "testing", False)
    jobs.init_app(app, str(legs.redis_url()), "")
    DONE.clear()
    return job


def test_jobs_wait_in_redis_and_run_in_order(remember_later):
    remember_later("first")
    remember_later("second")
    assert jobs.queue_length() == 2
    assert DONE == []
    assert jobs.run_pending() == 2
    assert DONE == ["first", "second"]


def test_a_message_in_redis_is_plain_json(remember_later):
    remember_later("first")
    client = redis.Redis.from_url(str(legs.redis_url()))
    messages = client.lrange(f"huey.redis.{legs.redis_prefix()}", 0, -1)
    assert [json.loads(message) for message in messages]
    jobs.run_pending()
