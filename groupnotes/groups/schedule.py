"""When a group meets: from its recurrence rule to the starts and stops of its sessions in UTC.

A group meets by the clock on its wall: the rule is worked out in local time and the zone is put
on afterwards, so that a weekly 17:00 group stays at 17:00 across daylight saving. (With an aware
start dateutil would add 24 hours to each day, also on a day of 23.)

Two local times need a rule, RFC 5545 section 3.3.5: a time that the clocks skip in spring is
read by the offset before the change (02:30 becomes 03:30), and a time that comes twice in
autumn is its first one.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal
from zoneinfo import ZoneInfo

from dateutil import rrule as dateutil_rrule

from groupnotes.groups.recurrence import DayOfWeek, Frequency, Recurrence, RuleError, recurrence

_FREQUENCIES: Final[Mapping[Frequency, Literal[1, 2, 3]]] = {
    Frequency.DAILY: dateutil_rrule.DAILY,
    Frequency.WEEKLY: dateutil_rrule.WEEKLY,
    Frequency.MONTHLY: dateutil_rrule.MONTHLY,
}
_WEEKDAYS = (
    dateutil_rrule.MO,
    dateutil_rrule.TU,
    dateutil_rrule.WE,
    dateutil_rrule.TH,
    dateutil_rrule.FR,
    dateutil_rrule.SA,
    dateutil_rrule.SU,
)
_YEARS = range(1900, 2200)
_ZONE_MARGIN = dt.timedelta(days=2)
"""More than any zone's distance from UTC."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A standing appointment: ``first_day`` and the naive ``at``, in whole seconds, are local."""

    rrule: str
    first_day: dt.date
    at: dt.time
    minutes: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session as scheduled, in UTC."""

    starts: dt.datetime
    ends: dt.datetime


def rule_problem(rrule: str, first_day: dt.date) -> str | None:
    """Say in a sentence why a group cannot meet by this rule, or None."""
    if (problem := day_problem(first_day)) is not None:
        return problem
    try:
        rule = recurrence(rrule)
    except RuleError as error:
        return str(error)
    at_midnight = Schedule(rrule, first_day, dt.time.min, 1, ZoneInfo("UTC"))
    if next(_local_starts(at_midnight, rule), None) is None:
        return "The group would never meet by this rule; check its days, its end and the first day."
    return None


def day_problem(day: dt.date) -> str | None:
    """Say why no session can be on ``day``, or None: a year mistyped is a year refused."""
    return None if day.year in _YEARS else "Enter a date from 1900 to 2199."


def occurrences(schedule: Schedule, *, after: dt.datetime, before: dt.datetime) -> list[Occurrence]:
    """List the sessions with ``after`` <= start < ``before``, both aware.

    The first day itself counts only when the rule falls on it. Raises RuleError for a rule that
    ``rule_problem`` refuses.
    """
    rule = recurrence(schedule.rrule)
    latest = before.astimezone(dt.UTC).replace(tzinfo=None) + _ZONE_MARGIN
    local = takewhile(lambda moment: moment <= latest, _local_starts(schedule, rule))
    starts = (local_to_utc(moment.date(), moment.time(), schedule.zone) for moment in local)
    # Where a whole day was skipped (Samoa, 30 December 2011) two days fall on one instant.
    distinct = dict.fromkeys(start for start in starts if after <= start < before)
    length = dt.timedelta(minutes=schedule.minutes)
    return [Occurrence(start, start + length) for start in distinct]


def local_to_utc(day: dt.date, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Put a wall-clock time into UTC: the first of two, past a gap by the gap's length."""
    return dt.datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(dt.UTC)


def _local_starts(schedule: Schedule, rule: Recurrence) -> Iterator[dt.datetime]:
    """Run through the naive local starts, from the first day on."""
    return iter(
        dateutil_rrule.rrule(
            _FREQUENCIES[rule.frequency],
            dtstart=dt.datetime.combine(schedule.first_day, schedule.at.replace(fold=0)),
            interval=rule.interval,
            wkst=_WEEKDAYS[rule.week_start],
            count=rule.count,
            until=_local_until(rule, schedule.zone),
            bysetpos=rule.position,
            bymonthday=rule.month_days or None,
            byweekday=[_weekday(day) for day in rule.days] or None,
        )
    )


def _weekday(day: DayOfWeek) -> dateutil_rrule.weekday:
    weekday = _WEEKDAYS[day.weekday]
    return weekday if day.ordinal is None else weekday(day.ordinal)


def _local_until(rule: Recurrence, zone: ZoneInfo) -> dt.datetime | None:
    """Read the end by the wall clock; an end given as a day includes that whole day."""
    until = rule.until
    if until is None:
        return None
    if not isinstance(until, dt.datetime):
        return dt.datetime.combine(until, dt.time.max)
    return until if until.tzinfo is None else until.astimezone(zone).replace(tzinfo=None)
