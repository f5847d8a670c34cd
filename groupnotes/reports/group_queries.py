"""The sessions of one group with how far their notes are, as prepared statements."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes.core import keyset
from groupnotes.core.db import db
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import GroupSession, SessionStatus

COMING = 12  # sessions shown ahead


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


def coming(group_id: uuid.UUID, now: dt.datetime) -> list[SessionLine]:
    """Return the next sessions, the first one first."""
    query = (
        _lines()
        .where(GroupSession.starts_at >= sa.bindparam("now", now))
        .order_by(GroupSession.starts_at)
        .limit(COMING)
    )
    return [_line(row, now) for row in db.session.execute(query, {"group_id": group_id})]


def past(
    group_id: uuid.UUID, now: dt.datetime, before: uuid.UUID | None
) -> tuple[list[SessionLine], uuid.UUID | None]:
    """Return a page of what lies behind, newest first, and the id before which the next begins."""
    earlier = GroupSession.starts_at < sa.bindparam("now", now)
    if before is not None:
        shown = sa.select(GroupSession.starts_at).where(
            GroupSession.id == before, GroupSession.group_id == group_id
        )
        earlier = sa.and_(earlier, GroupSession.starts_at < shown.scalar_subquery())
    query = _lines().where(earlier).order_by(GroupSession.starts_at.desc())
    rows = db.session.execute(query.limit(keyset.SIZE + 1), {"group_id": group_id}).all()
    lines = [_line(row, now) for row in rows[: keyset.SIZE]]
    return lines, lines[-1].id if len(rows) > keyset.SIZE else None


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
        notes(IndividualNote.status != NoteStatus.SET_ASIDE).label("notes"),
        notes(IndividualNote.status == NoteStatus.SIGNED).label("signed"),
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
