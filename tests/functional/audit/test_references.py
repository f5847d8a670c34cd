"""What stands for an event's number: one for each, and nothing to count by."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from groupnotes.audit.references import reference, sequence_of
from groupnotes.core.db import db

NUMBERS = [1, 2, 3, 1_000_000, 2**63 - 1]


class TestAReference:
    def test_it_stands_for_one_number(self, app: Flask) -> None:
        with app.app_context():
            ids = [reference(db.session(), number) for number in NUMBERS]

            assert [sequence_of(db.session(), one) for one in ids] == NUMBERS
            assert ids == [reference(db.session(), number) for number in NUMBERS]
        assert len(set(ids)) == len(NUMBERS)

    def test_neighbours_have_nothing_alike(self, app: Flask) -> None:
        with app.app_context():
            one, two = (reference(db.session(), number).int for number in (7, 8))

        assert 30 < (one ^ two).bit_count() < 98

    @pytest.mark.parametrize(
        "given", [uuid.UUID(int=0), uuid.UUID(int=7), uuid.UUID(int=2**128 - 1), uuid.uuid4()]
    )
    def test_nothing_else_stands_for_any(self, app: Flask, given: uuid.UUID) -> None:
        with app.app_context():
            assert sequence_of(db.session(), given) is None
