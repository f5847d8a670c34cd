"""Whether a note is signed later than the practice allows, counted in business days. Pure.

Payers and states count so: a progress note within three business days is a common term, and an
entry after it is to say that it is late (Medicare Program Integrity Manual 3.3.2.5).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import MO, TH, relativedelta

from groupnotes.signing.content import Lateness

_WORKDAYS = 5  # of a week, from Monday on
_SATURDAY, _SUNDAY = 5, 6  # as `date.weekday` counts
# The legal public holidays (5 U.S.C. 6103(a)), each as what makes it of the first of January.
_HOLIDAYS = (
    relativedelta(),
    relativedelta(month=1, weekday=MO(3)),
    relativedelta(month=2, weekday=MO(3)),
    relativedelta(month=5, day=31, weekday=MO(-1)),
    relativedelta(month=6, day=19),
    relativedelta(month=7, day=4),
    relativedelta(month=9, weekday=MO(1)),
    relativedelta(month=10, weekday=MO(2)),
    relativedelta(month=11, day=11),
    relativedelta(month=11, weekday=TH(4)),
    relativedelta(month=12, day=25),
)


def lateness(held_on: date, signed_on: date, limit: int) -> Lateness | None:
    """Say how late a note is that is signed on ``signed_on``, if it is.

    ``limit`` is in business days after the day of the session; Saturdays, Sundays and federal
    holidays are none.
    """
    if (signed_on - held_on).days <= limit:
        return None
    days = business_days(held_on, signed_on)
    return Lateness(business_days=days, limit=limit) if days > limit else None


def business_days(after: date, until: date) -> int:
    """Count the business days after the one day, the other included."""
    weeks, rest = divmod((until - after).days, 7)
    weekdays = (after.weekday() + number for number in range(1, rest + 1))
    # New Year's Day of the next year may be kept on the last of December.
    holidays = (day for year in range(after.year, until.year + 2) for day in _kept_in(year))
    return (
        weeks * _WORKDAYS
        + sum(weekday % 7 < _WORKDAYS for weekday in weekdays)
        - sum(after < day <= until for day in holidays)
    )


@functools.cache
def _kept_in(year: int) -> frozenset[date]:
    """Return when the holidays of a year are kept (5 U.S.C. 6103(b), Executive Order 11582)."""
    return frozenset(_kept(date(year, 1, 1) + holiday for holiday in _HOLIDAYS))


def _kept(holidays: Iterator[date]) -> Iterator[date]:
    shift = {_SATURDAY: -1, _SUNDAY: 1}
    for day in holidays:
        yield day + timedelta(days=shift.get(day.weekday(), 0))
