"""A schedule in words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.groups.recurrence_words import describe
from groupnotes.groups.schedule import Schedule

NEW_YORK = ZoneInfo("America/New_York")


def words(rrule: str, *, at: dt.time = dt.time(17), minutes: int = 90) -> str:
    return describe(Schedule(rrule, dt.date(2026, 1, 6), at, minutes, NEW_YORK))


class TestDays:
    @pytest.mark.parametrize(
        ("rrule", "days"),
        [
            ("FREQ=WEEKLY;BYDAY=TU", "Every Tuesday"),
            ("FREQ=WEEKLY", "Every Tuesday"),
            ("FREQ=WEEKLY;BYDAY=TH,TU", "Every Tuesday and Thursday"),
            ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Every Monday, Wednesday and Friday"),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
            ("FREQ=WEEKLY;INTERVAL=2", "Every 2 weeks on Tuesday"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "Every 2 weeks on Tuesday and Thursday"),
            ("FREQ=DAILY", "Every day"),
            ("FREQ=DAILY;BYDAY=MO,TU", "Every Monday and Tuesday"),
            ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
            ("FREQ=MONTHLY", "Day 6 of every month"),
            ("FREQ=MONTHLY;BYMONTHDAY=1,15", "Day 1 and day 15 of every month"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "The last day of every month"),
            ("FREQ=MONTHLY;BYMONTHDAY=-3", "Day 3 from the end of every month"),
            ("FREQ=MONTHLY;BYDAY=1TU", "The first Tuesday of every month"),
            ("FREQ=MONTHLY;BYDAY=-1FR", "The last Friday of every month"),
            ("FREQ=MONTHLY;BYDAY=-2FR", "The second to last Friday of every month"),
            (
                "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU,3TU",
                "The first Tuesday and the third Tuesday of every 2 months",
            ),
            ("FREQ=MONTHLY;BYDAY=TU", "Every Tuesday of every month"),
            (
                "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
                "The first Saturday or Sunday of every month",
            ),
        ],
    )
    def test_each_rule_has_its_words(self, rrule: str, days: str) -> None:
        assert words(rrule) == f"{days} at 5:00 pm, 90 minutes"


class TestTime:
    @pytest.mark.parametrize(
        ("at", "clock"),
        [
            (dt.time(0), "12:00 am"),
            (dt.time(9, 5), "9:05 am"),
            (dt.time(11, 59), "11:59 am"),
            (dt.time(12), "12:00 pm"),
            (dt.time(23, 30), "11:30 pm"),
        ],
    )
    def test_the_clock_has_twelve_hours(self, at: dt.time, clock: str) -> None:
        assert words("FREQ=DAILY", at=at) == f"Every day at {clock}, 90 minutes"

    def test_one_minute_is_one(self) -> None:
        assert words("FREQ=DAILY", minutes=1).endswith("pm, 1 minute")


class TestEnd:
    @pytest.mark.parametrize(
        ("end", "said"),
        [
            ("COUNT=8", ", 8 times"),
            ("COUNT=1", ", once"),
            ("UNTIL=20261218", ", until December 18, 2026"),
            ("UNTIL=20261218T170000", ", until December 18, 2026"),
        ],
    )
    def test_it_is_said(self, end: str, said: str) -> None:
        assert words(f"FREQ=DAILY;{end}") == f"Every day at 5:00 pm, 90 minutes{said}"

    def test_an_end_in_utc_is_said_as_the_local_day(self) -> None:
        assert words("FREQ=DAILY;UNTIL=20261219T030000Z").endswith(", until December 18, 2026")


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.sampled_from(["", ";INTERVAL=2"]),
    st.sampled_from(["", ";COUNT=3", ";UNTIL=20261218"]),
)
def test_every_rule_has_words(frequency: str, interval: str, end: str) -> None:
    assert words(f"FREQ={frequency}{interval}{end}").count("at 5:00 pm, 90 minutes") == 1
