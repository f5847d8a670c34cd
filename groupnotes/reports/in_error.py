"""What the author of a note must hear of: somebody marked it as entered in error."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Permission
from groupnotes.access.relations import ACTOR_ID, bound, within
from groupnotes.accounts.models import User
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import Question, db
from groupnotes.core.ids import first_of
from groupnotes.crypto.keyring import ring
from groupnotes.notes import opening, places
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.attendance import ATTENDED
from groupnotes.sessions.models import Attendance, GroupSession
from groupnotes.signing.entry import EntryKind
from groupnotes.signing.models import EntryReturn, NoteEntry

SINCE = dt.timedelta(days=30)
MOST = 50


@dataclass(frozen=True, slots=True)
class InErrorLine:
    """One note of the reader's that is no part of the record any more."""

    note_id: uuid.UUID
    session_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    held_on: dt.date
    marked_at: dt.datetime
    marked_by: str  # by the reader, where it is empty
    is_to_do: bool  # the client was there, and has no note of the session

    @property
    def next_step(self) -> str:
        """What is left to do of it."""
        if not self.is_to_do:
            return "Nothing to do"
        return "Write a new note, or correct the attendance"


def in_error_of(actor: Actor) -> list[InErrorLine]:
    """Return the actor's notes that somebody else marked of late, or that left none behind."""
    values = {**bound(actor), "since": first_of(clock.now() - SINCE)}
    rows = db.session.execute(_in_error(actor.roles), values).all()
    ring().load({row.data_key for row in rows})
    lines = (_line(actor, row) for row in rows)
    return [line for line in lines if line.is_to_do or line.marked_by]


def _line(actor: Actor, row: Any) -> InErrorLine:
    keys = ring()
    by = keys.open(places.STAFF_NAME, row.signer_id, row.signer_name)
    return InErrorLine(
        note_id=row.note_id,
        session_id=row.session_id,
        client_id=row.client_id,
        client_name=opening.display_name(keys, row),
        held_on=row.held_on,
        marked_at=row.signed_at,
        marked_by="" if row.signer_id == actor.user_id else by,
        is_to_do=row.attendance in ATTENDED and not row.is_replaced,
    )


@functools.cache
def _in_error(roles: frozenset[Role]) -> Question:
    note, other = IndividualNote, aliased(IndividualNote)
    replaced = (
        sa.exists()
        .where(
            other.session_id == note.session_id,
            other.client_id == note.client_id,
            other.standing.is_(True),
        )
        .correlate(note)
    )
    given_back = sa.exists().where(EntryReturn.entry_id == NoteEntry.id).correlate(NoteEntry)
    return (
        sa.select(
            note.id.label("note_id"),
            note.session_id,
            NoteEntry.signed_at,
            NoteEntry.signer_id,
            User.name_sealed.label("signer_name"),
            GroupSession.held_on,
            Attendance.status.label("attendance"),
            replaced.label("is_replaced"),
            Client.id.label("client_id"),
            Client.data_key,
            Client.first_name_sealed.label("first_name"),
            Client.last_name_sealed.label("last_name"),
            Client.preferred_name_sealed.label("preferred_name"),
        )
        .select_from(NoteEntry)
        .join(note, note.id == NoteEntry.note_id)
        .join(GroupSession, GroupSession.id == note.session_id)
        .join(Client, Client.id == note.client_id)
        .join(User, User.id == NoteEntry.signer_id)
        .outerjoin(
            Attendance,
            sa.and_(
                Attendance.session_id == note.session_id, Attendance.client_id == note.client_id
            ),
        )
        .where(
            NoteEntry.id >= sa.bindparam("since", type_=sa.Uuid()),
            NoteEntry.kind == EntryKind.ENTERED_IN_ERROR,
            ~given_back,
            note.status == NoteStatus.ENTERED_IN_ERROR,
            note.author_id == ACTOR_ID,
            within(roles, Permission.NOTE_READ, note),
        )
        .order_by(NoteEntry.id.desc())
        .limit(MOST)
    )
