"""An admin at a computer, and people who sign in by password."""

import pytest

from app.accounts.models import Account
from app.accounts.operations import people
from app.core.db import session, unit_of_work
from tests import factories
from tests.accounts.browser import Browser
from tests.accounts.conftest import PASSWORD


@pytest.fixture
def admin(app, cast) -> Browser:
    """Ada, an admin of the cast's school, signed in."""
    with unit_of_work():
        account = people.register(cast.school.id, "Ada Other", "ada", PASSWORD)
        account.is_admin = True
    computer = Browser(app)
    computer.sign_in("ada", PASSWORD)
    return computer


@pytest.fixture
def stranger(app, cast) -> Browser:
    """Vic, an admin of another school, signed in."""
    with unit_of_work():
        school = factories.school("Valley School")
        account = people.register(school.id, "Vic Vale", "vic", PASSWORD)
        account.is_admin = True
    computer = Browser(app)
    computer.sign_in("vic", PASSWORD)
    return computer


@pytest.fixture
def nora(cast) -> Account:
    """Somebody with an e-mail address and a password."""
    with unit_of_work():
        account = people.register(cast.school.id, "Nora Lind", "nora@school.example", PASSWORD)
    session.expunge_all()
    return account
