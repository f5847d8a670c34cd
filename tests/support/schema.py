"""The shape of a database as the database itself tells it."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa

VERSIONS = "alembic_version"


def shape(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """Return tables, columns, constraints and indexes, in an order that means nothing."""
    inspector = sa.inspect(connection)
    return {
        table: {
            "columns": {
                c["name"]: (str(c["type"]), c["nullable"], c["default"])
                for c in inspector.get_columns(table)
            },
            "primary key": inspector.get_pk_constraint(table),
            "unique": _named(inspector.get_unique_constraints(table)),
            "checks": _checks(inspector, table),
            "references": _named(inspector.get_foreign_keys(table)),
            "indexes": _named(inspector.get_indexes(table)),
        }
        for table in inspector.get_table_names()
        if table != VERSIONS
    }


def trigger_names(connection: sa.Connection) -> list[str]:
    """Return the names of all triggers of ours, sorted; twice is twice."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return sorted(connection.scalars(sa.text(query)))


def function_names(connection: sa.Connection) -> list[str]:
    """Return the names of the functions that triggers left in the database."""
    if connection.dialect.name == "sqlite":
        return []
    query = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    return sorted(connection.scalars(sa.text(query)))


def _checks(inspector: sa.Inspector, table: str) -> dict[str, str]:
    """Return the text of each CHECK without what only its layout adds."""
    return {
        str(check["name"]): re.sub(r"[\s()]+", " ", check["sqltext"]).strip()
        for check in inspector.get_check_constraints(table)
    }


def _named(found: Any) -> dict[str, Any]:
    return {str(one["name"]): _plain(one) for one in found}


def _plain(value: Any) -> Any:
    """Return ``value`` with every SQL expression in it as its text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value if isinstance(value, list | bool) else str(value)
