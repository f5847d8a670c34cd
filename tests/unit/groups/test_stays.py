"""Stays in a group: which days they share, and whether there is room."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.core.errors import Invalid
from groupnotes.groups.stays import Stay, first_full_day, most, present

DAY = dt.date(2026, 3, 1)
DAYS = [DAY + dt.timedelta(days=offset) for offset in range(12)]


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    first = draw(st.integers(0, 11))
    last = draw(st.none() | st.integers(first, 11))
    return Stay(DAYS[first], None if last is None else DAYS[last])


class TestAStay:
    def test_its_last_day_counts(self) -> None:
        stay = Stay(DAYS[2], DAYS[4])

        assert [stay.covers(day) for day in DAYS[1:6]] == [False, True, True, True, False]

    @given(stays(), stays())
    def test_it_overlaps_where_some_day_is_part_of_both(self, one: Stay, other: Stay) -> None:
        far = [*DAYS, DAYS[-1] + dt.timedelta(days=1)]

        shared = any(one.covers(day) and other.covers(day) for day in far)

        assert one.overlaps(other) == other.overlaps(one) == shared

    def test_it_does_not_end_before_it_begins(self) -> None:
        with pytest.raises(Invalid, match="before the first"):
            Stay(DAYS[2], DAYS[1]).require_order()
        Stay(DAYS[2], DAYS[2]).require_order()


class TestRoom:
    @given(st.lists(stays(), max_size=8), stays(), st.integers(1, 4))
    def test_the_first_day_without_a_place_is_found(
        self, there: list[Stay], new: Stay, capacity: int
    ) -> None:
        full = [day for day in DAYS if new.covers(day) and present(there, day) >= capacity]

        assert first_full_day(there, new, capacity) == (full[0] if full else None)

    @given(st.lists(stays(), max_size=8), st.integers(0, 11))
    def test_the_most_at_once_is_counted(self, there: list[Stay], since: int) -> None:
        counted = [present(there, day) for day in DAYS[since:]]

        assert most(there, DAYS[since]) == max(counted)
