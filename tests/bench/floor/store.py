"""The driver alone: one connection, durable transactions, and ids as 32 hexadecimal digits."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import time
from collections.abc import Sequence
from typing import Any, Protocol

Values = Sequence[Any]

# The same promises as the application's: FULL survives a power cut, IMMEDIATE never deadlocks.
_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=2",
    "foreign_keys=1",
    "secure_delete=1",
    "recursive_triggers=1",
    "cache_size=-65536",
    "temp_store=2",
)


class Store(Protocol):
    """What the floors ask of a driver."""

    def begin(self, *, write: bool) -> None: ...

    def commit(self) -> None: ...

    def all(self, sql: str, values: Values) -> list[Any]: ...

    def one(self, sql: str, values: Values) -> Any: ...

    def run(self, sql: str, values: Values) -> int: ...

    def many(self, sql: str, rows: Sequence[Values]) -> None: ...

    def moment(self, at: dt.datetime) -> Any: ...

    def close(self) -> None: ...


class SqliteStore:
    """Python's own sqlite3."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def begin(self, *, write: bool) -> None:
        self._connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def all(self, sql: str, values: Values) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, values: Values) -> Any:
        return self._connection.execute(sql, values).fetchone()

    def run(self, sql: str, values: Values) -> int:
        return self._connection.execute(sql, values).rowcount

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        self._connection.executemany(sql, rows)

    def moment(self, at: dt.datetime) -> str:
        """Return a moment as SQLAlchemy keeps it: text, UTC, always with microseconds."""
        return f"{at:%Y-%m-%d %H:%M:%S.%f}"

    def close(self) -> None:
        self._connection.close()


class PostgresqlStore:
    """Psycopg alone."""

    def __init__(self, address: str) -> None:
        import psycopg  # noqa: PLC0415 - only where it is asked for
        from psycopg.adapt import Loader  # noqa: PLC0415

        class HexLoader(Loader):
            """Read an id as its digits."""

            def load(self, data: Any) -> str:
                return bytes(data).decode().replace("-", "")

        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.adapters.register_loader("uuid", HexLoader)
        self._cursor = self._connection.cursor()
        self._known: dict[str, str] = {}

    def begin(self, *, write: bool) -> None:
        self._cursor.execute("BEGIN" if write else "BEGIN READ ONLY")

    def commit(self) -> None:
        self._cursor.execute("COMMIT")

    def all(self, sql: str, values: Values) -> list[Any]:
        return list(self._execute(sql, values).fetchall())

    def one(self, sql: str, values: Values) -> Any:
        return self._execute(sql, values).fetchone()

    def run(self, sql: str, values: Values) -> int:
        return int(self._execute(sql, values).rowcount)

    def many(self, sql: str, rows: Sequence[Values]) -> None:
        self._cursor.executemany(self._translated(sql), rows)

    def moment(self, at: dt.datetime) -> dt.datetime:
        return at.replace(tzinfo=None)

    def close(self) -> None:
        self._connection.close()

    def _execute(self, sql: str, values: Values) -> Any:
        return self._cursor.execute(self._translated(sql), values)

    def _translated(self, sql: str) -> Any:
        known = self._known.get(sql)
        if known is None:
            known = self._known[sql] = sql.replace("?", "%s")
        return known


def open_store(address: str) -> Store:
    """Connect to an SQLite file or a ``postgresql://`` address."""
    if address.startswith("postgresql://"):
        return PostgresqlStore(address)
    return SqliteStore(address)


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562)."""
    made = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    made[6] = made[6] & 0x0F | 0x70
    made[8] = made[8] & 0x3F | 0x80
    return made.hex()


def dashed(digits: str) -> str:
    """Write an id as pages and signed bytes do."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def moment_of(stored: Any) -> dt.datetime:
    """Read a stored moment as aware UTC."""
    if isinstance(stored, str):
        stored = dt.datetime.fromisoformat(stored)
    return stored.replace(tzinfo=dt.UTC)  # type: ignore[no-any-return]


def day_of(stored: Any) -> dt.date:
    """Read a stored calendar day."""
    return dt.date.fromisoformat(stored) if isinstance(stored, str) else stored
