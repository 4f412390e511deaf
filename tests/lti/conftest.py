"""An LMS on loopback, connected to the application under test, and browsers between them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.core.db import session, unit_of_work
from app.courses.queries import viewer_of
from app.lti.models import Registration
from app.lti.operations import own_keys, registering

from .lms import Launching, Lms, serve


@pytest.fixture
def lms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lms]:
    """An LMS that nobody knows yet; its host is one that the operator named."""
    made, server = serve()
    monkeypatch.setenv("FOREWORD_ON_PREMISE_HOSTS", made.address)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def app(lms: Lms, app: Any) -> Any:
    """The application, which may ask the LMS."""
    with app.app_context():
        lms.tool_keys = lambda: _published(app)
    return app


def _published(app: Any) -> dict[str, Any]:
    with app.app_context():
        return own_keys.published()


@pytest.fixture
def registration(cast: Any, lms: Lms) -> Registration:
    """The LMS, connected by hand by the admin."""
    with unit_of_work():
        made = registering.register(viewer_of(cast.admin.account), lms.values())
        registration_id = made.id
    session.expunge_all()
    return session.get_one(Registration, registration_id)


@pytest.fixture
def browser_of(app: Any, lms: Lms, registration: Registration) -> Callable[[], Launching]:
    """A fresh browser for each call."""

    def open_() -> Launching:
        session.expunge_all()
        return Launching(app, lms)

    return open_


@pytest.fixture
def ana(browser_of: Callable[[], Launching]) -> Launching:
    """A student's browser."""
    return browser_of()


@pytest.fixture
def lee(browser_of: Callable[[], Launching]) -> Launching:
    """A teacher's browser."""
    return browser_of()
