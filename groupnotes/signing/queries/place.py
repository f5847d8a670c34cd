"""Whether a note that was entered in error can be put back into its session."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.core.prepared import Prepared, Row
from groupnotes.notes.models import IndividualNote
from groupnotes.sessions.models import Attendance, GroupSession

_NOTE_ID = sa.bindparam("note_id", type_=sa.Uuid())
_OTHER = aliased(IndividualNote)
_HELD_SESSION = Prepared(
    sa.select(GroupSession.id)
    .where(GroupSession.id == sa.bindparam("session_id", type_=sa.Uuid()))
    .with_for_update()
)
_TAKEN = (
    sa.exists()
    .where(
        _OTHER.session_id == IndividualNote.session_id,
        _OTHER.client_id == IndividualNote.client_id,
        _OTHER.standing.is_(True),
    )
    .correlate(IndividualNote)
)
_PLACE = Prepared(
    sa.select(
        sa.case((_TAKEN, 1), else_=0).label("is_taken"),
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
    """Return the session and the attendance that a note is of, and whether another is there."""
    return _PLACE.one({"note_id": note_id})
