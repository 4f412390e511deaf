"""People who sign in with passwords."""

import pytest

from app.accounts.models import Account
from app.accounts.operations import people
from app.core.db import session, unit_of_work

from .browser import Browser

PASSWORD = "three quiet words"


@pytest.fixture
def computer(app, cast) -> Browser:
    return Browser(app)


@pytest.fixture
def nora(cast) -> Account:
    """Somebody with an e-mail address and a password."""
    with unit_of_work():
        account = people.register(cast.school.id, "Nora Lind", "nora@school.example", PASSWORD)
    session.expunge_all()
    return account
