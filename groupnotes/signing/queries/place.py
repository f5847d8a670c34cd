"""Whether a note that was entered in error can be put back into its session."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.core.db import db
from groupnotes.core.prepared import Prepared, Row
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import Attendance, GroupSession

_NOTE_ID = sa.bindparam("note_id", type_=sa.Uuid())
_OTHER = aliased(IndividualNote)
_HELD_SESSION = Prepared(
    sa.select(GroupSession.id)
    .where(GroupSession.id == sa.bindparam("session_id", type_=sa.Uuid()))
    .with_for_update()
)
_TAKEN_BY = (
    sa.select(_OTHER.id)
    .where(
        _OTHER.session_id == IndividualNote.session_id,
        _OTHER.client_id == IndividualNote.client_id,
        _OTHER.standing.is_(True),
    )
    .correlate(IndividualNote)
    .scalar_subquery()
)
_PLACE = Prepared(
    sa.select(
        _TAKEN_BY.label("taken_by"),
        GroupSession.status,
        GroupSession.held_on,
        GroupSession.starts_at,
        GroupSession.ends_at,
        GroupSession.modality,
        GroupSession.service_code,
        GroupSession.place_of_service,
        Attendance.status.label("attendance"),
        Attendance.arrived_at,
        Attendance.departed_at,
    )
    .select_from(IndividualNote)
    .join(GroupSession, GroupSession.id == IndividualNote.session_id)
    .outerjoin(
        Attendance,
        sa.and_(
            Attendance.session_id == IndividualNote.session_id,
            Attendance.client_id == IndividualNote.client_id,
        ),
    )
    .where(IndividualNote.id == _NOTE_ID)
)


def lock_session(session_id: uuid.UUID) -> None:
    """Let nobody else document the session until this transaction ends."""
    _HELD_SESSION.one({"session_id": session_id})


def place_of(note_id: uuid.UUID) -> Row:
    """Return the session and the attendance that a note is of, and which other is there."""
    return _PLACE.one({"note_id": note_id})


_EARLIER = (
    sa.exists()
    .where(
        _OTHER.session_id == IndividualNote.session_id,
        _OTHER.client_id == IndividualNote.client_id,
        _OTHER.standing.is_(False),
    )
    .correlate(IndividualNote)
)


def step_aside(note_id: uuid.UUID, now: dt.datetime) -> bool:
    """Let a draft in which nobody wrote make room; return whether it was one, and did.

    It is kept, as every note is; but there is room for only one beside a note that stands.
    """
    stepped = (
        sa.update(IndividualNote)
        .where(
            IndividualNote.id == note_id,
            IndividualNote.status == NoteStatus.DRAFT,
            IndividualNote.has_text.is_(False),
            ~_EARLIER,
        )
        .values(
            status=NoteStatus.SET_ASIDE,
            standing=False,
            changed_at=now,
            version=IndividualNote.version + 1,
        )
        .returning(IndividualNote.id)
    )
    return db.session.execute(stepped).one_or_none() is not None
