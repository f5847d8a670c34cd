"""Show what was signed and given back: no part of the record, and kept for who answers for it.

21 CFR 11.10(e): what was recorded before stays to be read when it is changed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.errors import NotFound
from groupnotes.crypto.blob import CannotOpen
from groupnotes.notes import opening, queries
from groupnotes.notes.opening import Returned
from groupnotes.signing import queries as signing_queries
from groupnotes.signing import verification
from groupnotes.signing.content import SignedContent
from groupnotes.signing.entry import SignedEntry
from groupnotes.signing.proof import Verdict
from groupnotes.signing.returned import return_of
from groupnotes.signing.verification import Altered, Opened

Row = Any


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One signature that a supervisor's return withdrew.

    Of ``note`` and ``entry`` it has what was signed, or neither where that cannot be read.
    """

    id: uuid.UUID  # of the return
    what: str
    returned: Returned
    note: Opened[SignedContent] | None = None
    entry: Opened[SignedEntry] | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All that was signed of a note and given back, the oldest first, as far as its reader may."""

    note_id: uuid.UUID
    is_signed: bool  # now
    withdrawn: Sequence[Withdrawn]


def open_history(actor: Actor, note_id: uuid.UUID) -> History:
    """Show what was signed and withdrawn, verified: to the note's author and their supervisors.

    Somebody else who signed an entry of it sees what they were given back of that.
    """
    tag = Tag.HISTORY_READ
    require(actor, Permission.NOTE_READ, tag, object_type="individual_notes", object_id=note_id)
    row = queries.note(actor, Permission.NOTE_READ, note_id)
    is_whole = queries.note(actor, Permission.NOTE_HISTORY, note_id) is not None
    found = [] if row is None else list(_withdrawn(actor, row, is_whole=is_whole))
    if row is None or not (is_whole or found):
        log.record_refusal(Happening(tag, actor, None, "individual_notes", note_id))
        raise NotFound
    log.record_shown(Happening(tag, actor, row.client_id, "individual_notes", note_id))
    in_order = sorted(found, key=lambda one: (one.returned.at, one.id))
    return History(note_id, row.status.is_frozen, in_order)


def _withdrawn(actor: Actor, row: Row, *, is_whole: bool) -> Iterator[Withdrawn]:
    if is_whole:
        yield from _of_note(actor, row)
    for one in signing_queries.entries(row.id):
        if one.return_id is not None and (is_whole or one.returned_to == actor.user_id):
            entry = _read(actor, row, partial(_entry, actor, row.id, one))
            yield Withdrawn(one.return_id, one.kind.label, return_of(one), entry=entry)


def _of_note(actor: Actor, row: Row) -> Iterator[Withdrawn]:
    returns = queries.returns(row.id)
    signatures = {one.id: one for one in signing_queries.every_signature(row.id, withdrawn=True)}
    for one, returned in zip(returns, opening.returns(returns), strict=True):
        signature = signatures.get(one.signature_id)
        note = _read(actor, row, partial(_note, signature))
        yield Withdrawn(one.id, "The note", returned, note=note)


def _note(signature: Row | None) -> Opened[SignedContent]:
    if signature is None:
        raise Altered
    note = verification.open_withdrawn(signature)
    verification.require_same_note(note.content, verification.its_by_its_rows(signature))
    return note


def _entry(actor: Actor, note_id: uuid.UUID, row: Row) -> Opened[SignedEntry]:
    signature = signing_queries.signature(actor, Permission.NOTE_READ, note_id)
    if signature is None:
        raise Altered
    return verification.open_returned(row, verification.its_by_its_rows(signature))


def _read(actor: Actor, row: Row, read: Callable[[], Opened[Any]]) -> Opened[Any] | None:
    """Open one, or None; the administrator is told of what is not what was signed."""
    try:
        found = read()
    except (CannotOpen, Altered):
        verification.tell(actor, row.id, row.client_id, Verdict.UNREADABLE)
        return None
    if not found.is_verified:
        verification.tell(actor, row.id, row.client_id, found.verdict)
    return found
