"""The database: one session per application context, one commit per unit of work.

SQLite reads outside transactions; the first writing statement takes the process's write lock and
opens ``BEGIN IMMEDIATE``. So reading never blocks, a read is never upgraded (the classic cause of
"database is locked"), and a writer waits in a fair queue of its own process instead of polling.
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import orjson
from flask import Flask, current_app
from flask.globals import app_ctx
from sqlalchemy import (
    JSON,
    Connection,
    CursorResult,
    DateTime,
    Engine,
    Executable,
    MetaData,
    Select,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

from .ids import new_id

BUSY_TIMEOUT_S = 10
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|SAVEPOINT)\b", re.I)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Stored in UTC; SQLite forgets zones, so reading puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """SQLite's text is read in one step; long lists have eight moments in each row."""
        return _moment if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)


class Model(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}


def primary_id() -> Mapped[str]:
    """The primary key of most tables: a UUIDv7 as text."""
    return mapped_column(String(36), primary_key=True, default=new_id)


M = TypeVar("M", bound=Model)


class _AppSession(Session):
    """A session on the engine of the application it is used in."""

    def get_bind(self, *_args: Any, **_kwargs: Any) -> Engine:
        engine: Engine = current_app.extensions["foreword.engine"]
        return engine


def upsert(into: type[Model] | Table) -> Any:
    """An INSERT that can say what to do on conflict, in the words of the database in use."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite_insert(into)
    from sqlalchemy.dialects.postgresql import insert  # takes long to load: only where it is the database

    return insert(into)


def table_of(model: type[Model]) -> Table:
    """The table of a model, for statements that every request or every post asks: see `ask`."""
    return cast(Table, model.__table__)


def ask(statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement over tables; it takes a third of the time of the same one over a model's attributes.

    What is pending is written before, as it is before a statement over models.
    """
    session.flush()
    return cast("CursorResult[*tuple[Any, ...]]", session.execute(statement, values))


def first_or_add(wanted: Select[M], make: Callable[[], M]) -> M:
    """The row that is wanted, added if it is not there; also when two ask for it at the same moment."""
    found = session.scalar(wanted)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            found = make()
            session.add(found)
            session.flush()
        return found
    except IntegrityError:
        found = session.scalar(wanted)
        if found is None:
            raise
        return found


def _scope() -> int:
    return id(app_ctx._get_current_object())  # type: ignore[attr-defined]  # werkzeug's LocalProxy


session: scoped_session[_AppSession] = scoped_session(
    sessionmaker(class_=_AppSession, expire_on_commit=False), scopefunc=_scope
)


def init_app(app: Flask, url: str) -> None:
    """Open the engine and close each context's session with it."""
    app.extensions["foreword.engine"] = make_engine(url)

    @app.teardown_appcontext
    def _remove(_error: BaseException | None) -> None:
        session.remove()


def make_engine(url: str) -> Engine:
    """An engine that keeps what it has acknowledged, on SQLite as on PostgreSQL."""
    options = {
        "pool_size": 16,
        "max_overflow": 16,
        "pool_timeout": 30,
        # A list of a thousand annotations holds four thousand small JSON values.
        "json_deserializer": orjson.loads,
    }
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **options)
    engine = create_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}, **options
    )
    event.listen(engine, "connect", _prepare_sqlite)
    _open_writes_lazily(engine, threading.Lock())
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see the module's docstring
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _open_writes_lazily(engine: Engine, lock: threading.Lock) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def _begin(conn: Connection, cursor: Any, statement: str, _p: object, context: Any, _many: bool) -> None:
        raw = conn.connection.dbapi_connection
        writes = _WRITES.match(statement) or (context and (context.isupdate or context.isdelete))
        if raw is None or raw.in_transaction or not writes:
            return
        held = "write_lock" in conn.info  # a second transaction on one connection, as revisions make
        if not held and not lock.acquire(timeout=BUSY_TIMEOUT_S):
            raise TimeoutError("the database is busy")
        conn.info["write_lock"] = lock
        cursor.execute("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def _release(_connection: object, record: Any) -> None:
        held = record.info.pop("write_lock", None)
        if held is not None:
            held.release()


class UnitOfWork:
    """What one request, job or command does to the database: all of it or nothing."""

    rolled_back = False

    def rollback(self) -> None:
        """Undo everything; the block may go on to answer, but keeps nothing."""
        session.rollback()
        self.rolled_back = True


@contextmanager
def unit_of_work() -> Iterator[UnitOfWork]:
    """Commit what the block did, or undo all of it when it raises.

    Operations never commit, so they can call each other freely.
    """
    work = UnitOfWork()
    try:
        yield work
        if not work.rolled_back:
            session.commit()
    except BaseException:
        work.rollback()
        raise


@contextmanager
def independent_work(app: Flask | None = None) -> Iterator[None]:
    """A unit of work of its own, for what must survive a refusal (failed sign-ins, audit).

    Use it when the surrounding unit holds no write, or SQLite's one writer would wait for itself.
    """
    own: Flask = app or current_app._get_current_object()  # type: ignore[attr-defined]  # werkzeug's LocalProxy
    with own.app_context(), unit_of_work():
        yield
