"""How old someone is."""

from __future__ import annotations

import datetime as dt

import pytest

from groupnotes.reports.chart import age_on


class TestAge:
    @pytest.mark.parametrize(
        ("day", "age"),
        [
            (dt.date(2026, 2, 27), 25),
            (dt.date(2026, 2, 28), 25),
            (dt.date(2026, 3, 1), 26),
            (dt.date(2028, 2, 29), 28),
        ],
    )
    def test_birthdays_are_counted(self, day: dt.date, age: int) -> None:
        assert age_on(day, dt.date(2000, 2, 29)) == age
