"""What scheduling asks about sessions."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import User
from groupnotes.core.db import db
from groupnotes.groups.models import FacilitatorRole
from groupnotes.sessions.models import Attendance, GroupSession, SessionFacilitator, SessionStatus

People = dict[uuid.UUID, FacilitatorRole]

# The feature above has this table; of it scheduling asks only whether there is a note.
_NOTES = sa.table(
    "individual_notes", sa.column("session_id", sa.Uuid()), sa.column("status", sa.String())
)


def hold(session_id: uuid.UUID) -> GroupSession:
    """Return the session as it is now; others who write about it wait for us."""
    query = sa.select(GroupSession).where(GroupSession.id == session_id)
    held = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(held).one()


def coming(group_id: uuid.UUID, now: dt.datetime) -> list[GroupSession]:
    """Return the sessions from now on, and those that the rule had put there; hold them."""
    query = sa.select(GroupSession).where(
        GroupSession.group_id == group_id,
        sa.or_(GroupSession.starts_at >= now, GroupSession.rule_start >= now),
    )
    held = query.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(held))


def untouched(sessions: Collection[GroupSession], now: dt.datetime) -> list[GroupSession]:
    """Return those of ``sessions`` that the rule made and nobody has changed or documented."""
    begun = sa.select(Attendance.session_id).where(
        Attendance.session_id.in_([row.id for row in sessions])
    )
    attended = set(db.session.scalars(begun))
    return [
        row
        for row in sessions
        if row.rule_start == row.starts_at
        and row.starts_at > now
        and row.version == 1
        and row.revision == 0
        and row.status is SessionStatus.SCHEDULED
        and row.id not in attended
    ]


def remove(sessions: Collection[GroupSession]) -> None:
    """Remove sessions that nobody has touched."""
    ids = [row.id for row in sessions]
    if not ids:
        return
    _forget_facilitators(ids)
    db.session.execute(sa.delete(GroupSession).where(GroupSession.id.in_(ids)))


def update(session: GroupSession, values: Mapping[str, Any]) -> None:
    """Give an untouched session the group's values; it counts as untouched all the same."""
    changed = {name: value for name, value in values.items() if getattr(session, name) != value}
    if changed:
        db.session.execute(
            sa.update(GroupSession).where(GroupSession.id == session.id).values(**changed)
        )


def add(sessions: Sequence[Mapping[str, Any]]) -> None:
    """Add sessions; each has its id."""
    if sessions:
        db.session.execute(sa.insert(GroupSession), sessions)


def facilitators(session_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, People]:
    """Return who facilitates each of the sessions, in what role."""
    found: dict[uuid.UUID, People] = {session_id: {} for session_id in session_ids}
    rows = db.session.execute(
        sa.select(
            SessionFacilitator.session_id, SessionFacilitator.user_id, SessionFacilitator.role
        ).where(SessionFacilitator.session_id.in_(session_ids))
    )
    for row in rows:
        found[row.session_id][row.user_id] = row.role
    return found


def set_facilitators(wanted: Mapping[uuid.UUID, People]) -> None:
    """Have those people, and nobody else, facilitate each of the sessions."""
    known = facilitators(wanted.keys())
    changed = [session_id for session_id, people in wanted.items() if known[session_id] != people]
    _forget_facilitators([session_id for session_id in changed if known[session_id]])
    rows = [
        {"session_id": session_id, "user_id": user_id, "role": role}
        for session_id in changed
        for user_id, role in wanted[session_id].items()
    ]
    if rows:
        db.session.execute(sa.insert(SessionFacilitator), rows)


def labels(user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return how people sign, whether or not they still work here."""
    rows = db.session.execute(
        sa.select(User.id, User.name_sealed, User.credentials).where(User.id.in_(user_ids))
    )
    return {row.id: staff.label_of(row.id, row.name_sealed, row.credentials) for row in rows}


def is_taken(group_id: uuid.UUID, starts_at: dt.datetime, but: uuid.UUID | None = None) -> bool:
    """Say whether another session of the group starts at that moment."""
    query = sa.select(sa.literal(1)).where(
        GroupSession.group_id == group_id,
        GroupSession.starts_at == starts_at,
        GroupSession.id != but,
    )
    return db.session.scalar(query) is not None


def times_outside(session_id: uuid.UUID, starts_at: dt.datetime, ends_at: dt.datetime) -> int:
    """Count the clients who came or left at a time outside of the session."""
    came, left = Attendance.arrived_at, Attendance.departed_at
    outside = sa.or_(came < starts_at, came >= ends_at, left <= starts_at, left > ends_at)
    query = sa.select(sa.func.count()).where(Attendance.session_id == session_id, outside)
    return db.session.scalars(query).one()


def has_notes(session_id: uuid.UUID, *, signed: bool = False) -> bool:
    """Say whether a client's note of the session exists, or with ``signed`` a signed one."""
    query = sa.select(sa.literal(1)).where(_NOTES.c.session_id == session_id)
    if signed:
        query = query.where(_NOTES.c.status.in_(("awaiting_review", "signed")))
    return db.session.scalar(query.limit(1)) is not None


def _forget_facilitators(session_ids: Collection[uuid.UUID]) -> None:
    if session_ids:
        db.session.execute(
            sa.delete(SessionFacilitator).where(SessionFacilitator.session_id.in_(session_ids))
        )
