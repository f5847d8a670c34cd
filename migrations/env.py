"""Alembic environment: run inside the application's context."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from groupnotes.core import triggers
from groupnotes.core.db import Base, db


def render_item(kind: str, item: Any, _autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our own column types into migrations as the plain types they rest on."""
    ours = isinstance(item, sa.types.TypeDecorator) and item.__module__.startswith("groupnotes.")
    return f"sa.{item.impl!r}" if kind == "type" and ours else False


def run() -> None:
    """Migrate in one transaction; triggers are put back whatever was rebuilt."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.driver_connection
        if sqlite:
            # A batch migration drops and renames tables that keys and triggers refer to.
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("PRAGMA legacy_alter_table=ON")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            transactional_ddl=True,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
                triggers.install(connection)
                if sqlite:
                    _refuse_broken_references(connection)
        finally:
            if sqlite:
                driver.execute("PRAGMA legacy_alter_table=OFF")
                driver.execute("PRAGMA foreign_keys=ON")


def _refuse_broken_references(connection: sa.Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = sorted({row[0] for row in broken})
        raise RuntimeError(f"{len(broken)} rows of {', '.join(tables)} refer to rows that are gone")


run()
