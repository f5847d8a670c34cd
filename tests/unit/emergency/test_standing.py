"""How an emergency access stands with its review, at each moment of its day."""

from __future__ import annotations

import datetime as dt

import pytest

from groupnotes.emergency.standing import Standing, Times, standing

START = dt.datetime(2026, 3, 3, 17, 0, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)
HOUR = dt.timedelta(hours=1)
WHOLE = Times(START, START + HOUR)
SHORT = Times(START, START + HOUR, START + HOUR / 2)


@pytest.mark.parametrize(
    ("times", "after", "expected"),
    [
        (WHOLE, 0 * HOUR, Standing.OPEN),
        (WHOLE, HOUR - MOMENT, Standing.OPEN),
        (WHOLE, HOUR, Standing.TO_REVIEW),
        (SHORT, HOUR / 2 - MOMENT, Standing.OPEN),
        (SHORT, HOUR / 2, Standing.TO_REVIEW),
        (WHOLE, 24 * HOUR - MOMENT, Standing.TO_REVIEW),
        (WHOLE, 24 * HOUR, Standing.OVERDUE),
        (SHORT, 24 * HOUR, Standing.OVERDUE),
    ],
)
def test_before_its_review(times: Times, after: dt.timedelta, expected: Standing) -> None:
    assert standing(times, START + after, justified=None) is expected


@pytest.mark.parametrize("after", [2 * HOUR, 48 * HOUR])
def test_its_review_is_the_last_word(after: dt.timedelta) -> None:
    assert standing(WHOLE, START + after, justified=True) is Standing.JUSTIFIED
    assert standing(WHOLE, START + after, justified=False) is Standing.NOT_JUSTIFIED


def test_it_is_over_when_it_was_ended_or_its_time_is_up() -> None:
    assert WHOLE.over_at == START + HOUR
    assert SHORT.over_at == START + HOUR / 2
