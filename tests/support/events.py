"""What the audit log says, for tests to read."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import Flask

from groupnotes.audit.chain import Break
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.verify import verify
from groupnotes.core.db import db


def events(app: Flask, *, after: int = 0) -> Sequence[AuditEvent]:
    """Return the events after the one numbered ``after``, oldest first."""
    with app.app_context():
        query = sa.select(AuditEvent).where(AuditEvent.sequence > after)
        found = db.session.scalars(query.order_by(AuditEvent.sequence)).all()
        db.session.expunge_all()
        return found


def last(app: Flask) -> int:
    """Return the number of the newest event."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.max(AuditEvent.sequence))) or 0


def first_break(app: Flask) -> Break | None:
    """Verify the log; return where it was altered, or None."""
    with app.app_context():
        return verify(db.session()).broken
