"""Bringing a roster in as an admin does."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.core.db import session
from app.core.jobs import run_pending
from app.sis.models import RosterImport
from tests.admin.conftest import stranger

__all__ = ["stranger"]


class Desk:
    """The admin's desk: upload, look, take over. Each step runs the worker."""

    def __init__(self, admin):
        self.admin = admin

    def upload(self, data, name="roster.zip", **fields):
        files = {"file": (BytesIO(data), name), **fields}
        answer = self.admin.post("/admin/rosters", data=files, content_type="multipart/form-data")
        run_pending()
        session.expire_all()
        if answer.status_code != 303:
            return answer
        return session.get(RosterImport, answer.location.rpartition("/")[2])

    def take_over(self, row, **fields):
        answer = self.admin.post(f"/admin/rosters/{row.id}/apply", data=fields)
        run_pending()
        session.expire_all()
        return answer

    def bring(self, data, **fields):
        """Upload and take over; returns the import."""
        row = self.upload(data, **fields)
        assert row.state == "ready", row.problems
        self.take_over(row, sure="1")
        found = session.scalar(select(RosterImport).where(RosterImport.id == row.id))
        assert found.state == "done", found.problems
        return found

    def page(self, row):
        return self.admin.get(f"/admin/rosters/{row.id}").get_data(as_text=True)


@pytest.fixture
def desk(app, cast):
    app.config["WTF_CSRF_METHODS"] = set()  # forms with their token are tested elsewhere
    return Desk(cast.admin)
