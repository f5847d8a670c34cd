"""What supervisors returned of what somebody added to notes, and is still to do."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import ACTOR_ID, bound, within
from groupnotes.clients.models import Client
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import Question, db
from groupnotes.crypto.keyring import ring
from groupnotes.notes import opening
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import GroupSession
from groupnotes.signing.entry import EntryKind
from groupnotes.signing.models import EntryReturn, NoteEntry

MOST = 50  # lines; what lies beyond comes up once the first are done


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One entry to write again, or to leave out."""

    id: uuid.UUID
    note_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    kind: EntryKind
    held_on: dt.date
    returned_at: dt.datetime


def returned_entries_of(actor: Actor) -> list[ReturnedLine]:
    """Return what was returned to the actor of notes that can be added to, the oldest first."""
    rows = db.session.execute(_returned(actor.roles), bound(actor)).all()
    keys = ring()
    keys.load({row.data_key for row in rows})
    return [
        ReturnedLine(
            id=row.entry_id,
            note_id=row.note_id,
            client_id=row.client_id,
            client_name=opening.display_name(keys, row),
            kind=row.kind,
            held_on=row.held_on,
            returned_at=row.returned_at,
        )
        for row in rows
    ]


@functools.cache
def _returned(roles: frozenset[Role]) -> Question:
    return (
        sa.select(
            EntryReturn.entry_id,
            EntryReturn.note_id,
            EntryReturn.returned_at,
            NoteEntry.kind,
            GroupSession.held_on,
            Client.id.label("client_id"),
            Client.data_key,
            Client.first_name_sealed.label("first_name"),
            Client.last_name_sealed.label("last_name"),
            Client.preferred_name_sealed.label("preferred_name"),
        )
        .join(NoteEntry, NoteEntry.id == EntryReturn.entry_id)
        .join(IndividualNote, IndividualNote.id == EntryReturn.note_id)
        .join(GroupSession, GroupSession.id == IndividualNote.session_id)
        .join(Client, Client.id == IndividualNote.client_id)
        .where(
            EntryReturn.returned_to == ACTOR_ID,
            EntryReturn.settled_at.is_(None),
            IndividualNote.status == NoteStatus.SIGNED,
            within(roles, Permission.NOTE_READ, IndividualNote),
        )
        .order_by(EntryReturn.id)
        .limit(MOST)
    )
