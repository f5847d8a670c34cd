"""The one place that asks the machine what time it is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def now() -> dt.datetime:
    """Return this moment, aware and in UTC."""
    return dt.datetime.now(dt.UTC)


def today(zone: str) -> dt.date:
    """Return the calendar day it is now in the IANA time zone ``zone``."""
    return now().astimezone(ZoneInfo(zone)).date()
