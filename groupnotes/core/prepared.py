"""Statements of the hot paths, compiled once for each kind of database and fed plain tuples.

SQLAlchemy writes the SQL and knows how each value rests in its column. What it does anew for
each execution (cache keys, contexts, results with their own metadata) costs several times the
statement itself, so here the driver gets the finished text. Errors and listeners
(``before_cursor_execute``) are SQLAlchemy's own all the same.
"""

from __future__ import annotations

import functools
import itertools
import operator
import sqlite3
import uuid
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes.core import db
from groupnotes.core.forged_text import forged

Convert = Callable[[Any], Any]
Row = Any  # a named tuple of the statement's columns
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The SQL for one kind of database, and how values go in and come out."""

    sql: str
    order: tuple[str, ...]  # the parameters, as the driver counts them
    into: Mapping[str, Convert | None]  # of each value that the caller gives
    lists: Mapping[str, Sequence[str]]  # the parameters that an expanding one became
    constants: Mapping[str, Any]  # the statement's own values
    row: Callable[[Iterable[Any]], Row]
    out: tuple[tuple[int, Convert], ...]  # the columns that must be read in some way

    def parameters(self, values: Values) -> tuple[Any, ...]:
        given = dict(self.constants)
        for name, convert in self.into.items():
            value = values[name]
            if name in self.lists:
                given.update(zip(self.lists[name], map(convert or _as_it_is, value), strict=True))
            else:
                given[name] = value if convert is None else convert(value)
        return tuple([given[name] for name in self.order])


class Prepared:
    """One SELECT, INSERT, UPDATE or DELETE; its bound parameters are given by name.

    An expanding parameter (``IN``) takes a list; each length of it is compiled once.
    ``columns`` are those of an INSERT that are given too.
    """

    def __init__(
        self, statement: sa.Select[*tuple[Any, ...]] | sa.UpdateBase, *columns: str
    ) -> None:
        self._statement = statement
        self._columns = columns or None
        self._compiled: dict[tuple[object, ...], _Compiled] = {}

    def all(self, values: Values) -> list[Row]:
        """Return every row."""
        compiled, cursor = self._run(values)
        return _read(compiled, _fetched(cursor, cursor.fetchall))

    def one_or_none(self, values: Values) -> Row | None:
        """Return the row, if there is one; a statement that finds more is not for this."""
        compiled, cursor = self._run(values)
        found = _read(compiled, _fetched(cursor, cursor.fetchmany, 2))
        if len(found) > 1:
            raise sa.exc.MultipleResultsFound("more than one row where one was asked for")
        return found[0] if found else None

    def one(self, values: Values) -> Row:
        """Return the one row."""
        found = self.one_or_none(values)
        if found is None:
            raise sa.exc.NoResultFound("no row where one was asked for")
        return found

    def run(self, values: Values) -> int:
        """Execute what returns no rows; return how many it wrote."""
        _, cursor = self._run(values)
        return int(cursor.rowcount)

    def _run(self, values: Values) -> tuple[_Compiled, Any]:
        connection = db.connection()
        lists = {name: value for name, value in values.items() if type(value) is list}
        key = (connection.dialect.name, *map(len, lists.values()))
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = _compile(
                self._statement, connection.dialect, columns=self._columns, lists=lists
            )
            self._compiled[key] = compiled
        return compiled, _execute(connection, compiled.sql, compiled.parameters(values))


class ForMany:
    """An INSERT or UPDATE that runs once for each of many rows.

    ``names`` are the bound parameters, or the columns of an INSERT, in the order
    in which the rows give them. A column is converted in one go, and a value that
    all rows share only once.
    """

    def __init__(self, statement: sa.Insert | sa.Update, *names: str) -> None:
        self._statement = statement
        self._names = names
        self._compiled: dict[str, _Compiled] = {}

    def run(self, rows: Sequence[tuple[Any, ...]]) -> int:
        """Execute the statement for ``rows``, if there are any; return how many it wrote."""
        if not rows:
            return 0
        connection = db.connection()
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = self._compile(connection.dialect)
        columns = dict(zip(self._names, zip(*rows, strict=True), strict=True))
        given = (
            itertools.repeat(compiled.constants[name], len(rows))
            if name in compiled.constants
            else _converted(columns[name], compiled.into[name])
            for name in compiled.order
        )
        parameters = list(zip(*given, strict=True))
        return int(_execute(connection, compiled.sql, parameters, many=True).rowcount)

    def _compile(self, dialect: sa.Dialect) -> _Compiled:
        columns = self._names if self._statement.is_insert else None
        compiled = _compile(self._statement, dialect, columns=columns, given=self._names, lists={})
        if not compiled.into.keys() >= set(self._names):
            raise ValueError(f"{compiled.sql} does not take all of {self._names}")
        self._compiled[dialect.name] = compiled
        return compiled


def _compile(
    statement: Any,
    dialect: sa.Dialect,
    *,
    columns: Sequence[str] | None = None,
    given: Sequence[str] | None = None,
    lists: Values,
) -> _Compiled:
    """Compile ``statement``; ``given`` are the values of the caller's, else all without one."""
    # The drivers take plain tuples, where SQLAlchemy would name the parameters.
    make: Any = type(dialect)
    positional = make(paramstyle="qmark" if dialect.name == "sqlite" else "format")
    found = statement.compile(dialect=positional, column_keys=columns)
    unknown = dict.fromkeys(bind.key for bind in found.binds.values() if bind.required)
    expanded = found.construct_expanded_state(unknown | dict(lists))
    of = {one: name for name, ones in expanded.parameter_expansion.items() for one in ones}
    into: dict[str, Convert | None] = {}
    constants: dict[str, Any] = {}
    for one in dict.fromkeys(expanded.positiontup):
        name = of.get(one, one)
        bind = found.binds[name]
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.key in given if given is not None else bind.required:
            into[name] = convert
        else:
            value = expanded.parameters[one]
            constants[one] = convert(value) if convert else value
    names, out = _reading(statement, dialect)
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc] # noqa: PYI024
    return _Compiled(
        sql=expanded.statement,
        order=tuple(expanded.positiontup),
        into=into,
        lists=expanded.parameter_expansion,
        constants=constants,
        row=row._make,
        out=out,
    )


def _reading(
    statement: Any, dialect: sa.Dialect
) -> tuple[list[str], tuple[tuple[int, Convert], ...]]:
    """Return the names of the columns that come back, and how some of them are read."""
    columns = statement.exported_columns
    reads = [_reader(one.type, dialect) for one in columns]
    return list(columns.keys()), tuple((n, read) for n, read in enumerate(reads) if read)


def _reader(kind: Any, dialect: sa.Dialect) -> Convert | None:
    if isinstance(kind, sa.Uuid) and dialect.name == "sqlite":
        return _id
    read: Convert | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return read


# A page has each id several times, and its reader comes back to it.
_id = functools.lru_cache(maxsize=8192)(uuid.UUID)


def _read(compiled: _Compiled, found: list[Any]) -> list[Row]:
    if not found:
        return []
    columns = list(zip(*found, strict=True))  # a column at a time: half the work of row by row
    for at, read in compiled.out:
        columns[at] = tuple([None if value is None else read(value) for value in columns[at]])
    return list(map(compiled.row, zip(*columns, strict=True)))


def _execute(connection: sa.Connection, sql: str, parameters: Any, *, many: bool = False) -> Any:
    cursor: Any = None
    try:
        cursor = connection.connection.cursor()
        for listener in connection.engine.dispatch.before_cursor_execute:
            listener(connection, cursor, sql, parameters, None, many)
        if many:
            cursor.executemany(sql, parameters)
        else:
            cursor.execute(sql, parameters)
    except sa.exc.SQLAlchemyError:  # a listener's own
        raise
    except Exception as error:
        raise _as_sqlalchemy(connection, cursor, sql, error) from error
    return cursor


def _fetched(cursor: Any, fetch: Callable[..., list[Any]], *size: int) -> list[Any]:
    try:
        return fetch(*size)
    except sqlite3.OperationalError as error:
        raise forged(error) or error from None
    finally:
        # One that stays open, in the traceback of an error, keeps SQLite's reader in the past.
        cursor.close()


def _as_sqlalchemy(
    connection: sa.Connection, cursor: Any, sql: str, error: Exception
) -> BaseException:
    """Return a driver's error as SQLAlchemy raises it; the values are never in it."""
    dialect: Any = connection.dialect
    kind = dialect.loaded_dbapi.Error
    driver = connection.connection.dbapi_connection
    gone = isinstance(error, kind) and dialect.is_disconnect(error, driver, cursor)
    if gone:
        connection.invalidate(error)
    return sa.exc.DBAPIError.instance(
        sql, None, error, kind, hide_parameters=True, connection_invalidated=gone, dialect=dialect
    )


def _as_it_is(value: Any) -> Any:
    return value


def _converted(values: Sequence[Any], convert: Convert | None) -> Iterable[Any]:
    if convert is None:
        return values
    first = values[0]
    if all(map(operator.is_, values, itertools.repeat(first))):
        return itertools.repeat(convert(first), len(values))
    return map(convert, values)
