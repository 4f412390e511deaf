"""People of a course, at their computers."""

import pytest

from app.accounts.operations import people
from app.core.db import session, unit_of_work
from app.courses.models import Enrollment
from tests.accounts.browser import Browser

PASSWORD = "three quiet words"


@pytest.fixture
def desk(app, cast) -> Browser:
    """The browser of a teacher of the course who is signed in."""
    with unit_of_work():
        account = people.register(cast.school.id, "Ms Desk", "desk@school.example", PASSWORD)
        account.may_create_courses = True
        session.add(Enrollment(course_id=cast.course.id, account_id=account.id, role="teacher"))
    browser = Browser(app)
    browser.sign_in("desk@school.example", PASSWORD)
    return browser
