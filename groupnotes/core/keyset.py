"""Lists a page at a time, by the id where a page ends: as quick on the last page as on the first.

Ids are UUIDv7, or numbers that count up, so their order is the order in which the rows were made.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa

from groupnotes.core.db import db


class _HasId(Protocol):
    @property
    def id(self) -> uuid.UUID: ...


L = TypeVar("L", bound=_HasId)
K = TypeVar("K", uuid.UUID, int)

SIZE = 25  # rows of one page


@dataclass(frozen=True, slots=True)
class Cursor(Generic[K]):
    """Which page is asked for: the one that ends right before, or begins right after, an id."""

    before: K | None = None
    after: K | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[K]):
    """Some rows, newest first, and the cursors of the pages around them."""

    rows: Sequence[Any]
    older: K | None = None
    newer: K | None = None


def newest_first(
    query: sa.Select[*tuple[Any, ...]], key: Any, cursor: Cursor[K], *, size: int = SIZE
) -> Page[K]:
    """Return the page of ``query`` at ``cursor``; ``key`` is its id column, named ``id``."""
    if cursor.after is not None:
        query = query.where(key > cursor.after).order_by(key.asc())
    else:
        query = query.order_by(key.desc())
        if cursor.before is not None:
            query = query.where(key < cursor.before)
    rows = list(db.session.execute(query.limit(size + 1)).all())
    more, rows = len(rows) > size, rows[:size]
    if cursor.after is not None:
        rows.reverse()
        return _page(cursor, rows, older=True, newer=more)
    return _page(cursor, rows, older=more, newer=cursor.before is not None)


def by_name(lines: Sequence[L], after: uuid.UUID | None) -> tuple[Sequence[L], uuid.UUID | None]:
    """Return the page of ``lines`` that follows an id, and the id that the next one follows.

    For short lists of sealed names, which no database can sort: they come whole, and sorted.
    """
    ids = [line.id for line in lines]
    start = ids.index(after) + 1 if after in ids else 0
    end = start + SIZE
    return lines[start:end], ids[end - 1] if end < len(ids) else None


def _page(_cursor: Cursor[K], rows: list[Any], *, older: bool, newer: bool) -> Page[K]:
    if not rows:
        return Page(rows)
    return Page(
        rows,
        older=rows[-1].id if older else None,
        newer=rows[0].id if newer else None,
    )
