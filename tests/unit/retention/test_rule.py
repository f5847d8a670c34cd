"""Until when a record is kept, and what stands in the way of destroying it."""

from __future__ import annotations

import datetime as dt

import pytest

from groupnotes.retention.rule import Care, Rule, Standing, obstacles, years_after, years_before

RULE = Rule(years=10, age_of_majority=18, years_after_majority=7)
ADULT = dt.date(1970, 5, 17)
TODAY = dt.date(2026, 3, 3)
PAST, AHEAD = dt.date(2026, 3, 2), dt.date(2026, 3, 4)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class TestTheRule:
    @pytest.mark.parametrize(
        ("last", "born", "until"),
        [
            ("2012-03-06", "1970-05-17", "2022-03-06"),
            ("2012-02-29", "1970-05-17", "2022-03-01"),  # no day earlier
            ("2012-03-06", "2010-05-17", "2035-05-17"),  # 18, and 7 years
            ("2012-03-06", "1996-05-17", "2022-03-06"),  # a minor still, but the service was late
            ("2012-03-06", "1997-05-17", "2022-05-17"),
            ("2012-03-06", "2008-02-29", "2033-03-01"),
            ("2030-03-06", "2008-02-29", "2040-03-06"),
        ],
    )
    def test_it_is_the_later_of_both(self, last: str, born: str, until: str) -> None:
        assert RULE.retain_until(day(last), day(born)) == day(until)

    @pytest.mark.parametrize(("age", "until"), [(18, 2035), (19, 2036), (21, 2038)])
    def test_majority_is_the_states(self, age: int, until: int) -> None:
        found = Rule(10, age, 7).retain_until(day("2012-03-06"), day("2010-05-17"))

        assert found == dt.date(until, 5, 17)

    def test_who_came_of_age_in_care_was_a_minor_before(self) -> None:
        rule = Rule(years=5, age_of_majority=18, years_after_majority=7)

        assert rule.retain_until(day("2012-06-01"), day("1994-05-17")) == day("2019-05-17")

    @pytest.mark.parametrize("last", ["2012-02-28", "2012-02-29", "2012-03-01", "2016-03-02"])
    @pytest.mark.parametrize("today", ["2022-02-28", "2022-03-01", "2022-03-02", "2024-02-29"])
    def test_no_record_that_is_due_escapes_the_list(self, last: str, today: str) -> None:
        is_due = RULE.retain_until(day(last), ADULT) < day(today)
        is_listed = day(last) < RULE.earliest_service(day(today))

        assert is_listed or not is_due


class TestTheLastService:
    def test_it_is_the_latest_date_of_any_kind(self) -> None:
        care = Care(day("2011-12-01"), (day("2012-03-06"), None, day("2012-06-05"), None))

        assert care.last_service == day("2012-06-05")

    def test_who_was_never_served_is_known_since_registration(self) -> None:
        assert Care(day("2011-12-01"), (None, None)).last_service == day("2011-12-01")


class TestWhatStandsInTheWay:
    def test_nothing_once_the_last_day_is_over(self) -> None:
        assert obstacles(Standing(), PAST, TODAY) == []

    @pytest.mark.parametrize("until", [TODAY, AHEAD])
    def test_the_last_day_itself_and_days_to_come(self, until: dt.date) -> None:
        [found] = obstacles(Standing(), until, TODAY)

        assert "must still be kept" in found

    @pytest.mark.parametrize(
        ("standing", "word"),
        [
            (Standing(held=True), "legal hold"),
            (Standing(in_treatment=True), "in treatment"),
            (Standing(on_caseload=True), "caseload"),
            (Standing(enrolled=True), "enrolled"),
            (Standing(unsigned_notes=1), "1 progress note is not signed"),
            (Standing(unsigned_notes=2), "2 progress notes are not signed"),
            (Standing(unsigned_plans=1), "1 treatment plan is not signed"),
        ],
    )
    def test_each_alone(self, standing: Standing, word: str) -> None:
        [found] = obstacles(standing, PAST, TODAY)

        assert word in found

    def test_all_are_named_at_once(self) -> None:
        assert len(obstacles(Standing(held=True, enrolled=True), PAST, TODAY)) == 2

    def test_while_care_goes_on_no_date_is_named(self) -> None:
        [found] = obstacles(Standing(in_treatment=True), AHEAD, TODAY)

        assert "must still be kept" not in found


class TestYears:
    @pytest.mark.parametrize(
        ("text", "years", "found"),
        [
            ("2012-02-29", 4, "2016-02-29"),
            ("2012-02-29", 1, "2013-03-01"),
            ("2012-02-28", 1, "2013-02-28"),
        ],
    )
    def test_after(self, text: str, years: int, found: str) -> None:
        assert years_after(day(text), years) == day(found)

    def test_before(self) -> None:
        assert years_before(day("2024-02-29"), 10) == day("2014-03-01")
