"""Around the loading of the web process: the collector rests, and is back whatever happens."""

import gc

import pytest

from app.core import jobs
from app.live import opening


@pytest.fixture
def web_process(tool):
    loaded = tool("web_process")
    loaded.post_fork(None, None)
    yield loaded
    gc.enable()
    gc.unfreeze()


def test_the_collector_rests_while_the_application_is_loaded(web_process):
    assert not gc.isenabled()


def test_it_is_back_once_everything_is_loaded(web_process, monkeypatch):
    monkeypatch.setattr(opening, "opened", lambda app: app)
    monkeypatch.setattr(jobs, "opened", lambda: None)
    web_process._load_the_rest(None)
    assert gc.isenabled()


def test_it_is_back_if_something_cannot_be_loaded(web_process, monkeypatch):
    def fail(app):
        raise RuntimeError("cannot be opened")

    monkeypatch.setattr(opening, "opened", fail)
    with pytest.raises(RuntimeError):
        web_process._load_the_rest(None)
    assert gc.isenabled()
