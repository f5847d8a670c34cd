"""Databases that misbehave: what fails here fails on a bad day in production."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask

from groupnotes.core import triggers
from groupnotes.core.db import db

REASON = "refused for a test"
_DISK_FULL = "53100"  # as PostgreSQL numbers it
_NO_SPACE = "could not extend file: No space left on device"


@contextlib.contextmanager
def refusing(
    app: Flask, event: str, table: str, reason: str = REASON, code: str = "23000"
) -> Iterator[None]:
    """Have the database refuse every ``event`` on ``table`` until the block ends."""
    name = "refused_for_a_test"
    with app.app_context(), db.engine.begin() as connection:
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:
            connection.exec_driver_sql(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{reason}' USING ERRCODE = '{code}'; END $$"
            )
            act = f"EXECUTE FUNCTION {name}()"
        else:
            act = f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {act}"
        )
    yield
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
        if postgresql:
            connection.exec_driver_sql(f"DROP FUNCTION {name}()")


@contextlib.contextmanager
def full_disk(app: Flask, event: str, table: str) -> Iterator[None]:
    """Leave the database no room until the block ends.

    SQLite may add no page to its file, which refuses what does not fit into the last one;
    PostgreSQL answers every ``event`` on ``table`` as it does on a full disk.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "postgresql":
        with refusing(app, event, table, _NO_SPACE, _DISK_FULL):
            yield
        return

    def confine(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # never below what there is

    sa.event.listen(engine, "checkout", confine)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", confine)
        engine.dispose()  # the limit ends with its connection


@contextlib.contextmanager
def lost_connection(app: Flask, *, starting: str) -> Iterator[None]:
    """Lose the connection in front of every statement that begins with ``starting``.

    PostgreSQL ends the session itself; SQLite, which has no connection to lose, cannot
    open its file.
    """
    with app.app_context():
        engine = db.engine

    def lose(connection: sa.Connection, _cursor: Any, statement: str, *_: object) -> None:
        if not statement.startswith(starting):
            return
        if engine.dialect.name == "sqlite":
            reason = sqlite3.OperationalError("unable to open database file")
            raise sa.exc.OperationalError("", None, reason)
        driver: Any = connection.connection.driver_connection
        with psycopg.connect(driver.info.dsn, autocommit=True) as administrator:
            administrator.execute(
                "SELECT pg_terminate_backend(%s, 10000)", [driver.info.backend_pid]
            )

    sa.event.listen(engine, "before_cursor_execute", lose)
    try:
        yield
    finally:
        sa.event.remove(engine, "before_cursor_execute", lose)


def as_owner(app: Flask, *statements: str) -> None:
    """Run ``statements`` as the owner of the database, who takes every trigger away first."""
    with app.app_context(), db.engine.begin() as connection:
        for table in sa.inspect(connection).get_table_names():
            triggers.remove(connection, table=table)
        for statement in statements:
            connection.execute(sa.text(statement))
