"""Weekly rules as boxes to tick."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.groups.recurrence import WEEKDAYS
from groupnotes.groups.schedule import rule_problem
from groupnotes.groups.weekly import LONGEST, Weekly, rule, weekly

TUESDAY = dt.date(2026, 3, 3)


class TestBoxes:
    @given(st.sets(st.sampled_from(WEEKDAYS), min_size=1), st.integers(1, LONGEST))
    def test_what_is_ticked_comes_back(self, days: set[str], every: int) -> None:
        written = rule(days, every)

        assert rule_problem(written, TUESDAY) is None
        assert weekly(written, TUESDAY) == Weekly(
            tuple(day for day in WEEKDAYS if day in days), every
        )

    def test_a_rule_without_days_means_that_of_the_first_day(self) -> None:
        assert weekly("FREQ=WEEKLY", TUESDAY) == Weekly(("TU",))

    @pytest.mark.parametrize(
        "more",
        [
            "FREQ=MONTHLY;BYDAY=1TU",
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=TU;COUNT=8",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
            "FREQ=WEEKLY;INTERVAL=53",
            "no rule",
        ],
    )
    def test_what_boxes_cannot_say_is_left_as_a_rule(self, more: str) -> None:
        assert weekly(more, TUESDAY) is None
