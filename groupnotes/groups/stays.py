"""Stays in a group, from a first day to a last one or open; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from groupnotes.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Stay:
    """Both days count; without a last day it goes on."""

    first: dt.date
    last: dt.date | None = None

    def require_order(self) -> None:
        """Raise Invalid for a stay that ends before it begins."""
        if self.last is not None and self.last < self.first:
            raise Invalid({"ended_on": "The last day lies before the first one."})

    def covers(self, day: dt.date) -> bool:
        """Say whether ``day`` is part of the stay."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Stay) -> bool:
        """Say whether some day is part of both."""
        return self.covers(other.first) or other.covers(self.first)


def first_full_day(stays: Collection[Stay], new: Stay, capacity: int) -> dt.date | None:
    """Return the first day of ``new`` on which ``stays`` take every place, or None.

    How many are there only grows where a stay begins, so those days are all that need a look.
    """
    days = {new.first, *(stay.first for stay in stays if new.covers(stay.first))}
    return next((day for day in sorted(days) if present(stays, day) >= capacity), None)


def present(stays: Collection[Stay], day: dt.date) -> int:
    """Count the stays that ``day`` is part of."""
    return sum(stay.covers(day) for stay in stays)


def most(stays: Collection[Stay], since: dt.date) -> int:
    """Return how many there are at most on any day from ``since`` on."""
    days = {since, *(stay.first for stay in stays if stay.first > since)}
    return max(present(stays, day) for day in days)
