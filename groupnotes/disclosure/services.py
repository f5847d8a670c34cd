"""Give a client's record away, and nobody else's."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict
from groupnotes.disclosure import pdf
from groupnotes.disclosure.record import Added, record_of
from groupnotes.signing import export
from groupnotes.signing import services as signing

ALTERED = (
    "This note is not what was signed, so no record of it is given out. {} "
    "The administrator is told."
)


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A signed note as a file, and the number that names it outside the practice."""

    encounter: str
    pdf: bytes


def note_as_pdf(actor: Actor, note_id: uuid.UUID) -> PrintedNote:
    """Print a signed note as a tagged PDF/UA-1, from the bytes that were signed.

    Raises Conflict for a note that is not what was signed: it never leaves the practice.
    """
    locked = signing.open_signed(actor, note_id, Permission.RECORD_PRINT, Tag.RECORD_PRINT)
    if not locked.is_sound:
        raise Conflict(ALTERED.format(locked.trouble.sentence))
    added = [Added(one.content, one.proof.digest.hex(), one.key) for one in locked.entries]
    record = record_of(locked.content, locked.digest, locked.key, added)
    return PrintedNote(record.encounter, pdf.render(record, export.write(locked.proofs)))
