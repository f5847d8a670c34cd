"""Sealed columns of models: ciphertext in the row, text only when it is read."""

from __future__ import annotations

import uuid
from typing import Any, Generic, TypeVar, overload

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import DataKey

T = TypeVar("T", str, str | None)


class Ciphertext(TypeDecorator[bytes]):
    """The column type by which tests and the key rotation find sealed columns."""

    impl = sa.LargeBinary
    cache_ok = True


def data_key_column(default: int | None = None) -> Mapped[int]:
    """Return the column that says which data key seals this row."""
    return mapped_column(sa.ForeignKey(DataKey.number), index=True, default=default)


def ciphertext(name: str, *, nullable: bool = False) -> Mapped[Any]:
    """Return the column ``name`` that holds the ciphertext of a ``Sealed`` attribute."""
    return mapped_column(name, Ciphertext(), nullable=nullable)


class Sealed(Generic[T]):
    """A text attribute over a ciphertext column ``<name>_sealed``.

    Reading opens the value; a value that was altered or moved raises
    CannotOpen. Assigning seals it, so ``id`` and ``data_key`` come first in
    the constructor.
    """

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._column = name
        self._attribute = f"{name}_sealed"
        self._places: dict[str, Place] = {}  # by table: a mixin's attribute is in several

    @overload
    def __get__(self, row: None, owner: type[Any]) -> Sealed[T]: ...

    @overload
    def __get__(self, row: object, owner: type[Any]) -> T: ...

    def __get__(self, row: Any, owner: type[Any]) -> Sealed[T] | T:
        if row is None:
            return self
        value: bytes | None = getattr(row, self._attribute)
        if value is None:
            return None  # type: ignore[return-value]
        return ring().open(self._at(row), row.id, value)

    def __set__(self, row: Any, value: T) -> None:
        if value is None:
            setattr(row, self._attribute, None)
            return
        row_id: uuid.UUID | None = row.id
        if row_id is None or row.data_key is None:
            raise TypeError(f"give id and data_key before {self._column}")
        sealed = ring().seal(row.data_key, self._at(row), row_id, value)
        setattr(row, self._attribute, sealed)

    def _at(self, row: Any) -> Place:
        table: str = row.__tablename__
        if table not in self._places:
            self._places[table] = Place(table, self._column)
        return self._places[table]
