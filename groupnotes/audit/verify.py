"""Walk the stored log and say whether it is what was written."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit import chain
from groupnotes.audit.models import AuditEvent, AuditHead

_COLUMNS = [column for column in AuditEvent.__table__.columns if column.name != "hash"]


def verify(session: Session) -> tuple[int, chain.Break | None]:
    """Return how many events the log has, and where its chain first fails, if it does."""
    head = session.execute(
        sa.select(AuditHead.sequence, AuditHead.hash).where(AuditHead.id == 1)
    ).one_or_none()
    if head is None:
        return 0, chain.Break(0, "the log has no head")
    return head.sequence, chain.first_break(_links(session), (head.sequence, head.hash))


def _links(session: Session) -> Iterator[tuple[chain.Event, bytes]]:
    rows = session.execute(
        sa.select(*_COLUMNS, AuditEvent.hash)
        .order_by(AuditEvent.sequence)
        .execution_options(yield_per=5000)
    )
    for row in rows:
        *facts, digest = row
        yield chain.Event(*facts), digest
