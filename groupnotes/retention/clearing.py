"""Clear what is left of destroyed keys from the database's own files.

*SQLite* overwrites what is deleted (``secure_delete``), but its write-ahead log keeps older
pages until they are overwritten by chance, and a page that was split may keep a copy. VACUUM
writes the file anew, and a checkpoint empties the log.

*PostgreSQL* keeps the row as it was until VACUUM, and even then its bytes in the page: VACUUM
FULL writes the tables anew. Its own log (WAL), the archive of it, replicas that lag and base
backups hold the wrapped key until they are recycled: the certificate says so.

Backups are files outside this database; nothing here reaches them.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa

from groupnotes.core.db import SQLITE_SETTINGS, allow_writing, db
from groupnotes.retention.models import Destruction

_REWRITTEN = ("data_keys", "clients")
_OWNS = sa.text(
    "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class"
    " WHERE oid IN ('data_keys'::regclass, 'clients'::regclass)"
)


class CannotClear(Exception):  # noqa: N818 - reads as what happened
    """The files were not cleared; the text says why and what to do."""


def waiting() -> list[Destruction]:
    """Return the destructions whose keys may still be in the files."""
    query = sa.select(Destruction).where(Destruction.cleared_at.is_(None))
    return list(db.session.scalars(query.order_by(Destruction.id)))


def clear() -> None:
    """Write the files anew, outside of any transaction; raise CannotClear if that failed."""
    try:
        if db.engine.dialect.name == "sqlite":
            _clear_sqlite()
        else:
            _clear_postgresql()
    except (sa.exc.OperationalError, sqlite3.OperationalError, TimeoutError) as error:
        raise CannotClear("the database is busy: try again when fewer people work") from error


def _clear_sqlite() -> None:
    connection = db.engine.raw_connection()
    driver: Any = connection.driver_connection
    try:
        connection.info["write_queue"].enter()
        allow_writing(connection, write=True)
        # The copy that VACUUM makes may be larger than memory; it holds ciphertext only.
        driver.execute("PRAGMA temp_store=1")
        driver.execute("VACUUM")
        driver.execute(f"PRAGMA temp_store={SQLITE_SETTINGS['temp_store']}")
        is_busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()  # back to the pool; it leaves the queue there
    if is_busy:
        raise CannotClear("somebody is reading: try again when fewer people work")


def _clear_postgresql() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(_OWNS):
            raise CannotClear("only the owner of the tables may rewrite them: connect as the owner")
        for table in _REWRITTEN:
            connection.exec_driver_sql(f"VACUUM (FULL) {table}")
