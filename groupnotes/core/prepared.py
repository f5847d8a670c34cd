"""Statements of the hot paths, compiled once for each kind of database and fed plain tuples.

SQLAlchemy's executemany builds a dictionary for each row and asks each value for
its type, which costs more than the insert itself. Here a column is converted in
one go, and a value that all rows share only once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes.core.db import db

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The SQL for one kind of database, and how each of its parameters is made.

    A parameter is the place of a column in the rows, or a value of the statement's own.
    """

    sql: str
    parameters: tuple[tuple[int | None, Any, Convert | None], ...]


class ForMany:
    """An INSERT or UPDATE that runs once for each of many rows.

    ``names`` are the bound parameters, or the columns of an INSERT, in the order
    in which the rows give them.
    """

    def __init__(self, statement: sa.Insert | sa.Update, *names: str) -> None:
        self._statement = statement
        self._names = names
        self._compiled: dict[str, _Compiled] = {}

    def run(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Execute the statement for ``rows``, if there are any, in this unit of work."""
        if not rows:
            return
        connection = db.session.connection()
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = self._compile(connection.dialect)
        columns = list(zip(*rows, strict=True))
        given = (
            itertools.repeat(value, len(rows)) if place is None else _converted(columns[place], how)
            for place, value, how in compiled.parameters
        )
        connection.exec_driver_sql(compiled.sql, list(zip(*given, strict=True)))

    def _compile(self, dialect: sa.Dialect) -> _Compiled:
        # The drivers take plain tuples, where SQLAlchemy would name the parameters.
        make: Any = type(dialect)
        positional = make(paramstyle="qmark" if dialect.name == "sqlite" else "format")
        keys = self._names if self._statement.is_insert else None
        found: Any = self._statement.compile(dialect=positional, column_keys=keys)
        parameters = tuple(
            self._parameter(found.binds[name], dialect) for name in found.positiontup
        )
        places = {place for place, _, _ in parameters}
        if not places.issuperset(range(len(self._names))):
            raise ValueError(f"{found} does not take all of {self._names}")
        compiled = self._compiled[dialect.name] = _Compiled(str(found), parameters)
        return compiled

    def _parameter(
        self, bind: sa.BindParameter[Any], dialect: sa.Dialect
    ) -> tuple[int | None, Any, Convert | None]:
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.key in self._names:
            return self._names.index(bind.key), None, convert
        value = bind.effective_value
        return None, convert(value) if convert else value, None


def _converted(values: Sequence[Any], convert: Convert | None) -> Iterable[Any]:
    if convert is None:
        return values
    first = values[0]
    if all(value is first for value in values):
        return itertools.repeat(convert(first), len(values))
    return map(convert, values)
