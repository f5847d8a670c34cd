"""Business days between a session and its signature, and what is later than the practice allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.signing.content import Lateness
from groupnotes.signing.lateness import business_days, lateness

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


class TestBusinessDays:
    @pytest.mark.parametrize(
        ("after", "until", "days"),
        [
            (date(2026, 3, 3), date(2026, 3, 3), 0),
            (date(2026, 3, 3), date(2026, 3, 4), 1),
            (date(2026, 3, 6), date(2026, 3, 8), 0),
            (date(2026, 3, 6), date(2026, 3, 9), 1),
            (date(2026, 3, 3), date(2026, 3, 10), 5),
            (date(2026, 11, 25), date(2026, 11, 30), 2),  # Thanksgiving
            (date(2026, 7, 2), date(2026, 7, 6), 1),  # the Fourth on a Saturday, kept on Friday
            (date(2027, 12, 30), date(2028, 1, 3), 1),  # New Year on a Saturday, kept in December
            (date(2022, 6, 17), date(2022, 6, 21), 1),  # Juneteenth on a Sunday, kept on Monday
            (date(2027, 5, 28), date(2027, 6, 1), 1),  # Memorial Day, the last Monday of May
        ],
    )
    def test_weekends_and_federal_holidays_are_none(
        self, after: date, until: date, days: int
    ) -> None:
        assert business_days(after, until) == days

    @given(DAYS, st.integers(0, 60), st.integers(0, 60))
    def test_they_add_up(self, first: date, some: int, more: int) -> None:
        middle = first + timedelta(days=some)
        last = middle + timedelta(days=more)

        whole = business_days(first, last)

        assert whole == business_days(first, middle) + business_days(middle, last)


class TestLateness:
    def test_the_last_day_that_is_allowed_is_in_time(self) -> None:
        assert lateness(date(2026, 3, 3), date(2026, 3, 6), 3) is None
        assert lateness(date(2026, 3, 5), date(2026, 3, 10), 3) is None

    def test_the_day_after_is_late_with_its_delay(self) -> None:
        late = lateness(date(2026, 3, 5), date(2026, 3, 11), 3)

        assert late == Lateness(business_days=4, limit=3)

    @given(DAYS, st.integers(-5, 90), st.integers(1, 30))
    def test_it_is_late_just_where_the_days_are_more(
        self, held_on: date, days: int, limit: int
    ) -> None:
        signed_on = held_on + timedelta(days=days)

        late = lateness(held_on, signed_on, limit)

        assert (late is not None) == (business_days(held_on, signed_on) > limit)
