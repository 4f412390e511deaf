"""A school that wants learning records."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.sealing import seal
from app.records.models import KINDS, LearningRecord, RecordEndpoint
from app.records.operations import sending

from .store import KEY, SECRET, Store, serve

QUOTE = {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]}


@pytest.fixture
def store(app) -> Iterator[Store]:
    made, server = serve()
    app.config["SETTINGS"].on_premise_hosts = made.address
    yield made
    server.shutdown()
    server.server_close()


class School:
    """The school's side: its endpoint, and what waits for it."""

    def __init__(self, cast, store: Store) -> None:
        self.cast, self.store = cast, store
        with unit_of_work():
            row = RecordEndpoint(
                school_id=cast.school.id,
                kind="xapi",
                url=f"{store.address}/xapi",
                username=KEY,
                secret=seal(SECRET),
                salt=seal("salt of this school"),
                home="https://foreword.school.example",
                sends=list(KINDS),
                state="on",
            )
            session.add(row)
        self.id = row.id

    @property
    def row(self) -> RecordEndpoint:
        session.expunge_all()
        return session.get_one(RecordEndpoint, self.id)

    def change(self, **values) -> None:
        with unit_of_work():
            session.execute(update(RecordEndpoint).where(RecordEndpoint.id == self.id).values(**values))
        session.expunge_all()

    def waiting(self) -> list[LearningRecord]:
        session.expunge_all()
        return list(session.scalars(select(LearningRecord).order_by(LearningRecord.id)))

    def annotate(self, who="ana", body="Why does it turn?", **more):
        draft = {"target": QUOTE, "body": body, "motivation": "questioning"} | more
        answer = self.cast.people[who].post(
            f"/v1/assignments/{self.cast.assignment.id}/annotations", json=draft
        )
        assert answer.status_code == 201, answer.get_json()
        return answer.get_json()

    def send(self) -> int:
        """Send all that waits, whenever it is due."""
        with unit_of_work():
            session.execute(update(LearningRecord).values(due_at=now() - timedelta(seconds=1)))
        session.expunge_all()
        return sending.send_due(self.id)

    @property
    def told(self) -> list[dict]:
        """What the store holds, in the order of its arrival."""
        assert self.store.faults == []
        return list(self.store.kept.values())


@pytest.fixture
def school(cast, store) -> School:
    return School(cast, store)
