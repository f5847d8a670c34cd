"""When something began, as exactly as it is known: a day, a month or a year. Pure."""

from __future__ import annotations

import datetime as dt
import re

_FORMS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_FIRST_YEAR = 1900
_HOW = "Type a year, a month or a day: 2024, 2024-03 or 2024-03-05."


def problem(typed: str, *, today: dt.date) -> str | None:
    """Say what is wrong with ``typed``, or None; nothing typed is nothing wrong."""
    if not typed:
        return None
    first = _first_day(typed)
    if first is None or first.year < _FIRST_YEAR:
        return _HOW
    return "The onset lies in the future." if first > today else None


def in_words(onset: str) -> str:
    """Write a sound onset as pages do: ``March 5, 2024``, ``March 2024``, ``2024``."""
    first = _first_day(onset)
    if first is None or len(onset) == len("2024"):
        return onset
    return f"{first:%B} {first.day}, {first.year}" if len(onset) > 7 else f"{first:%B} {first.year}"


def _first_day(typed: str) -> dt.date | None:
    found = _FORMS.fullmatch(typed)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
