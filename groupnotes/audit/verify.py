"""Walk the stored log and say whether it is what was written."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit import chain
from groupnotes.audit.models import AuditEvent, AuditHead

_CHUNK = 5000  # rows fetched at a time
_COLUMNS = [column for column in AuditEvent.__table__.columns if column.name != "hash"]
# What a forged value raises: an outcome we do not have, an id that is none, bytes for text.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)


def verify(session: Session) -> tuple[int, chain.Break | None]:
    """Return how many events the log has, and where its chain first fails, if it does."""
    head = session.execute(
        sa.select(AuditHead.sequence, AuditHead.hash).where(AuditHead.id == 1)
    ).one_or_none()
    if head is None:
        return 0, chain.Break(0, "the log has no head")
    try:
        found = chain.first_break(_links(session, _CHUNK), (head.sequence, head.hash))
    except _UNREADABLE:
        found = chain.Break(_readable(session) + 1, "an event cannot be read")
    return head.sequence, found


def _readable(session: Session) -> int:
    """Return how many events from the first on hold only values that an event can hold."""
    links = _links(session, 1)
    count = 0
    while True:
        try:
            chain.canonical(next(links)[0])
        except (*_UNREADABLE, StopIteration):
            return count
        count += 1


def _links(session: Session, chunk: int) -> Iterator[tuple[chain.Event, bytes]]:
    query = (
        sa.select(*_COLUMNS, AuditEvent.hash)
        .order_by(AuditEvent.sequence)
        .execution_options(yield_per=chunk)
    )
    with session.execute(query) as rows:
        for row in rows:
            *facts, digest = row
            yield chain.Event(*facts), digest
