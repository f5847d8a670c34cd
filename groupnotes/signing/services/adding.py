"""Add to a locked note: a late entry, an addendum, or a correction. The original stays."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes import deid
from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.accounts import sign_ins
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, NotFound
from groupnotes.notes import opening, queries
from groupnotes.signing import canonical
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import Signer
from groupnotes.signing.entry import EntryKind, NoteReference, SignedEntry
from groupnotes.signing.models import NoteEntry
from groupnotes.signing.services.met import Met
from groupnotes.signing.services.reading import SignedNote, open_signed

Row = Any

_ALTERED = (
    "This note is not what was signed, so nothing can be added to it. Nothing was signed. "
    "The administrator is told."
)


@dataclass(frozen=True, slots=True)
class EntryValues:
    """What someone typed; ``id`` is that of their form, so that one form makes one entry."""

    id: uuid.UUID
    kind: EntryKind
    reason: str
    text: str


def open_to_add(actor: Actor, note_id: uuid.UUID) -> SignedNote:
    """Show a signed note to someone who may add to it."""
    _amendable(actor, note_id)
    return open_signed(actor, note_id)


def add_entry(actor: Actor, note_id: uuid.UUID, values: EntryValues, password: str) -> None:
    """Sign an entry of a locked note, with the actor's password; the same form adds it once.

    Raises Invalid for a wrong password, NamesFound for a text that names another client of
    the session, and Conflict for a note that was altered (21 CFR 11.10(e), 11.200).
    """
    row = _amendable(actor, note_id)
    texts = {"reason": values.reason, "text": values.text}
    deid.refuse_names(deid.INDIVIDUAL, texts, _others(row))
    sign_ins.confirm_password(actor, password, reason=Permission.NOTE_ADD)
    signing_queries.lock_entries(note_id)  # they are counted, and each form makes one
    if _is_there(actor, note_id, values.id):
        return
    locked = open_signed(actor, note_id)
    if not locked.is_sound:
        raise Conflict(_ALTERED)
    _freeze(actor, locked, values, row.data_key)
    log.record(Happening(Tag.NOTE_ADD, actor, row.client_id, "individual_notes", note_id))


def _amendable(actor: Actor, note_id: uuid.UUID) -> Row:
    require(actor, Permission.NOTE_ADD, Tag.NOTE_ADD, object_id=note_id)
    row = signing_queries.amendable(actor, note_id)
    if row is None:
        log.record_refusal(Happening(Tag.NOTE_ADD, actor, None, "individual_notes", note_id))
        raise NotFound
    return row


def others_in_session(actor: Actor, note_id: uuid.UUID) -> deid.Roster:
    """Return whom an entry of this note must not name, to put a neutral phrase there."""
    return _others(_amendable(actor, note_id))


def _others(row: Row) -> deid.Roster:
    people = queries.people(Met(row.session_id, row.group_id, row.held_on))
    opening.load_keys(people)
    return deid.others_of(opening.roster(people), row.client_id)


def _is_there(actor: Actor, note_id: uuid.UUID, entry_id: uuid.UUID) -> bool:
    found = db.session.execute(
        sa.select(NoteEntry.note_id, NoteEntry.signer_id).where(NoteEntry.id == entry_id)
    ).one_or_none()
    if found is not None and tuple(found) != (note_id, actor.user_id):
        raise NotFound
    return found is not None


def _freeze(actor: Actor, locked: SignedNote, values: EntryValues, data_key: int) -> None:
    now = clock.now().replace(microsecond=0)
    signer = Signer(actor, signing_queries.signer(actor), now)
    content = SignedEntry(
        encounter=locked.content.encounter,
        version=len(locked.entries) + 1,
        kind=values.kind,
        note=NoteReference(date=locked.content.session.date, sha256=locked.digest),
        client=locked.content.client,
        time_zone=locked.content.session.time_zone,
        reason=values.reason,
        text=values.text,
        signature=signer.signature,
    )
    signed = canonical.canonical_bytes(content)
    row = NoteEntry(
        id=values.id,
        data_key=data_key,
        note_id=locked.note_id,
        client_id=locked.client_id,
        signer_id=actor.user_id,
        kind=values.kind,
        signed_at=now,
        digest=bytes.fromhex(canonical.digest(signed)),
        signature=signer.sign(signed),
        key_id=signer.key_id,
        content=signed.decode(),
    )
    db.session.add(row)
    db.session.flush()
