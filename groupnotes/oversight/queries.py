"""What pages ask of the audit log, newest first, a page at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from groupnotes.accounts import queries as staff
from groupnotes.accounts.details import StaffLine
from groupnotes.accounts.models import User
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.references import reference
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core.db import Question, db
from groupnotes.oversight.events import EventLine, Filter

PRIVATE = frozenset(tag.value for tag in Tag if tag.startswith("psychotherapy-note:"))
COLUMNS = (
    AuditEvent.sequence.label("id"),
    AuditEvent.at,
    AuditEvent.tag,
    AuditEvent.outcome,
    AuditEvent.actor_id,
    AuditEvent.client_id,
    AuditEvent.object_type,
    AuditEvent.object_id,
    AuditEvent.detail,
)


def asked(wanted: Filter, query: sa.Select[Any]) -> Question:
    """Return ``query``, whose rows are events, with only those that are ``wanted``.

    What somebody did with psychotherapy notes of theirs is left out for every reader.
    """
    conditions = {
        AuditEvent.client_id: wanted.client_id,
        AuditEvent.actor_id: wanted.actor_id,
        AuditEvent.tag: wanted.tag,
        AuditEvent.outcome: wanted.outcome,
    }
    for column, value in conditions.items():
        if value is not None:
            query = query.where(column == value)
    # No part of the client's record, and nobody's business but their author's (45 CFR 164.501);
    # that somebody else tried is told, without what they tried to open.
    query = query.where(
        sa.or_(AuditEvent.tag.not_in(PRIVATE), AuditEvent.outcome == Outcome.REFUSED)
    )
    if wanted.since is not None:
        query = query.where(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditEvent.at < wanted.until)
    return query.with_only_columns(*COLUMNS)


def newest(query: Question, most: int) -> list[Any]:
    """Return up to ``most`` rows and one more, if there are more."""
    found = db.session.execute(query.order_by(AuditEvent.sequence.desc()).limit(most + 1))
    return list(found.all())


def lines(rows: Iterable[Any]) -> list[EventLine]:
    """Return the events of ``rows`` with the people in them."""
    rows = list(rows)
    people = _people({row.actor_id for row in rows if row.actor_id is not None})
    return [
        EventLine(
            reference(db.session(), row.id),
            row.at,
            row.tag,
            row.outcome,
            row.actor_id,
            people.get(row.actor_id),
            *((None,) * 4 if row.tag in PRIVATE else _about(row)),
        )
        for row in rows
    ]


def _about(row: Any) -> tuple[Any, Any, Any, Any]:
    """Return whom and what an event is about."""
    return row.client_id, row.object_type, row.object_id, row.detail


def everybody() -> list[StaffLine]:
    """Return all who ever worked here, by name."""
    return staff.by_name(sa.select(*staff.LINE))


def _people(ids: set[uuid.UUID]) -> dict[uuid.UUID, StaffLine]:
    if not ids:
        return {}
    return {line.id: line for line in staff.by_name(sa.select(*staff.LINE).where(User.id.in_(ids)))}
