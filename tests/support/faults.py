"""Databases that misbehave: what fails here fails on a bad day in production."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import sqlalchemy as sa
from flask import Flask

from groupnotes.core import triggers
from groupnotes.core.db import db

REASON = "refused for a test"


@contextlib.contextmanager
def refusing(app: Flask, event: str, table: str) -> Iterator[None]:
    """Have the database refuse every ``event`` on ``table`` until the block ends."""
    name = "refused_for_a_test"
    with app.app_context(), db.engine.begin() as connection:
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:
            connection.exec_driver_sql(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REASON}' USING ERRCODE = '23000'; END $$"
            )
            act = f"EXECUTE FUNCTION {name}()"
        else:
            act = f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {act}"
        )
    yield
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
        if postgresql:
            connection.exec_driver_sql(f"DROP FUNCTION {name}()")


def as_owner(app: Flask, *statements: str) -> None:
    """Run ``statements`` as the owner of the database, who takes every trigger away first."""
    with app.app_context(), db.engine.begin() as connection:
        for table in sa.inspect(connection).get_table_names():
            triggers.remove(connection, table=table)
        for statement in statements:
            connection.execute(sa.text(statement))
