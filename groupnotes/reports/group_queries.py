"""The sessions of one group with how far their notes are, as prepared statements."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.core import keyset
from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import COUNTED
from groupnotes.sessions.models import GroupSession, SessionStatus

COMING = 12  # sessions on one page ahead


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of the group."""

    id: uuid.UUID
    held_on: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: str  # a word of ui.tag
    notes: int
    signed: int


def coming(
    group_id: uuid.UUID, now: dt.datetime, after: uuid.UUID | None
) -> tuple[list[SessionLine], uuid.UUID | None]:
    """Return a page of what lies ahead, the next one first, and where the following page begins."""
    ahead = GroupSession.starts_at >= sa.bindparam("now", now)
    if after is not None:
        ahead = sa.and_(ahead, GroupSession.starts_at > _start_of(group_id, after))
    query = _lines().where(ahead).order_by(GroupSession.starts_at)
    return _page(query, group_id, now, COMING)


def past(
    group_id: uuid.UUID, now: dt.datetime, before: uuid.UUID | None
) -> tuple[list[SessionLine], uuid.UUID | None]:
    """Return a page of what lies behind, newest first, and the id before which the next begins."""
    earlier = GroupSession.starts_at < sa.bindparam("now", now)
    if before is not None:
        earlier = sa.and_(earlier, GroupSession.starts_at < _start_of(group_id, before))
    query = _lines().where(earlier).order_by(GroupSession.starts_at.desc())
    return _page(query, group_id, now, keyset.SIZE)


def _start_of(group_id: uuid.UUID, session_id: uuid.UUID) -> sa.ScalarSelect[dt.datetime]:
    """Ask when a session begins at which a page ends; a group's sessions all begin apart."""
    shown = aliased(GroupSession)
    return (
        sa.select(shown.starts_at)
        .where(shown.id == session_id, shown.group_id == group_id)
        .scalar_subquery()
    )


def _page(
    query: sa.Select[*tuple[Any, ...]], group_id: uuid.UUID, now: dt.datetime, size: int
) -> tuple[list[SessionLine], uuid.UUID | None]:
    rows = db.session.execute(query.limit(size + 1), {"group_id": group_id}).all()
    lines = [_line(row, now) for row in rows[:size]]
    return lines, lines[-1].id if len(rows) > size else None


@functools.cache
def _lines() -> sa.Select[*tuple[Any, ...]]:
    def notes(*more: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.count())
            .where(IndividualNote.session_id == GroupSession.id, *more)
            .scalar_subquery()
        )

    return sa.select(
        GroupSession.id,
        GroupSession.held_on,
        GroupSession.starts_at,
        GroupSession.ends_at,
        GroupSession.status,
        GroupSession.revision,
        notes(IndividualNote.status.in_(COUNTED)).label("notes"),
        notes(IndividualNote.status.in_(COUNTED), IndividualNote.signed_at.is_not(None)).label(
            "signed"
        ),
    ).where(GroupSession.group_id == sa.bindparam("group_id", type_=sa.Uuid()))


def _line(row: Any, now: dt.datetime) -> SessionLine:
    return SessionLine(
        id=row.id,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=_state(row, now),
        notes=row.notes,
        signed=row.signed,
    )


def _state(row: Any, now: dt.datetime) -> str:
    if row.status is SessionStatus.CANCELLED:
        return "cancelled"
    if row.revision == 0:
        return "scheduled" if row.starts_at >= now else "not_documented"
    if row.notes == 0:
        return "documented"
    return "signed" if row.signed == row.notes else "in_progress"
