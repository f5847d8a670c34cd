"""What waits to be destroyed, what may not be, and what was."""

from __future__ import annotations

import uuid

from groupnotes.access.guard import require, scope
from groupnotes.access.policy import Permission, holds
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.keyset import Cursor, Page
from groupnotes.retention import lists, queries
from groupnotes.retention.models import Destruction, LegalHold, Purge
from groupnotes.retention.queries import Kept
from groupnotes.retention.shown import Cursors, DueRecord, HoldLine, Overview


def open_overview(actor: Actor, at: Cursors) -> Overview:
    """Return what waits for the actor, and what was destroyed."""
    query = scope(actor, Permission.PURGE_CONFIRM, Tag.PURGE_READ, Purge)
    kept = queries.kept_by()
    manages = holds(actor, Permission.RETENTION_MANAGE)
    proposed = queries.proposed(query, at.proposed)
    certified = scope(actor, Permission.PURGE_CONFIRM, Tag.PURGE_READ, Destruction)
    destroyed = queries.destroyed(certified, at.destroyed)
    names = queries.names_of({row.client_id for row in proposed.rows}) if manages else {}
    return Overview(
        rule=kept.rule,
        proposed=Page(lists.purge_lines(proposed.rows, names), proposed.older, proposed.newer),
        destroyed=Page(lists.destroyed_lines(destroyed.rows), destroyed.older, destroyed.newer),
        due=_due(actor, kept, at.due) if manages else None,
        held=_held(actor, at.held) if manages else None,
    )


def _due(actor: Actor, kept: Kept, cursor: Cursor[uuid.UUID]) -> Page[uuid.UUID]:
    """Return those whose last day is over; a page may be short of those who were minors."""
    query = scope(actor, Permission.RETENTION_MANAGE, Tag.RETENTION_LIST, Client)
    today = clock.today(kept.zone.key)
    found = queries.candidates(query, kept, today, cursor)
    lines = [
        DueRecord(one.id, one.name, until, one.held)
        for one in found.rows
        if (until := kept.rule.retain_until(one.care.last_service, one.birth_date)) < today
    ]
    return Page(lines, found.older, found.newer)


def _held(actor: Actor, cursor: Cursor[uuid.UUID]) -> Page[uuid.UUID]:
    table = LegalHold.__tablename__
    require(actor, Permission.RETENTION_MANAGE, Tag.RETENTION_LIST, object_type=table)
    log.record_shown(Happening(Tag.RETENTION_LIST, actor, None, table))
    found = queries.held(cursor)
    names = queries.names_of({row.client_id for row in found.rows})
    people = queries.people({row.placed_by_id for row in found.rows})
    lines = [
        HoldLine(
            id=row.id,
            client_id=row.client_id,
            name=names[row.client_id],
            placed_by=people[row.placed_by_id],
            placed_at=row.placed_at,
        )
        for row in found.rows
    ]
    return Page(lines, found.older, found.newer)
