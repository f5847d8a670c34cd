"""Column types: how a plain value rests in the database."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=enum.StrEnum)


class UTCDateTime(TypeDecorator[dt.datetime]):
    """An aware UTC moment; a naive one is a bug and is refused."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(
        self, value: dt.datetime | None, dialect: sa.Dialect
    ) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, dialect: sa.Dialect
    ) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


def one_of(kind: type[E]) -> sa.Enum:
    """Store the value of a ``StrEnum``, checked by the database as well."""
    return sa.Enum(
        kind,
        name="".join("_" + c.lower() if c.isupper() else c for c in kind.__name__).lstrip("_"),
        native_enum=False,
        length=max(len(member.value) for member in kind),
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
    )
