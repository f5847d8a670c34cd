"""When a group meets, by the clock on its wall."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.groups.recurrence import RuleError
from groupnotes.groups.schedule import (
    Occurrence,
    Schedule,
    day_problem,
    local_to_utc,
    occurrences,
    rule_problem,
)

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = dt.date(2026, 1, 6)


def schedule(
    rrule: str = "FREQ=WEEKLY;BYDAY=TU",
    *,
    first_day: dt.date = TUESDAY,
    at: dt.time = dt.time(17),
    minutes: int = 90,
    zone: ZoneInfo = NEW_YORK,
) -> Schedule:
    return Schedule(rrule, first_day, at, minutes, zone)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def starts(
    of: Schedule, after: str = "2026-01-01T00:00", before: str = "2027-01-01T00:00"
) -> list[dt.datetime]:
    return [found.starts for found in occurrences(of, after=utc(after), before=utc(before))]


def wall_clocks(of: Schedule, before: str = "2027-01-01T00:00") -> list[str]:
    found = starts(of, before=before)
    return [f"{start.astimezone(of.zone):%a %Y-%m-%d %H:%M}" for start in found]


def on(of: Schedule, day: dt.date) -> list[Occurrence]:
    midnight, next_midnight = (
        local_to_utc(day + dt.timedelta(days=days), dt.time(), of.zone) for days in (0, 1)
    )
    return occurrences(of, after=midnight, before=next_midnight)


class TestOccurrences:
    def test_a_session_has_its_start_and_stop_in_utc(self) -> None:
        found = occurrences(
            schedule(), after=utc("2026-01-01T00:00"), before=utc("2026-01-08T00:00")
        )

        assert found == [Occurrence(utc("2026-01-06T22:00"), utc("2026-01-06T23:30"))]
        assert found[0].starts.tzinfo is dt.UTC

    def test_the_window_includes_its_start_and_not_its_end(self) -> None:
        found = starts(schedule(), "2026-01-06T22:00", "2026-01-13T22:00")

        assert found == [utc("2026-01-06T22:00")]

    def test_nothing_occurs_before_the_first_day(self) -> None:
        assert starts(schedule(), "2025-01-01T00:00", "2026-01-06T22:00") == []

    def test_a_first_day_off_the_rule_is_no_session(self) -> None:
        monday_start = schedule(first_day=dt.date(2026, 1, 5))

        assert wall_clocks(monday_start, "2026-01-08T00:00") == ["Tue 2026-01-06 17:00"]

    def test_without_a_weekday_it_is_that_of_the_first_day(self) -> None:
        assert wall_clocks(schedule("FREQ=WEEKLY"), "2026-01-15T00:00") == [
            "Tue 2026-01-06 17:00",
            "Tue 2026-01-13 17:00",
        ]

    def test_every_second_week_on_two_days(self) -> None:
        rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"

        assert wall_clocks(schedule(rule), "2026-01-24T00:00") == [
            "Tue 2026-01-06 17:00",
            "Thu 2026-01-08 17:00",
            "Tue 2026-01-20 17:00",
            "Thu 2026-01-22 17:00",
        ]

    def test_the_week_starts_on_the_day_it_says(self) -> None:
        from_sunday = schedule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU")

        assert wall_clocks(from_sunday, "2026-01-24T00:00") == [
            "Tue 2026-01-06 17:00",
            "Sun 2026-01-18 17:00",
            "Tue 2026-01-20 17:00",
        ]

    @pytest.mark.parametrize(
        ("rule", "days"),
        [
            ("BYDAY=1TU,3TU", ["Tue 2026-01-06", "Tue 2026-01-20", "Tue 2026-02-03"]),
            ("BYDAY=-1FR", ["Fri 2026-01-30"]),
            ("BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["Fri 2026-01-30"]),
            ("BYMONTHDAY=15", ["Thu 2026-01-15"]),
            ("BYMONTHDAY=-1", ["Sat 2026-01-31"]),
            ("INTERVAL=2", ["Tue 2026-01-06"]),
        ],
    )
    def test_monthly_rules(self, rule: str, days: list[str]) -> None:
        found = wall_clocks(schedule(f"FREQ=MONTHLY;{rule}"), "2026-02-05T00:00")

        assert found == [f"{day} 17:00" for day in days]

    def test_a_day_that_a_month_lacks_is_left_out(self) -> None:
        last = schedule("FREQ=MONTHLY", first_day=dt.date(2026, 1, 31))

        assert wall_clocks(last, "2026-05-20T00:00") == [
            "Sat 2026-01-31 17:00",
            "Tue 2026-03-31 17:00",
        ]

    def test_a_rule_with_a_count_ends(self) -> None:
        found = wall_clocks(schedule("FREQ=WEEKLY;COUNT=2"))

        assert found == ["Tue 2026-01-06 17:00", "Tue 2026-01-13 17:00"]

    def test_the_count_runs_from_the_first_day_whatever_the_window(self) -> None:
        counted = schedule("FREQ=WEEKLY;COUNT=3")

        assert starts(counted, after="2026-01-15T00:00") == [utc("2026-01-20T22:00")]

    def test_a_refused_rule_raises(self) -> None:
        with pytest.raises(RuleError, match="once on a day"):
            starts(schedule("FREQ=DAILY;BYHOUR=9"))


class TestUntil:
    def test_a_day_includes_that_whole_day(self) -> None:
        assert wall_clocks(schedule("FREQ=WEEKLY;UNTIL=20260113"))[-1] == "Tue 2026-01-13 17:00"

    def test_a_time_in_utc_is_read_in_the_zone_of_the_group(self) -> None:
        at_start = schedule("FREQ=WEEKLY;UNTIL=20260113T220000Z")
        just_before = schedule("FREQ=WEEKLY;UNTIL=20260113T215959Z")

        assert len(starts(at_start)) == 2
        assert len(starts(just_before)) == 1

    def test_a_local_time_is_read_on_the_wall(self) -> None:
        assert len(starts(schedule("FREQ=WEEKLY;UNTIL=20260113T170000"))) == 2
        assert len(starts(schedule("FREQ=WEEKLY;UNTIL=20260113T165959"))) == 1


class TestDaylightSaving:
    def test_a_weekly_group_stays_at_its_hour_all_year(self) -> None:
        clocks = [clock[-5:] for clock in wall_clocks(schedule())]

        assert clocks == ["17:00"] * 52

    def test_its_utc_hour_moves_with_the_season(self) -> None:
        winter, summer = utc("2026-03-03T22:00"), utc("2026-03-10T21:00")

        assert {winter, summer} <= set(starts(schedule()))

    @pytest.mark.parametrize(
        ("day", "stop"),
        [("2026-03-08", "04:00"), ("2026-11-01", "02:00")],
        ids=["spring", "autumn"],
    )
    def test_a_session_across_the_change_lasts_as_long_as_any(self, day: str, stop: str) -> None:
        night = schedule("FREQ=DAILY", at=dt.time(1, 30))

        [found] = on(night, dt.date.fromisoformat(day))

        assert found.ends - found.starts == dt.timedelta(minutes=90)
        assert f"{found.ends.astimezone(NEW_YORK):%H:%M}" == stop

    def test_a_time_that_the_clocks_skip_is_moved_on_by_the_gap(self) -> None:
        found = local_to_utc(dt.date(2026, 3, 8), dt.time(2, 30), NEW_YORK)

        assert found == utc("2026-03-08T07:30")
        assert f"{found.astimezone(NEW_YORK):%H:%M}" == "03:30"

    def test_a_time_that_comes_twice_is_the_first(self) -> None:
        found = local_to_utc(dt.date(2026, 11, 1), dt.time(1, 30), NEW_YORK)

        assert found == utc("2026-11-01T05:30")

    def test_a_time_marked_as_the_second_is_the_first_all_the_same(self) -> None:
        found = local_to_utc(dt.date(2026, 11, 1), dt.time(1, 30, fold=1), NEW_YORK)

        assert found == utc("2026-11-01T05:30")

    def test_a_daily_group_in_the_gap_meets_once_each_day(self) -> None:
        night = schedule("FREQ=DAILY;COUNT=3", at=dt.time(2, 30), first_day=dt.date(2026, 3, 7))

        assert wall_clocks(night) == [
            "Sat 2026-03-07 02:30",
            "Sun 2026-03-08 03:30",
            "Mon 2026-03-09 02:30",
        ]

    def test_a_day_that_a_zone_left_out_makes_no_second_session(self) -> None:
        apia = schedule(
            "FREQ=DAILY;COUNT=3", first_day=dt.date(2011, 12, 29), zone=ZoneInfo("Pacific/Apia")
        )

        found = starts(apia, "2011-12-01T00:00", "2012-02-01T00:00")

        assert found == [utc("2011-12-30T03:00"), utc("2011-12-31T03:00")]

    @given(
        zone=st.sampled_from(
            ["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
        ),
        at=st.times().map(lambda time: time.replace(microsecond=0)),
        first_day=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    )
    def test_a_daily_group_meets_each_day_near_its_hour(
        self, zone: str, at: dt.time, first_day: dt.date
    ) -> None:
        daily = schedule("FREQ=DAILY", at=at, first_day=first_day, zone=ZoneInfo(zone))
        window_start = local_to_utc(first_day, dt.time.min, daily.zone) - dt.timedelta(days=1)

        found = occurrences(daily, after=window_start, before=window_start + dt.timedelta(days=370))

        local = [one.starts.astimezone(daily.zone) for one in found]
        naive = [moment.replace(tzinfo=None) for moment in local]
        asked = [
            dt.datetime.combine(first_day, at) + dt.timedelta(days=n) for n in range(len(naive))
        ]
        assert len(naive) >= 368
        assert all(
            dt.timedelta() <= met - wanted <= dt.timedelta(hours=1)
            for met, wanted in zip(naive, asked, strict=True)
        )
        assert all(one.starts < another.starts for one, another in pairwise(found))


class TestOneDay:
    def test_a_day_of_the_rule_has_its_session(self) -> None:
        assert on(schedule(), dt.date(2026, 1, 13)) == [
            Occurrence(utc("2026-01-13T22:00"), utc("2026-01-13T23:30"))
        ]

    def test_another_day_has_none(self) -> None:
        assert on(schedule(), dt.date(2026, 1, 14)) == []

    def test_a_late_evening_belongs_to_its_local_day(self) -> None:
        late = schedule(at=dt.time(23, 30))

        [found] = on(late, dt.date(2026, 1, 6))

        assert found.starts == utc("2026-01-07T04:30")


class TestRuleProblem:
    def test_a_good_rule_has_none(self) -> None:
        assert rule_problem("FREQ=WEEKLY;BYDAY=TU", TUESDAY) is None

    def test_a_bad_one_is_told_as_it_was_read(self) -> None:
        assert rule_problem("FREQ=DAILY;INTERVAL=0", TUESDAY) == (
            "INTERVAL must be a number from 1 to 366."
        )

    @pytest.mark.parametrize(
        ("rule", "first_day"),
        [
            ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30", dt.date(2026, 2, 1)),
            ("FREQ=WEEKLY;UNTIL=20251231", TUESDAY),
            ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20260108", TUESDAY),
        ],
        ids=["no such day", "ends before it starts", "no such weekday before the end"],
    )
    def test_a_rule_that_never_meets_is_found(self, rule: str, first_day: dt.date) -> None:
        assert rule_problem(rule, first_day) == (
            "The group would never meet by this rule; check its days, its end and the first day."
        )

    @pytest.mark.parametrize("year", [1, 1899, 2200, 9999])
    def test_a_mistyped_year_is_found(self, year: int) -> None:
        day = dt.date(year, 12, 31)

        assert rule_problem("FREQ=DAILY", day) == "Enter a date from 1900 to 2199."
        assert day_problem(day) == "Enter a date from 1900 to 2199."

    @pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(2199, 12, 31)])
    def test_any_year_of_a_life_is_right(self, day: dt.date) -> None:
        assert day_problem(day) is None
        assert local_to_utc(day, dt.time.max, NEW_YORK).tzinfo is dt.UTC
