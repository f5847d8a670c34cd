"""A supervisor's queue, and the signature beside what a supervisee signed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.accounts import sign_ins
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid, NotFound
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import CannotOpen
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import canonical
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import Signer
from groupnotes.signing.content import Meaning
from groupnotes.signing.entry import NoteReference
from groupnotes.signing.models import CoSignature
from groupnotes.signing.review import SignedReview
from groupnotes.signing.services.naming import Namings
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.services.reviewing import EACH, Choice
from groupnotes.signing.services.waiting import (
    Row,
    Signed,
    Waiting,
    move,
    of_supervisees,
    reviewable,
    signer_of,
    waiting,
)
from groupnotes.signing.verification import Altered

_CHANGED = (
    "After this page was shown a note was changed, returned, or signed by another supervisor. "
    "Nothing was signed. Review what is there now, then sign again."
)
_ALTERED = (
    "A note is not what was signed, so nobody can sign beside it. Nothing was signed. "
    "The administrator is told."
)


class Queue(NamedTuple):
    """A page of what waits, the oldest first, and the note with which the next page goes on."""

    waiting: Sequence[Waiting]
    next: uuid.UUID | None
    unreadable: int  # notes that were altered so that they do not open


def review_queue(actor: Actor, after: uuid.UUID | None) -> Queue:
    """Show what waits for the actor's review, whole, with what stands out in it."""
    require(actor, Permission.NOTE_CO_SIGN, Tag.NOTE_READ)
    rows = signing_queries.waiting(actor, after)
    shown = rows[: signing_queries.WAITING]
    supervisees, sessions = signing_queries.supervisees(actor), Namings()
    opened, unreadable = [], 0
    for row in shown:
        try:
            opened.append(waiting(actor, row, supervisees, sessions))
        except (CannotOpen, Altered):
            unreadable += 1  # the administrator is told; the rest of the queue is not held up
    return Queue(opened, shown[-1].id if len(rows) > len(shown) else None, unreadable)


def co_sign(actor: Actor, choices: Sequence[Choice], password: str) -> int:
    """Sign beside what was chosen: all of it, or nothing; return how much was signed.

    ``seen`` of a choice is the digest of the very bytes that the supervisor read: the note's, or
    those of an entry of it. A note is locked by this. Raises Invalid for a wrong password, and
    Conflict where one of them is not there to be signed any more (21 CFR 11.50, 11.70, 11.200).
    """
    require(actor, Permission.NOTE_CO_SIGN, Tag.NOTE_CO_SIGN)
    if not choices:
        raise Invalid({"notes": "Tick each note that you have reviewed."})
    sign_ins.confirm_password(actor, password, reason=Permission.NOTE_CO_SIGN)
    supervisees = signing_queries.supervisees(actor)
    chosen: dict[uuid.UUID, set[str]] = {}
    for choice in choices:
        chosen.setdefault(choice.note_id, set()).add(choice.seen)
    signer = Signer(actor, signing_queries.signer(actor), clock.now(), Meaning.REVIEW)
    if len(choices) > 1 and signer.row.sign_each:
        raise Invalid({"notes": EACH})
    for note_id in sorted(chosen):
        row = reviewable(actor, note_id, lock=True)
        _co_sign_note(actor, signer, row, chosen[note_id], supervisees)
    return sum(len(seen) for seen in chosen.values())


def _co_sign_note(
    actor: Actor, signer: Signer, row: Row, seen: set[str], supervisees: frozenset[uuid.UUID]
) -> None:
    try:
        signed = open_signed(actor, row.id, Permission.NOTE_CO_SIGN)
    except NotFound:  # it was returned
        raise Conflict(_CHANGED) from None
    if not signed.is_sound:
        raise Conflict(_ALTERED)
    mine = signer.signature.signer_id
    done = {one.digest for one in signed.all if one.review and signer_of(one.review) == mine}
    chosen = [one for one in of_supervisees(signed, supervisees) if one.digest in seen - done]
    if len(chosen) != len(seen - done):
        raise Conflict(_CHANGED)
    numbers = signed.numbers
    for one in chosen:
        number = None if one is signed.note else next(numbers)
        db.session.add(_co_signature(signer, signed, one, number, row.data_key))
    db.session.flush()
    if signed.note in chosen:
        move(row.id, NoteStatus.SIGNED)
    # One event for each, so that one that is taken away is missed.
    log.record(
        *(
            Happening(Tag.NOTE_CO_SIGN, actor, row.client_id, "individual_notes", row.id)
            if one is signed.note
            else Happening(Tag.NOTE_CO_SIGN, actor, row.client_id, "note_entries", one.id)
            for one in chosen
        )
    )


def _co_signature(
    signer: Signer, signed: SignedNote, one: Signed, number: int | None, data_key: int
) -> CoSignature:
    content = SignedReview(
        encounter=signed.content.encounter,
        version=number,
        of=NoteReference(date=signed.content.session.date, sha256=one.digest),
        client=signed.content.client,
        time_zone=signed.content.session.time_zone,
        signature=signer.signature,
    )
    written = canonical.canonical_bytes(content)
    is_note = number is None
    return CoSignature(
        id=new_id(),
        data_key=data_key,
        note_id=signed.note_id,
        signature_id=one.id if is_note else None,
        entry_id=None if is_note else one.id,
        client_id=signed.client_id,
        signer_id=signer.signature.signer_id,
        signed_at=signer.signature.signed_at,
        digest=bytes.fromhex(canonical.digest(written)),
        signature=signer.sign(written),
        key_id=signer.key_id,
        content=written.decode(),
    )
