"""Give a client's record away, and nobody else's."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict
from groupnotes.disclosure import pdf
from groupnotes.disclosure.record import Added, Reviewed, record_of
from groupnotes.signing import export, keys, signed_file, whole
from groupnotes.signing import services as signing
from groupnotes.signing.content import SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.verification import Opened

ALTERED = (
    "This note is not what was signed, so no record of it is given out. {} "
    "The administrator is told."
)
IN_ERROR = "This note was entered in error. It is no part of the record, and is not given out."
NAMES = "names another client"
NAMES_ANOTHER = (
    "This record names another client of the group, so it is not given out. On the note’s page "
    "its author or their supervisor can see the words, and say why they stay or enter the note "
    "in error."
)
UNREVIEWED = (
    "This note, or what was added to it, waits for a supervisor’s signature. "
    "A record of it is given out once it has that."
)


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A signed note as a file, and the number that names it outside the practice."""

    encounter: str
    pdf: bytes


def note_as_pdf(actor: Actor, note_id: uuid.UUID) -> PrintedNote:
    """Print a signed note as a tagged PDF/UA-1, from the bytes that were signed.

    The practice signs it anew as it is given out, the record as a whole and the file.

    Raises Conflict for a note that is not what was signed, that was entered in error, or that
    waits for a supervisor: it never leaves the practice.
    """
    locked = signing.open_signed(actor, note_id, Permission.RECORD_PRINT, Tag.RECORD_PRINT)
    if not locked.is_sound:
        raise Conflict(ALTERED.format(locked.trouble.sentence))
    if not locked.is_given_out:
        raise Conflict(IN_ERROR if locked.is_in_error else UNREVIEWED)
    if signing.names_another(locked):
        log.record_refusal(
            Happening(Tag.RECORD_PRINT, actor, locked.client_id, "individual_notes", note_id, NAMES)
        )
        raise Conflict(NAMES_ANOTHER)
    note = locked.note
    added = [Added(one.content, one.digest, one.key, _review(one)) for one in locked.entries]
    record = record_of(note.content, note.digest, note.key, added, _review(note))
    key = keys.in_use()
    attached = export.write(locked.proofs, whole.sign(locked.proofs, key))
    return PrintedNote(record.encounter, signed_file.sign(pdf.render(record, attached), key))


def _review(signed: Opened[SignedContent] | Opened[SignedEntry]) -> Reviewed | None:
    one = signed.review
    return None if one is None else Reviewed(one.content, one.digest, one.key)
