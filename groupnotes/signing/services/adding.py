"""Add to a locked note: a late entry, an addendum, or a correction. The original stays.

One that is of the wrong client or session is entered in error: it stays too, as what it is.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
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
from groupnotes.identity import rosters
from groupnotes.notes import guarding
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import canonical
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import Signer
from groupnotes.signing.entry import EntryKind, ErrorReason, NoteReference, SignedEntry, mark_of
from groupnotes.signing.models import NoteEntry
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.services.rewriting import settle, words_in, words_of

Row = Any

_ALTERED = (
    "This note is not what was signed, so nothing can be added to it. Nothing was signed. "
    "The administrator is told."
)


_SIGNED_BEFORE = (
    "This form was signed before, with other words in it. Nothing was signed now: open the note, "
    "see what was added, and add the rest."
)
_IN_ERROR = (
    "This note was entered in error meanwhile, so nothing can be added to it. Nothing was signed."
)
_CHANGED_AGAIN = (
    "The group note was changed again after this page was shown. Nothing was signed: "
    "open the note again, and see what it says now."
)
_RETRACT = sa.update(IndividualNote).values(
    status=NoteStatus.ENTERED_IN_ERROR, standing=None, version=IndividualNote.version + 1
)


@dataclass(frozen=True, slots=True)
class EntryValues:
    """What someone typed; ``id`` is that of their form, so that one form makes one entry."""

    id: uuid.UUID
    kind: EntryKind
    reason: str
    text: str
    revision: int | None = None  # of the group note, where a change of it was considered
    returned: uuid.UUID | None = None  # the entry in whose place it comes

    @property
    def permission(self) -> Permission:
        """What its signer must be allowed to do."""
        return _PERMISSIONS.get(self.kind, Permission.NOTE_ADD)


_PERMISSIONS = {EntryKind.ENTERED_IN_ERROR: Permission.NOTE_RETRACT}
_TAGS = {Permission.NOTE_ADD: Tag.NOTE_ADD, Permission.NOTE_RETRACT: Tag.NOTE_RETRACT}


def open_to_add(
    actor: Actor, note_id: uuid.UUID, permission: Permission = Permission.NOTE_ADD
) -> SignedNote:
    """Show a locked note to someone who may add to it, or say that it was entered in error."""
    amendable(actor, note_id, permission)
    return open_signed(actor, note_id)


def open_again(
    actor: Actor,
    note_id: uuid.UUID,
    entry_id: uuid.UUID,
    permission: Permission = Permission.NOTE_ADD,
) -> tuple[SignedNote, SignedEntry]:
    """Show a locked note to someone who may add to it, and what they were given back of it."""
    return open_to_add(actor, note_id, permission), words_of(actor, note_id, entry_id)


def add_entry(actor: Actor, note_id: uuid.UUID, values: EntryValues, password: str) -> None:
    """Sign an entry of a locked note, with the actor's password; the same form adds it once.

    Raises Invalid for a wrong password, NamesFound for a text that names another client of
    the session, and Conflict for a note that was altered (21 CFR 11.10(e), 11.200), for a group
    note that was changed again, or for what was returned and is settled. A note that is entered
    in error leaves its session, for another to take its place.
    """
    require(actor, values.permission, _TAGS[values.permission], object_id=note_id)
    if _is_there(actor, note_id, values):
        return
    row = amendable(actor, note_id, values.permission)
    _refuse_names(row, {"reason": values.reason, "text": values.text})
    sign_ins.confirm_password(actor, password, reason=values.permission)
    signing_queries.lock_entries(note_id)  # they are counted, and each form makes one
    if _is_there(actor, note_id, values):
        return
    locked = open_signed(actor, note_id)
    if locked.status is not NoteStatus.SIGNED:
        raise Conflict(_IN_ERROR)
    if not locked.is_sound:
        raise Conflict(_ALTERED)
    if values.revision not in {None, locked.newest_revision}:
        raise Conflict(_CHANGED_AGAIN)
    if values.returned is not None:
        settle(actor, note_id, values.returned)
    _freeze(actor, locked, values, row.data_key)
    if values.kind is EntryKind.ENTERED_IN_ERROR:
        db.session.execute(
            _RETRACT.where(IndividualNote.id == note_id).values(changed_at=clock.now())
        )
    _record(actor, row, values)


def _record(actor: Actor, row: Row, values: EntryValues) -> None:
    """Leave the event; of a note in error it tells why, in the words that were offered."""
    happening = Happening(
        _TAGS[values.permission], actor, row.client_id, "individual_notes", row.note_id
    )
    if values.kind is EntryKind.ENTERED_IN_ERROR:
        happening = replace(happening, detail=ErrorReason(values.reason))
    log.record(happening)


def amendable(
    actor: Actor, note_id: uuid.UUID, permission: Permission = Permission.NOTE_ADD
) -> Row:
    """Return a locked note of somebody who may sign beside it.

    Raises NotFound for others, and Conflict for one that was entered in error meanwhile, or
    where its author's supervisor is one that somebody wrote into the database.
    """
    tag = _TAGS[permission]
    require(actor, permission, tag, object_id=note_id)
    row = signing_queries.amendable(actor, permission, note_id)
    if row is None:
        log.record_refusal(Happening(tag, actor, None, "individual_notes", note_id))
        raise NotFound
    if row.status is NoteStatus.ENTERED_IN_ERROR:
        raise Conflict(_IN_ERROR)
    if permission is Permission.NOTE_RETRACT and row.author_id != actor.user_id:
        signing_queries.require_supervision_of(row.author_id)
    return row


def _refuse_names(row: Row, texts: dict[str, str]) -> None:
    """Refuse texts that name another client, but for words that stay in the note already."""
    around = rosters.around(row.group_id)
    found = guarding.in_texts(texts, around, row.client_id, row.note_id)
    blocking = {name: [*filter(deid.Finding.is_block, ones)] for name, ones in found.items()}
    guarding.refuse(deid.INDIVIDUAL, {name: ones for name, ones in blocking.items() if ones})


def others_in_session(
    actor: Actor, note_id: uuid.UUID, permission: Permission = Permission.NOTE_ADD
) -> deid.RosterIndex:
    """Return whom an entry of this note must not name, to put a neutral phrase there."""
    return _others(amendable(actor, note_id, permission))


def _others(row: Row) -> deid.RosterIndex:
    return rosters.around(row.group_id).roster.about(row.client_id)


def _is_there(actor: Actor, note_id: uuid.UUID, values: EntryValues) -> bool:
    """Say whether this form was signed already; raise Conflict if it said something else then."""
    found = db.session.scalar(sa.select(NoteEntry).where(NoteEntry.id == values.id))
    if found is None:
        return False
    if (found.note_id, found.signer_id) != (note_id, actor.user_id):
        raise NotFound
    said = words_in(found)
    if (said.kind, said.reason, said.text) != (values.kind, values.reason, values.text):
        raise Conflict(_SIGNED_BEFORE)
    return True


def _freeze(actor: Actor, locked: SignedNote, values: EntryValues, data_key: int) -> None:
    signer = Signer(actor, signing_queries.signer(actor), clock.now())
    review_due = signer.signature.review is not None
    content = SignedEntry(
        encounter=locked.content.encounter,
        mark=mark_of(values.id),
        version=None if review_due else next(locked.numbers),
        kind=values.kind,
        note=NoteReference(date=locked.content.session.date, sha256=locked.note.digest),
        client=locked.content.client,
        time_zone=locked.content.session.time_zone,
        reason=values.reason,
        text=values.text,
        revision=values.revision,
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
        review_due=review_due,
        signed_at=signer.signature.signed_at,
        digest=bytes.fromhex(canonical.digest(signed)),
        signature=signer.sign(signed),
        key_id=signer.key_id,
        content=signed.decode(),
    )
    db.session.add(row)
    db.session.flush()
