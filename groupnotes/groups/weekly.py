"""Weekly rules as boxes to tick: from weekdays to an RRULE, and back where that is all it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from groupnotes.groups.recurrence import WEEKDAYS, Frequency, RuleError, recurrence

LONGEST = 52  # weeks between two meetings


@dataclass(frozen=True, slots=True)
class Weekly:
    """Certain weekdays (``MO`` to ``SU``), every so many weeks."""

    days: tuple[str, ...]
    every: int = 1


def rule(days: Iterable[str], every: int) -> str:
    """Write the RFC 5545 rule of a group that meets on ``days`` every ``every`` weeks."""
    chosen = set(days)
    listed = ",".join(day for day in WEEKDAYS if day in chosen)
    interval = f"INTERVAL={every};" if every > 1 else ""
    return f"FREQ=WEEKLY;{interval}BYDAY={listed}"


def weekly(rrule: str, first_day: dt.date) -> Weekly | None:
    """Return ``rrule`` as boxes, or None when they could not say all of it."""
    try:
        read = recurrence(rrule)
    except RuleError:
        return None
    more = read.count or read.until or read.week_start
    if read.frequency is not Frequency.WEEKLY or more or read.interval > LONGEST:
        return None
    weekdays = {day.weekday for day in read.days} or {first_day.weekday()}
    return Weekly(tuple(WEEKDAYS[weekday] for weekday in sorted(weekdays)), read.interval)
