"""What becomes of an entry that was returned: its author writes it again, or leaves it out."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, NotFound
from groupnotes.crypto.keyring import ring
from groupnotes.notes import queries
from groupnotes.signing import canonical
from groupnotes.signing.content import ContentError
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.models import EntryReturn, NoteEntry
from groupnotes.signing.verification import Altered

_SETTLED = (
    "What was returned was written again, or left out, meanwhile. Nothing was signed now: open "
    "the note, see what was added, and add the rest."
)


def words_of(actor: Actor, note_id: uuid.UUID, entry_id: uuid.UUID) -> SignedEntry:
    """Return what the actor signed and was given back, for them to mend.

    Raises NotFound for what is not theirs, and Conflict for what is settled. Whether they may
    open the note was asked before.
    """
    query = (
        sa.select(NoteEntry, EntryReturn.settled_at)
        .join(EntryReturn, EntryReturn.entry_id == NoteEntry.id)
        .where(NoteEntry.id == entry_id, *_theirs(actor, note_id))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    entry, settled_at = found
    if settled_at is not None:
        raise Conflict(_SETTLED)
    ring().load({entry.data_key})
    return words_in(entry)


def words_in(entry: NoteEntry) -> SignedEntry:
    """Return what an entry says; raise Altered for one that is no signed content any more."""
    try:
        return canonical.parse_entry(entry.content.encode())
    except ContentError as error:
        raise Altered from error


def settle(actor: Actor, note_id: uuid.UUID, entry_id: uuid.UUID) -> None:
    """Take what was returned off the actor's list; raise Conflict if it is not there."""
    settled = (
        sa.update(EntryReturn)
        .where(
            EntryReturn.entry_id == entry_id,
            EntryReturn.settled_at.is_(None),
            *_theirs(actor, note_id),
        )
        .values(settled_at=clock.now())
        .returning(EntryReturn.id)
    )
    if db.session.execute(settled).one_or_none() is None:
        raise Conflict(_SETTLED)


def leave_out(actor: Actor, note_id: uuid.UUID, entry_id: uuid.UUID) -> None:
    """Let what was returned to the actor be no part of the note; it stays in history."""
    require(actor, Permission.NOTE_READ, Tag.ENTRY_LEAVE_OUT, object_id=entry_id)
    row = queries.note(actor, Permission.NOTE_READ, note_id)
    if row is None:
        log.record_refusal(Happening(Tag.ENTRY_LEAVE_OUT, actor, None, "individual_notes", note_id))
        raise NotFound
    settle(actor, note_id, entry_id)
    log.record(Happening(Tag.ENTRY_LEAVE_OUT, actor, row.client_id, "note_entries", entry_id))


def _theirs(actor: Actor, note_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return EntryReturn.note_id == note_id, EntryReturn.returned_to == actor.user_id
