"""What waits for a supervisor: found, shown whole, with what stands out in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import NotFound
from groupnotes.identity import decisions
from groupnotes.identity.decisions import Kept
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import findings as found
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.content import SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.review import SignedReview
from groupnotes.signing.services.naming import Namings
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.verification import Opened

Row = Any
Signed = Opened[SignedContent] | Opened[SignedEntry]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One note that waits for the reader's signature beside its author's."""

    signed: SignedNote
    mine: Sequence[Signed]  # of the note and its entries, what the reader is to sign
    findings: Sequence[str]
    kept: Sequence[Kept] = ()  # words that stay although a check blocked them

    @property
    def is_whole(self) -> bool:
        """Whether the note itself waits, and not only an entry of it."""
        return self.signed.note in self.mine


def reviewable(actor: Actor, note_id: uuid.UUID, *, lock: bool = False) -> Row:
    """Return a note that the actor may review; with ``lock`` nobody else adds to it meanwhile."""
    require(actor, Permission.NOTE_CO_SIGN, Tag.NOTE_CO_SIGN, object_id=note_id)
    row = signing_queries.reviewable(actor, note_id)
    if row is None:
        log.record_refusal(Happening(Tag.NOTE_CO_SIGN, actor, None, "individual_notes", note_id))
        raise NotFound
    if lock:
        signing_queries.lock_entries(note_id)
    return row


def waiting(
    actor: Actor, row: Row, supervisees: frozenset[uuid.UUID], sessions: Namings
) -> Waiting:
    """Open a note with what of it waits for a supervisor of the ``supervisees``."""
    signed = open_signed(actor, row.id, Permission.NOTE_CO_SIGN)
    mine = list(of_supervisees(signed, supervisees))
    # Of a note that is locked nothing can be mended: only what was added to it waits.
    if signed.note not in mine:
        return Waiting(signed, mine, ())
    own = found.individual_texts(signed.content)
    names = sessions.of(row).finds(signed.content.shared, own, row.client_id, row.id)
    return Waiting(
        signed,
        mine,
        found.findings(signed.content, signed.newest_revision, names=names),
        decisions.kept(row.session_id, row.id),
    )


def of_supervisees(signed: SignedNote, supervisees: frozenset[uuid.UUID]) -> Iterator[Signed]:
    """Yield what waits for a supervisor of whoever signed it."""
    for one in signed.all:
        if one.awaits_review and signer_of(one) in supervisees:
            yield one


def signer_of(one: Signed | Opened[SignedReview]) -> uuid.UUID:
    """Return who signed."""
    return one.content.signature.signer_id


def move(note_id: uuid.UUID, status: NoteStatus, **more: Any) -> None:
    """Put a note into another state, with what else changes by that."""
    db.session.execute(
        sa.update(IndividualNote)
        .where(IndividualNote.id == note_id)
        .values(status=status, changed_at=clock.now(), version=IndividualNote.version + 1, **more)
    )
    db.session.flush()
