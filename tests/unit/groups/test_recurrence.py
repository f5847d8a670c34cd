"""Which recurrence rules a group can have, and what a refused one is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.groups.recurrence import (
    DayOfWeek,
    Frequency,
    Recurrence,
    RuleError,
    recurrence,
)


class TestRead:
    def test_a_weekly_rule(self) -> None:
        assert recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=8;WKST=SU") == Recurrence(
            frequency=Frequency.WEEKLY,
            interval=2,
            days=(DayOfWeek(1), DayOfWeek(3)),
            count=8,
            week_start=6,
        )

    @pytest.mark.parametrize(
        "text", ["RRULE:FREQ=DAILY", "freq=daily", " FREQ = DAILY ; ", "FREQ=DAILY;"]
    )
    def test_as_it_may_be_written(self, text: str) -> None:
        assert recurrence(text) == Recurrence(Frequency.DAILY)

    @pytest.mark.parametrize(
        ("days", "read"),
        [
            ("1TU", (DayOfWeek(1, 1),)),
            ("+2MO,-1FR", (DayOfWeek(0, 2), DayOfWeek(4, -1))),
            ("TU, TH, TU", (DayOfWeek(1), DayOfWeek(3))),
        ],
    )
    def test_days_of_the_month(self, days: str, read: tuple[DayOfWeek, ...]) -> None:
        assert recurrence(f"FREQ=MONTHLY;BYDAY={days}").days == read

    def test_numbered_days_of_the_month(self) -> None:
        assert recurrence("FREQ=MONTHLY;BYMONTHDAY=15,-1,15").month_days == (15, -1)

    def test_a_position_among_weekdays(self) -> None:
        assert recurrence("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1").position == -1

    @pytest.mark.parametrize(
        ("until", "read"),
        [
            ("20261218", dt.date(2026, 12, 18)),
            ("20261218T170000", dt.datetime(2026, 12, 18, 17)),  # noqa: DTZ001 - local by its meaning
            ("20261218T170000Z", dt.datetime(2026, 12, 18, 17, tzinfo=dt.UTC)),
        ],
    )
    def test_an_end(self, until: str, read: dt.date) -> None:
        found = recurrence(f"FREQ=DAILY;UNTIL={until}").until

        assert (found, type(found)) == (read, type(read))


FREQUENCY = "Use FREQ=DAILY, FREQ=WEEKLY or FREQ=MONTHLY: a group meets at most once a day."
DAYS = "BYDAY must list days as MO, TU, WE, TH, FR, SA, SU, or 1TU, -1FR."
POSITIONS = "A numbered day in BYDAY must be from 1 to 5, or from -5 to -1."
MONTH_DAYS = "BYMONTHDAY must list days from 1 to 31, or from -31 to -1."
UNTIL = "UNTIL must be a date such as 20261218, or a time such as 20261218T170000Z."
ONCE_A_DAY = "Leave out BYHOUR: a group meets once on a day, at the time given beside the rule."
SETPOS = "BYSETPOS needs FREQ=MONTHLY and days in BYDAY without numbers."


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Enter how often the group meets, for example FREQ=WEEKLY;BYDAY=TU."),
            (" RRULE: ", "Enter how often the group meets, for example FREQ=WEEKLY;BYDAY=TU."),
            ("every Tuesday", "Write each part as NAME=VALUE, for example FREQ=WEEKLY;BYDAY=TU."),
            ("FREQ=", "Write each part as NAME=VALUE, for example FREQ=WEEKLY;BYDAY=TU."),
            (
                "DTSTART:20260303T170000\nRRULE:FREQ=DAILY",
                "Enter one rule on one line; a start date or exceptions have no place here.",
            ),
            ("BYDAY=TU", FREQUENCY),
            ("FREQ=HOURLY", FREQUENCY),
            ("FREQ=SECONDLY;COUNT=3", FREQUENCY),
            ("FREQ=YEARLY", FREQUENCY),
            ("FREQ=DAILY;FREQ=DAILY", "FREQ appears twice; keep one."),
            ("FREQ=DAILY;BYHOUR=9,17", ONCE_A_DAY),
            ("FREQ=DAILY;BYMINUTE=0,30", ONCE_A_DAY.replace("BYHOUR", "BYMINUTE")),
            ("FREQ=DAILY;BYSECOND=0", ONCE_A_DAY.replace("BYHOUR", "BYSECOND")),
            ("FREQ=WEEKLY;BYMONTH=3", "Leave out BYMONTH: a group's rule cannot use it."),
            (
                f"FREQ=DAILY;{'X' * 5000}=1",
                "Leave out XXXXXXXXXXXXXXXXXXXX…: a group's rule cannot use it.",
            ),
            ("FREQ=DAILY;COUNT=3;UNTIL=20261218", "Use either COUNT or UNTIL, not both."),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be a number from 1 to 366."),
            ("FREQ=DAILY;INTERVAL=two", "INTERVAL must be a number from 1 to 366."),
            ("FREQ=DAILY;INTERVAL=٢", "INTERVAL must be a number from 1 to 366."),
            ("FREQ=DAILY;INTERVAL=1_0", "INTERVAL must be a number from 1 to 366."),
            ("FREQ=DAILY;COUNT=1001", "COUNT must be a number from 1 to 1000."),
            ("FREQ=DAILY;COUNT=99999999", "COUNT must be a number from 1 to 1000."),
            ("FREQ=WEEKLY;BYDAY=Tuesday", DAYS),
            ("FREQ=WEEKLY;BYDAY=TU,", DAYS),
            ("FREQ=WEEKLY;BYDAY=XX", "BYDAY must use the days MO, TU, WE, TH, FR, SA, SU."),
            ("FREQ=WEEKLY;WKST=XX", "WKST must use the days MO, TU, WE, TH, FR, SA, SU."),
            ("FREQ=MONTHLY;BYDAY=0TU", POSITIONS),
            ("FREQ=MONTHLY;BYDAY=6TU", POSITIONS),
            ("FREQ=WEEKLY;BYDAY=2TU", "A numbered day such as 2TU needs FREQ=MONTHLY."),
            ("FREQ=MONTHLY;BYMONTHDAY=0", MONTH_DAYS),
            ("FREQ=MONTHLY;BYMONTHDAY=32", MONTH_DAYS),
            ("FREQ=MONTHLY;BYMONTHDAY=first", MONTH_DAYS),
            ("FREQ=WEEKLY;BYMONTHDAY=15", "BYMONTHDAY needs FREQ=MONTHLY."),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Use either BYDAY or BYMONTHDAY, not both."),
            (
                "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
                "BYSETPOS must be a number from -5 to 5, but not 0.",
            ),
            ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", SETPOS),
            ("FREQ=MONTHLY;BYSETPOS=1", SETPOS),
            ("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1", SETPOS),
            (
                "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
                "For certain weekdays use FREQ=WEEKLY instead of FREQ=DAILY with INTERVAL.",
            ),
            ("FREQ=DAILY;UNTIL=tomorrow", UNTIL),
            ("FREQ=DAILY;UNTIL=20261318", UNTIL),
            ("FREQ=DAILY;UNTIL=20260230T170000Z", UNTIL),
            ("FREQ=DAILY;UNTIL=20261218T250000", UNTIL),
            ("FREQ=DAILY;UNTIL=99991231", UNTIL),
        ],
    )
    def test_with_a_sentence(self, text: str, sentence: str) -> None:
        with pytest.raises(RuleError) as refused:
            recurrence(text)

        assert str(refused.value) == sentence

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "X"]
                ),
                st.sampled_from(["DAILY", "MONTHLY", "0", "-1", "7", "2TU", "MO", "20261218", ""])
                | st.text(max_size=8),
            )
        ).map(lambda parts: ";".join(f"{name}={value}" for name, value in parts))
        | st.text()
    )
    def test_any_text_is_read_or_refused_with_a_sentence(self, text: str) -> None:
        try:
            rule = recurrence(text)
        except RuleError as refused:
            assert str(refused).endswith(".")  # noqa: PT017 - either outcome is right
        else:
            assert rule.interval >= 1
