"""Sessions are scheduled from some day: the one after the session of the cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

MORNING = dt.datetime(2026, 3, 4, 15, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield
