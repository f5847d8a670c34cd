"""Database triggers: what no code path, and no hand on the database's prompt, may change.

Features declare them beside their models. A batch migration on SQLite rebuilds
a table and silently drops its triggers, so ``install`` runs after every
migration and puts all of them back.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

_DECLARED: dict[str, Trigger] = {}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuse ``event`` on ``table`` while ``when`` holds; ``when`` speaks of OLD and NEW.

    ``event`` is ``INSERT``, ``UPDATE`` or ``DELETE``. ``when`` is SQL that both
    databases understand, or None for always.
    """

    name: str
    table: str
    event: str
    reason: str
    when: str | None = None


def declare(*triggers: Trigger) -> None:
    """Add ``triggers`` to those that every database of this application has."""
    for trigger in triggers:
        if _DECLARED.setdefault(trigger.name, trigger) != trigger:
            raise ValueError(f"two triggers are named {trigger.name}")


def declared() -> dict[str, Trigger]:
    """Return every declared trigger by name."""
    return dict(_DECLARED)


def install(connection: sa.Connection) -> None:
    """Create, or create anew, every declared trigger whose table exists."""
    tables = set(sa.inspect(connection).get_table_names())
    for trigger in _DECLARED.values():
        if trigger.table not in tables:
            continue
        for statement in _statements(trigger, connection.dialect.name):
            connection.exec_driver_sql(statement)


def remove(connection: sa.Connection, *, table: str) -> None:
    """Drop the triggers of ``table``, for a migration that must rewrite it."""
    on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
    for trigger in _DECLARED.values():
        if trigger.table == table:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")


def _statements(trigger: Trigger, dialect: str) -> list[str]:
    reason = trigger.reason.replace("'", "''")
    if dialect == "sqlite":
        when = f"WHEN {trigger.when} " if trigger.when else ""
        return [
            f"DROP TRIGGER IF EXISTS {trigger.name}",
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
            f"FOR EACH ROW {when}BEGIN SELECT RAISE(ABORT, '{reason}'); END",
        ]
    condition = trigger.when or "TRUE"
    back = "OLD" if trigger.event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {condition} THEN RAISE EXCEPTION '{reason}' USING ERRCODE = '23000'; END IF; "
        f"RETURN {back}; END $$",
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger.name}()",
    ]
