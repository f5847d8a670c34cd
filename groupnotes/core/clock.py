"""The one place that asks the machine what time it is."""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

_pinned: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("pinned", default=None)


def now() -> dt.datetime:
    """Return this moment, aware and in UTC."""
    return _pinned.get() or dt.datetime.now(dt.UTC)


@contextlib.contextmanager
def pinned(moment: dt.datetime) -> Iterator[None]:
    """Let it be ``moment``: for the demo practice, which was lived in before it was made."""
    token = _pinned.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _pinned.reset(token)


def today(zone: str) -> dt.date:
    """Return the calendar day it is now in the IANA time zone ``zone``."""
    return now().astimezone(ZoneInfo(zone)).date()
