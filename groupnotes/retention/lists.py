"""Rows of purges and legal holds with the names of the people in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from groupnotes.core import clock
from groupnotes.retention import queries
from groupnotes.retention.models import LAPSES_AFTER, LegalHold
from groupnotes.retention.shown import DestroyedLine, HoldLine, PurgeLine

Row = Any  # of a purge, or the purge itself


def purge_lines(rows: Iterable[Row], names: Mapping[uuid.UUID, str]) -> list[PurgeLine]:
    """Return the purges as a list shows them; ``names`` are those that its reader may know."""
    rows, now = list(rows), clock.now()
    people = queries.people({row.proposed_by_id for row in rows})
    return [
        PurgeLine(
            id=row.id,
            client_id=row.client_id,
            name=names.get(row.client_id, ""),
            proposed_by=people[row.proposed_by_id],
            proposed_at=row.proposed_at,
            lapses_at=row.proposed_at + LAPSES_AFTER,
            has_lapsed=now >= row.proposed_at + LAPSES_AFTER,
        )
        for row in rows
    ]


def destroyed_lines(rows: Iterable[Any]) -> list[DestroyedLine]:
    """Return the records that were destroyed as a list shows them."""
    rows = list(rows)
    people = queries.people({row.confirmed_by_id for row in rows})
    return [
        DestroyedLine(
            id=row.id,
            client_id=row.client_id,
            confirmed_by=people[row.confirmed_by_id],
            confirmed_at=row.confirmed_at,
            is_cleared=row.cleared_at is not None,
        )
        for row in rows
    ]


def hold_lines(holds: Iterable[LegalHold], name: str) -> list[HoldLine]:
    """Return the legal holds of one client with their reasons."""
    holds = list(holds)
    people = queries.people({i for hold in holds for i in (hold.placed_by_id, hold.lifted_by_id)})
    return [
        HoldLine(
            id=hold.id,
            client_id=hold.client_id,
            name=name,
            placed_by=people[hold.placed_by_id],
            placed_at=hold.placed_at,
            reason=hold.reason,
            lifted_by=people[hold.lifted_by_id],
            lifted_at=hold.lifted_at,
        )
        for hold in holds
    ]
