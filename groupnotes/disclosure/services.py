"""Give a client's record away, and nobody else's."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.disclosure import pdf
from groupnotes.disclosure.record import record_of
from groupnotes.signing import services as signing


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A signed note as a file, and the number that names it outside the practice."""

    encounter: str
    pdf: bytes


def note_as_pdf(actor: Actor, note_id: uuid.UUID) -> PrintedNote:
    """Print a signed note as a tagged PDF/UA-1, from the bytes that were signed."""
    locked = signing.open_signed(actor, note_id, Permission.RECORD_PRINT, Tag.RECORD_PRINT)
    record = record_of(locked.content, locked.digest)
    return PrintedNote(record.encounter, pdf.render(record))
