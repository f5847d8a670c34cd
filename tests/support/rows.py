"""Every row of a database as it rests there, to show that nothing changed or what did."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask

from groupnotes.core.db import db

Rows = dict[str, list[tuple[Any, ...]]]

# What any request may leave behind, refused or not.
TRACES = {
    "audit_checkpoints",
    "audit_events",
    "audit_head",
    "audit_keys",
    "rate_limits",
    "sign_ins",
}


def at_rest(app: Flask) -> Rows:
    """Return every row that a change could change."""
    with app.app_context(), db.engine.begin() as connection:
        return {name: rows for name, rows in everything(connection).items() if name not in TRACES}


def everything(connection: sa.Connection) -> Rows:
    """Return all rows of all tables, in an order that does not depend on their storage."""
    return {table: rows_of(connection, table) for table in sa.inspect(connection).get_table_names()}


def rows_of(connection: sa.Connection, table: str) -> list[tuple[Any, ...]]:
    """Return all rows of one table."""
    found = connection.execute(sa.select(sa.text("*")).select_from(sa.table(table)))
    return sorted((tuple(row) for row in found), key=repr)
