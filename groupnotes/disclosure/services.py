"""Give a client's record away, and nobody else's."""

from __future__ import annotations

import uuid

from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.disclosure import pdf
from groupnotes.disclosure.record import record_of
from groupnotes.signing import services as signing


def note_as_pdf(actor: Actor, note_id: uuid.UUID) -> bytes:
    """Return a signed note as a tagged PDF/UA-1, made from the bytes that were signed."""
    locked = signing.open_signed(actor, note_id, Permission.RECORD_PRINT, Tag.RECORD_PRINT)
    return pdf.render(record_of(locked.content, locked.digest))
