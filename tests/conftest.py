"""The application under test, and the cast: Ana, Bob, Eve, the teacher and the others."""

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event, make_url
from werkzeug.routing import Rule

from app import create_app
from app.accounts import passwords
from app.accounts.models import Account, School
from app.assignments.models import Assignment
from app.config import load_settings
from app.core.db import Model, session, unit_of_work
from app.core.web import Foreword
from app.courses.models import Course
from app.documents.models import Document

from . import factories
from .house import House, need_not_outlive_the_machine


def _own_database() -> str:
    """The address of PostgreSQL, if it was given; each process of a leg has a database there (tools/services.py)."""
    given, process = os.environ.get("TEST_DATABASE_URL", ""), os.environ.get("PYTEST_XDIST_WORKER", "")
    if not given or not process:
        return given
    url = make_url(given)
    return url.set(database=f"{url.database}_{process}").render_as_string(hide_password=False)


DATABASE = _own_database()


@pytest.fixture(scope="session", autouse=True)
def quick_collection() -> Iterator[None]:
    """Collect the applications of past tests while they are young.

    Each leaves 70,000 objects. At Python's own thresholds they grow old at once, and looking for them among
    everything that was ever imported took a quarter of the run.
    """
    before = gc.get_threshold()
    gc.set_threshold(150_000, 10, 10_000)
    yield
    gc.set_threshold(*before)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords lightly: a class signs in often here. Their real strength has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_routes() -> Iterator[None]:
    """Compile what builds a route's addresses once, not for every test's application: it is the same code."""
    compile_, compiled = Rule._compile_builder, dict[tuple[object, ...], Any]()

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, repr(rule.defaults), rule.subdomain, append_unknown)
        if key not in compiled:
            compiled[key] = compile_(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template once for the run, not once for every test's application."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Foreword, "jinja_options", Foreword.jinja_options | {"bytecode_cache": cache})
        yield


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A SQLite file with empty tables, copied for each test; or PostgreSQL's tables, made once."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(load_settings(instance=folder, database_url=DATABASE), testing=True)
    engine = app.extensions["foreword.engine"]
    Model.metadata.drop_all(engine) if DATABASE else None
    Model.metadata.create_all(engine)
    with engine.connect() as connection:
        if not DATABASE:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return None if DATABASE else folder / "foreword.db"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, empty_database: Path | None) -> House:
    """The application that tests share."""
    return House(tmp_path_factory.mktemp("house"), empty_database, DATABASE)


@pytest.fixture
def app(house: House, tmp_path: Path) -> Iterator[Foreword]:
    """The application on an empty database and an empty media folder."""
    app = house.application(tmp_path)
    yield app
    if DATABASE:
        empty(app.extensions["foreword.engine"])
    house.leave(app)


@pytest.fixture
def durable(app: Foreword) -> None:
    """The database as a school's: each commit is on the disk."""
    engine = app.extensions["foreword.engine"]
    if not DATABASE:
        event.remove(engine, "connect", need_not_outlive_the_machine)
    engine.dispose()


def empty(engine: Engine) -> None:
    """Remove every row. Row by row is fifty times as fast as truncating a hundred nearly empty tables."""
    emptied = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(Model.metadata.sorted_tables))
    with engine.begin() as connection:
        connection.exec_driver_sql(emptied)


class Person:
    """One of the cast, with a client that speaks for them by bearer token."""

    def __init__(self, app: Foreword, account: Account) -> None:
        self.id, self.name, self.account = account.id, account.name, account
        self.token = factories.token(account)
        self._client: FlaskClient = app.test_client()

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        headers = {**self.headers, **options.pop("headers", {})}
        session.expunge_all()  # the requests of a test share its context: none may see another's rows in memory
        path = path if path.startswith(("/api/", "http")) or not path.startswith("/v1/") else f"/api{path}"
        return getattr(self._client, method)(path, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Any:
        return self._ask("get", path, **options)

    def post(self, path: str, **options: Any) -> Any:
        return self._ask("post", path, **options)

    def put(self, path: str, **options: Any) -> Any:
        return self._ask("put", path, **options)

    def patch(self, path: str, **options: Any) -> Any:
        return self._ask("patch", path, **options)

    def delete(self, path: str, **options: Any) -> Any:
        return self._ask("delete", path, **options)


@dataclass
class Cast:
    """Everybody, with the course they share (Eve is in another one) and an assigned reading.

    Paths given to a person's client may start with ``/v1/`` for ``/api/v1/``.
    """

    school: School
    course: Course
    other_course: Course
    document: Document
    assignment: Assignment
    ana: Person
    bob: Person
    eve: Person
    teacher: Person
    assistant: Person
    observer: Person
    other_teacher: Person
    admin: Person
    people: dict[str, Person]


@pytest.fixture
def cast(app: Foreword) -> Iterator[Cast]:
    """The cast in a fresh database; the test runs in an application context of its own."""
    with app.app_context():
        with unit_of_work():
            made = _cast(app)
        session.expunge_all()
        yield made


def _cast(app: Foreword) -> Cast:
    school = factories.school()
    course, other = factories.course(school), factories.course(school, "Waves 8A")
    accounts = {
        "ana": factories.account(school, "Ana Pires"),
        "bob": factories.account(school, "Bob Oduya"),
        "eve": factories.account(school, "Eve Stone"),
        "teacher": factories.account(school, "Ms Lee", may_create_courses=True),
        "assistant": factories.account(school, "Tom Hall"),
        "observer": factories.account(school, "Mr Park"),
        "other_teacher": factories.account(school, "Ms Wolf", may_create_courses=True),
        "admin": factories.account(school, "Ada Root", is_admin=True),
    }
    for name, role in {"ana": "student", "bob": "student", "teacher": "teacher"}.items():
        factories.enroll(course, accounts[name], role)
    factories.enroll(course, accounts["assistant"], "assistant")
    factories.enroll(course, accounts["observer"], "observer")
    factories.enroll(other, accounts["eve"])
    factories.enroll(other, accounts["other_teacher"], "teacher")
    document = factories.document(course)
    assignment = factories.assignment(course, document)
    people = {name: Person(app, account) for name, account in accounts.items()}
    return Cast(
        school=school,
        course=course,
        other_course=other,
        document=document,
        assignment=assignment,
        people=people,
        **people,
    )
