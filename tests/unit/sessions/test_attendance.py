"""Who attended for how long, and which times make sense."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.sessions.attendance import (
    AttendanceStatus,
    Span,
    attended,
    minutes,
    problems,
    span_problem,
)

PRESENT, LATE, LEFT_EARLY = (
    AttendanceStatus.PRESENT,
    AttendanceStatus.LATE,
    AttendanceStatus.LEFT_EARLY,
)
ABSENT = [AttendanceStatus.NO_SHOW, AttendanceStatus.CANCELLED, AttendanceStatus.EXCUSED]


def at(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-03-03T{clock}+00:00")


SESSION = Span(at("17:00"), at("18:30"))


class TestStatus:
    def test_only_who_was_there_attended(self) -> None:
        assert {status for status in AttendanceStatus if attended(status)} == {
            PRESENT,
            LATE,
            LEFT_EARLY,
        }

    def test_the_labels_say_how_one_was_absent(self) -> None:
        assert [status.label for status in AttendanceStatus] == [
            "Present",
            "Late",
            "Left early",
            "Absent: no-show",
            "Absent: cancelled",
            "Absent: excused",
        ]


class TestMinutes:
    def test_present_is_the_whole_session(self) -> None:
        assert minutes(PRESENT, SESSION, arrived=None, departed=None) == 90

    def test_late_counts_from_the_arrival(self) -> None:
        assert minutes(LATE, SESSION, arrived=at("17:20"), departed=None) == 70

    def test_leaving_early_counts_to_the_departure(self) -> None:
        assert minutes(LEFT_EARLY, SESSION, arrived=None, departed=at("18:00")) == 60

    @pytest.mark.parametrize("status", [LATE, LEFT_EARLY])
    def test_late_and_gone_early_counts_the_time_between(self, status: AttendanceStatus) -> None:
        assert minutes(status, SESSION, arrived=at("17:20"), departed=at("18:00")) == 40

    def test_a_minute_begun_is_not_counted(self) -> None:
        assert minutes(LATE, SESSION, arrived=at("17:20:01"), departed=None) == 69

    @pytest.mark.parametrize("status", ABSENT)
    def test_absent_is_none(self, status: AttendanceStatus) -> None:
        assert minutes(status, SESSION, arrived=None, departed=None) == 0

    def test_the_hour_that_the_clocks_skip_is_not_counted(self) -> None:
        zone = ZoneInfo("America/Chicago")
        night = Span(
            dt.datetime(2026, 3, 8, 1, 30, tzinfo=zone), dt.datetime(2026, 3, 8, 3, 30, tzinfo=zone)
        )

        assert minutes(PRESENT, night, arrived=None, departed=None) == 60


class TestProblems:
    @pytest.mark.parametrize("status", [PRESENT, *ABSENT])
    def test_no_times_are_right_for_who_was_there_all_the_time_or_not_at_all(
        self, status: AttendanceStatus
    ) -> None:
        assert problems(status, SESSION, arrived=None, departed=None) == {}

    def test_present_takes_no_times(self) -> None:
        found = problems(PRESENT, SESSION, arrived=at("17:10"), departed=at("18:00"))

        assert found == dict.fromkeys(
            ["arrived_at", "departed_at"],
            "A client who was present all the time has no times; choose “Late” or “Left early”, "
            "or clear this.",
        )

    @pytest.mark.parametrize("status", ABSENT)
    def test_absent_takes_no_times(self, status: AttendanceStatus) -> None:
        found = problems(status, SESSION, arrived=None, departed=at("18:00"))

        assert found == {
            "departed_at": "A client who was absent has no times; clear this, "
            "or choose another status."
        }

    def test_late_needs_the_arrival(self) -> None:
        found = problems(LATE, SESSION, arrived=None, departed=None)

        assert found == {"arrived_at": "Enter when the client arrived."}

    def test_left_early_needs_the_departure(self) -> None:
        found = problems(LEFT_EARLY, SESSION, arrived=None, departed=None)

        assert found == {"departed_at": "Enter when the client left."}

    def test_late_needs_no_departure_and_leaving_early_no_arrival(self) -> None:
        assert problems(LATE, SESSION, arrived=at("17:10"), departed=None) == {}
        assert problems(LEFT_EARLY, SESSION, arrived=None, departed=at("18:00")) == {}

    def test_the_ends_of_the_session_are_within_it(self) -> None:
        found = problems(LATE, SESSION, arrived=SESSION.starts, departed=SESSION.ends)

        assert found == {}

    @pytest.mark.parametrize("status", [LATE, LEFT_EARLY])
    def test_late_and_gone_early_may_have_both(self, status: AttendanceStatus) -> None:
        assert problems(status, SESSION, arrived=at("17:10"), departed=at("18:00")) == {}

    @pytest.mark.parametrize("clock", ["16:59", "18:30", "19:00"])
    def test_the_arrival_is_within_the_session(self, clock: str) -> None:
        found = problems(LATE, SESSION, arrived=at(clock), departed=None)

        assert found == {
            "arrived_at": "The arrival must be within the session: not before its start, "
            "and before its stop."
        }

    @pytest.mark.parametrize("clock", ["16:00", "17:00", "18:31"])
    def test_the_departure_is_within_the_session(self, clock: str) -> None:
        found = problems(LEFT_EARLY, SESSION, arrived=None, departed=at(clock))

        assert found == {
            "departed_at": "The departure must be within the session: after its start, "
            "and not after its stop."
        }

    @pytest.mark.parametrize("departure", ["17:10", "17:30"])
    def test_the_departure_follows_the_arrival(self, departure: str) -> None:
        found = problems(LATE, SESSION, arrived=at("17:30"), departed=at(departure))

        assert found == {"departed_at": "The departure must be after the arrival."}

    def test_both_times_outside_are_both_told(self) -> None:
        found = problems(LATE, SESSION, arrived=at("16:00"), departed=at("19:00"))

        assert found.keys() == {"arrived_at", "departed_at"}

    def test_an_arrival_outside_is_told_before_the_order_of_the_two(self) -> None:
        found = problems(LATE, SESSION, arrived=at("18:45"), departed=at("18:00"))

        assert found.keys() == {"arrived_at"}

    @given(
        status=st.sampled_from(AttendanceStatus),
        arrived=st.none() | st.integers(-30, 120),
        departed=st.none() | st.integers(-30, 120),
    )
    def test_what_is_accepted_never_counts_more_than_the_session(
        self, status: AttendanceStatus, arrived: int | None, departed: int | None
    ) -> None:
        came = None if arrived is None else SESSION.starts + dt.timedelta(minutes=arrived)
        went = None if departed is None else SESSION.starts + dt.timedelta(minutes=departed)

        if not problems(status, SESSION, arrived=came, departed=went):
            counted = minutes(status, SESSION, arrived=came, departed=went)
            assert (1 <= counted <= 90) if attended(status) else counted == 0


class TestSpan:
    def test_an_ordinary_session_is_right(self) -> None:
        assert span_problem(SESSION.starts, SESSION.ends) is None

    @pytest.mark.parametrize("stop", ["17:00", "16:00"])
    def test_the_stop_follows_the_start(self, stop: str) -> None:
        assert span_problem(at("17:00"), at(stop)) == "The stop must be after the start."

    def test_a_day_mistyped_is_found(self) -> None:
        day = dt.timedelta(days=1)

        assert span_problem(at("17:00"), at("17:00") + day) is None
        assert span_problem(at("17:00"), at("17:01") + day) == (
            "A session lasts 24 hours at most; correct the start or the stop."
        )
