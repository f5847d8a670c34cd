"""Every sealed value of the product, moved or damaged in every way: it never opens again."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from groupnotes import features
from groupnotes.core.db import Base, db
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import CannotOpen, Place
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import DataKey
from groupnotes.crypto.sealed import Ciphertext
from tests.support.planted import Planted

features.blueprints()
PLACES = [
    Place(table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Ciphertext)
]
every_column = pytest.mark.parametrize("place", PLACES, ids=lambda p: f"{p.table}.{p.column}")
HEADER = 20  # bytes before the ciphertext


@dataclass(frozen=True)
class Cell:
    """One sealed value as it rests in the database."""

    place: Place
    row: uuid.UUID
    value: bytes


@pytest.fixture(scope="module")
def cells(planted: Planted) -> dict[Place, list[Cell]]:
    """Every sealed value of a practice that was filled through its pages, by its column."""
    found: dict[Place, list[Cell]] = defaultdict(list)
    with planted.app.app_context(), db.engine.connect() as connection:
        for place in PLACES:
            columns = Base.metadata.tables[place.table].c
            query = sa.select(columns.id, columns[place.column]).where(
                columns[place.column].is_not(None)
            )
            found[place] = [Cell(place, *row) for row in connection.execute(query)]
    return found


@pytest.fixture(autouse=True)
def _inside(planted: Planted) -> Iterator[None]:
    with planted.app.app_context():
        yield


def refused(place: Place, row: uuid.UUID, value: bytes) -> bool:
    """Say whether a value does not open; what it gives instead must never pass for a text."""
    try:
        ring().open(place, row, value)
    except CannotOpen as error:
        return str(error).startswith(f"{place.table}.{place.column} of {row} ")
    return False


@every_column
class TestEachColumn:
    def test_it_opens_where_it_belongs(self, cells: dict[Place, list[Cell]], place: Place) -> None:
        """Else nothing below would prove anything: fill it in tests/support/planted.py."""
        assert cells[place]

        for cell in cells[place]:
            assert ring().open(place, cell.row, cell.value)

    def test_it_opens_in_no_other_row(self, cells: dict[Place, list[Cell]], place: Place) -> None:
        rows = {cell.row for others in cells.values() for cell in others} | {new_id()}

        for cell in cells[place]:
            assert all(refused(place, row, cell.value) for row in rows - {cell.row})

    def test_it_opens_in_no_other_column_of_any_table(
        self, cells: dict[Place, list[Cell]], place: Place
    ) -> None:
        cell = cells[place][0]

        for other in (other for other in PLACES if other != place):
            rows = {cell.row} | {one.row for one in cells[other]}
            assert all(refused(other, row, cell.value) for row in rows), other

    def test_it_does_not_open_cut_short_or_made_longer(
        self, cells: dict[Place, list[Cell]], place: Place
    ) -> None:
        cell = cells[place][0]

        for length in range(len(cell.value)):
            assert refused(place, cell.row, cell.value[:length]), length
        assert refused(place, cell.row, cell.value + b"\0")
        assert refused(place, cell.row, cell.value + cell.value)

    def test_it_does_not_open_with_any_byte_flipped(
        self, cells: dict[Place, list[Cell]], place: Place
    ) -> None:
        cell = cells[place][0]

        for at in range(len(cell.value)):
            flipped = bytearray(cell.value)
            flipped[at] ^= 0x80
            assert refused(place, cell.row, bytes(flipped)), at

    def test_it_does_not_open_under_another_key(
        self, cells: dict[Place, list[Cell]], place: Place
    ) -> None:
        cell = cells[place][0]
        own = int.from_bytes(cell.value[4:8])
        numbers = set(db.session.scalars(sa.select(DataKey.number))) | {0, 2**31, 2**32 - 1}

        assert len(numbers) > 4
        for number in numbers - {own}:
            rewritten = cell.value[:4] + number.to_bytes(4) + cell.value[8:]
            assert refused(place, cell.row, rewritten), number

    def test_nothing_else_opens(self, cells: dict[Place, list[Cell]], place: Place) -> None:
        cell = cells[place][0]
        filled = bytes(len(cell.value) - HEADER)

        for other in (b"", b"\0", b"Ana", filled, cell.value[:HEADER] + filled):
            assert refused(place, cell.row, other), other
