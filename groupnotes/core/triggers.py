"""Database triggers: what no code path, and no hand on the database's prompt, may change.

Features declare them beside their models. A batch migration on SQLite rebuilds
a table and silently drops its triggers, so ``install`` runs after every
migration and puts all of them back.

They stop mistakes, not the owner of the database, who can drop them; an owner's
hand shows in the audit chain and in the digests of signatures. On SQLite a
REPLACE deletes rows past the DELETE triggers unless ``recursive_triggers`` is
on, as it is on each connection of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

_DECLARED: dict[str, Trigger] = {}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuse ``event`` on ``table`` while ``when`` holds; ``when`` speaks of OLD and NEW.

    ``event`` is ``INSERT``, ``UPDATE`` or ``DELETE``. ``when`` is SQL that both
    databases understand, or None for always. Where PostgreSQL refuses a DELETE
    it refuses every TRUNCATE of the table too, which no row's trigger would see.
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
    """Create, or create anew, every declared trigger whose table exists.

    A table that a migration dropped leaves the functions of its triggers behind
    on PostgreSQL: they go too.
    """
    tables = set(sa.inspect(connection).get_table_names())
    postgresql = connection.dialect.name == "postgresql"
    for trigger in _DECLARED.values():
        statements: list[str] = []
        if trigger.table in tables:
            statements = _on_postgresql(trigger) if postgresql else _on_sqlite(trigger)
        elif postgresql:
            statements = [f"DROP FUNCTION IF EXISTS {trigger.name}()"]
        for statement in statements:
            connection.exec_driver_sql(statement)


def remove(connection: sa.Connection, *, table: str) -> None:
    """Drop the triggers of ``table``, for a migration that must rewrite it."""
    for trigger in _DECLARED.values():
        if trigger.table != table:
            continue
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name} ON {table}")
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_emptying(trigger)} ON {table}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name}")


def _on_sqlite(trigger: Trigger) -> list[str]:
    when = f"WHEN {trigger.when} " if trigger.when else ""
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name}",
        (
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
            f"FOR EACH ROW {when}BEGIN SELECT RAISE(ABORT, '{_quoted(trigger.reason)}'); END"
        ),
    ]


def _on_postgresql(trigger: Trigger) -> list[str]:
    name, table = trigger.name, trigger.table
    refuse = f"RAISE EXCEPTION '{_quoted(trigger.reason)}' USING ERRCODE = '23000'"
    check, back = f"IF {trigger.when or 'TRUE'} THEN {refuse}; END IF;", "NEW"
    statements = [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        (
            f"CREATE TRIGGER {name} BEFORE {trigger.event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        ),
    ]
    if trigger.event == "DELETE":
        # A TRUNCATE has no OLD to judge: it is refused whatever the table holds.
        check, back = f"IF TG_OP = 'TRUNCATE' THEN {refuse}; ELS{check}", "OLD"
        statements += [
            f"DROP TRIGGER IF EXISTS {_emptying(trigger)} ON {table}",
            (
                f"CREATE TRIGGER {_emptying(trigger)} BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            ),
        ]
    return [
        (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {check} RETURN {back}; END $$"
        ),
        *statements,
    ]


def _emptying(trigger: Trigger) -> str:
    return f"{trigger.name}_truncate"


def _quoted(reason: str) -> str:
    return reason.replace("'", "''")
