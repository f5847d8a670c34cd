"""Where the clock of the server stepped back between two events, so that their times mislead.

The order of the log is that of its numbers, whatever the clock said: this breaks no chain. But
whoever reads times should know where they cannot be relied on (45 CFR 164.312(b)).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit.models import AuditEvent
from groupnotes.core.types import UTCDateTime

# Two requests at once are timed when they begin, and numbered when they end.
TOLERATED = dt.timedelta(minutes=1)


class Step(NamedTuple):
    """Before which event the clock had gone back, and by how much."""

    sequence: int
    by: dt.timedelta


def steps_back(session: Session, after: int = 0) -> Iterator[Step]:
    """Yield each step back of more than is tolerated, after the first ``after`` events."""
    lag = sa.func.lag(AuditEvent.at, type_=UTCDateTime())
    before = lag.over(order_by=AuditEvent.sequence).label("before")
    events = sa.select(AuditEvent.sequence, AuditEvent.at, before).subquery()
    # Where they differ at all is told by the database, by how much here: each of the two
    # databases counts in a way of its own.
    later = sa.select(events).where(events.c.before > events.c.at, events.c.sequence > after)
    for sequence, at, earlier in session.execute(later.order_by(events.c.sequence)):
        if earlier - at > TOLERATED:
            yield Step(sequence, earlier - at)
