"""The database handle, the model base and how a connection behaves."""

from __future__ import annotations

import contextvars
import datetime as dt
import sqlite3
import uuid
from typing import Annotated, Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy  # noqa: TID251 - this is where it is made
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, mapped_column
from sqlalchemy.pool import ManagesConnection, PoolProxiedConnection

from groupnotes.core.ids import new_id
from groupnotes.core.types import UTCDateTime
from groupnotes.core.write_queue import WriteQueue

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

uuid_pk = Annotated[uuid.UUID, mapped_column(primary_key=True, default=new_id)]
moment = Annotated[dt.datetime, mapped_column(UTCDateTime())]

# ``tests/functional/database/test_settings.py`` reads them back.
SQLITE_SETTINGS = {
    "busy_timeout": 15000,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: NORMAL loses acknowledged notes at a power cut
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "recursive_triggers": 1,
    "wal_autocheckpoint": 1000,
    "journal_size_limit": 64 * 1024 * 1024,
    "cache_size": -64 * 1024,  # KiB
    "temp_store": 2,  # MEMORY: no plaintext in a temporary file
}
PAGE_SIZE = 8192  # bytes; takes effect when the file is made

_READ_ONLY = "read_only"
_CONNECTION = "connection_of_this_transaction"
_writing: contextvars.ContextVar[bool] = contextvars.ContextVar("writing", default=True)


class Base(DeclarativeBase):
    """Every model subclasses this, never ``db.Model``: type checkers can read it."""

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)


# A prepared question whose rows are read by name.
Question = sa.Select[*tuple[Any, ...]]

db = SQLAlchemy(model_class=Base)


def wants_to_write(*, write: bool) -> None:
    """Say whether the next transaction of this context will write."""
    _writing.set(write)


def is_writing() -> bool:
    """Say whether transactions of this context may write."""
    return _writing.get()


def connection() -> sa.Connection:
    """Return the connection of this unit of work; its transaction begins with the first use.

    ``Session.connection`` finds it anew for each statement, at the cost of a short one.
    """
    session = db.session()
    begun: sa.Connection | None = session.info.get(_CONNECTION)
    return session.connection() if begun is None else begun


@sa.event.listens_for(Session, "after_begin")
def _remember(session: Session, _transaction: SessionTransaction, begun: sa.Connection) -> None:
    session.info[_CONNECTION] = begun


@sa.event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, _transaction: SessionTransaction) -> None:
    session.info.pop(_CONNECTION, None)


@sa.event.listens_for(sa.Engine, "connect")
def _configure(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # SQLAlchemy, not the driver, starts transactions: see _begin.
    connection.isolation_level = None
    connection.execute(f"PRAGMA page_size={PAGE_SIZE}")
    for name, value in SQLITE_SETTINGS.items():
        connection.execute(f"PRAGMA {name}={value}")
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    record.info["write_queue"] = WriteQueue.beside(file)


def allow_writing(pooled: PoolProxiedConnection, *, write: bool) -> None:
    """Let a connection to SQLite write, or only read."""
    if is_read_only(pooled) is write:
        driver: Any = pooled.driver_connection
        driver.execute(f"PRAGMA query_only={not write:d}")
        pooled.info[_READ_ONLY] = not write


def is_read_only(pooled: ManagesConnection) -> bool:
    """Say whether a connection to SQLite only reads."""
    return bool(pooled.info.get(_READ_ONLY))


@sa.event.listens_for(sa.Engine, "begin")
def _begin(connection: sa.Connection) -> None:
    write = is_writing()
    if connection.dialect.name != "sqlite":
        connection.connection.driver_connection.read_only = not write  # type: ignore[union-attr]
        return
    # A reader that tries to write fails at once, as it does on PostgreSQL.
    allow_writing(connection.connection, write=write)
    if write:
        try:
            connection.info["write_queue"].enter()
        except OSError as error:
            raise sa.exc.OperationalError("BEGIN IMMEDIATE", None, error) from error
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            connection.info["write_queue"].leave()
            raise
    else:
        connection.exec_driver_sql("BEGIN")


@sa.event.listens_for(sa.Engine, "reset")
def _leave_queue(connection: Any, record: Any, _state: object) -> None:
    """Leave the write queue when the connection returns to the pool, committed or not."""
    queue = record.info.get("write_queue")
    if queue is not None:
        if connection.in_transaction:
            connection.rollback()
        queue.leave()


@sa.event.listens_for(sa.Engine, "close")
def _leave_queue_for_good(_connection: Any, record: Any) -> None:
    """Leave the write queue with a connection that broke, and never returns to the pool."""
    queue = record.info.get("write_queue")
    if queue is not None:
        queue.leave()
