"""What a supervisor does with what a supervisee signed: sign beside it, or return it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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
from groupnotes.core.errors import Conflict, Invalid, NotFound
from groupnotes.core.ids import new_id
from groupnotes.crypto.blob import CannotOpen
from groupnotes.notes import guarding, opening, queries
from groupnotes.notes.models import IndividualNote, NoteReturn
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import canonical
from groupnotes.signing import findings as found
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import Signer
from groupnotes.signing.content import Meaning, SignedContent
from groupnotes.signing.entry import NoteReference, SignedEntry
from groupnotes.signing.models import CoSignature
from groupnotes.signing.review import SignedReview
from groupnotes.signing.services.met import Met
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.services.reviewing import EACH, Choice
from groupnotes.signing.verification import Opened

Row = Any
Signed = Opened[SignedContent] | Opened[SignedEntry]

_CHANGED = (
    "After this page was shown a note was changed, returned, or signed by another supervisor. "
    "Nothing was signed. Review what is there now, then sign again."
)
_ALTERED = (
    "A note is not what was signed, so nobody can sign beside it. Nothing was signed. "
    "The administrator is told."
)
_NOT_WAITING = "This note does not wait for your review any more. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Waiting:
    """One note that waits for the reader's signature beside its author's."""

    signed: SignedNote
    mine: Sequence[Signed]  # of the note and its entries, what the reader is to sign
    findings: Sequence[str]

    @property
    def is_whole(self) -> bool:
        """Whether the note itself waits, so that it can be returned, and not only an entry."""
        return self.signed.note in self.mine


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
    supervisees = signing_queries.supervisees(actor)
    waiting, unreadable = [], 0
    for row in shown:
        try:
            waiting.append(_waiting(actor, row, supervisees))
        except CannotOpen:  # the administrator is told; the rest of the queue is not held up
            unreadable += 1
    return Queue(waiting, shown[-1].id if len(rows) > len(shown) else None, unreadable)


def open_to_return(actor: Actor, note_id: uuid.UUID) -> Waiting:
    """Show a note that waits for the actor's review, to be given back to its author."""
    row = _found(actor, note_id)
    waiting = _waiting(actor, row, signing_queries.supervisees(actor))
    if not waiting.is_whole:
        raise Conflict(_NOT_WAITING)
    return waiting


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
        row = _found(actor, note_id, lock=True)
        _co_sign_note(actor, signer, row, chosen[note_id], supervisees)
    return sum(len(seen) for seen in chosen.values())


def return_note(actor: Actor, note_id: uuid.UUID, comment: str, *, seen: str) -> None:
    """Withdraw the author's signature, which stays in history: the note is a draft again.

    Raises NamesFound for a comment that names another client of the session, and Conflict when
    the note does not wait for the actor any more, or is not the one they read.
    """
    row = _found(actor, note_id, lock=True)
    deid.refuse_names(deid.INDIVIDUAL, {"comment": comment}, _others(row))
    try:
        waiting = _waiting(actor, row, signing_queries.supervisees(actor))
    except NotFound:  # it was returned a moment ago
        raise Conflict(_NOT_WAITING) from None
    if not waiting.is_whole or waiting.signed.note.digest != seen:
        raise Conflict(_NOT_WAITING)
    now = clock.now()
    db.session.add(
        NoteReturn(
            id=new_id(),
            data_key=row.data_key,
            note_id=note_id,
            signature_id=waiting.signed.note.id,
            client_id=row.client_id,
            returned_by=actor.user_id,
            returned_at=now,
            comment=comment,
        )
    )
    _move(note_id, NoteStatus.DRAFT, group_revision_id=None, signed_at=None)
    log.record(Happening(Tag.NOTE_RETURN, actor, row.client_id, "individual_notes", note_id))


def others_in_session(actor: Actor, note_id: uuid.UUID) -> deid.Roster:
    """Return whom a comment on this note must not name, to put a neutral phrase there."""
    return _others(_found(actor, note_id))


def _found(actor: Actor, note_id: uuid.UUID, *, lock: bool = False) -> Row:
    require(actor, Permission.NOTE_CO_SIGN, Tag.NOTE_CO_SIGN, object_id=note_id)
    row = signing_queries.reviewable(actor, note_id)
    if row is None:
        log.record_refusal(Happening(Tag.NOTE_CO_SIGN, actor, None, "individual_notes", note_id))
        raise NotFound
    if lock:
        signing_queries.lock_entries(note_id)
    return row


def _waiting(actor: Actor, row: Row, supervisees: frozenset[uuid.UUID]) -> Waiting:
    signed = open_signed(actor, row.id, Permission.NOTE_CO_SIGN)
    mine = list(_mine(signed, supervisees))
    # Of a note that is locked nothing can be mended: only what was added to it waits.
    if signed.note not in mine:
        return Waiting(signed, mine, ())
    names = _names_others(row, signed.content)
    return Waiting(
        signed, mine, found.findings(signed.content, signed.newest_revision, names=names)
    )


def _mine(signed: SignedNote, supervisees: frozenset[uuid.UUID]) -> Iterator[Signed]:
    """Yield what waits for a supervisor of whoever signed it."""
    for one in signed.all:
        if one.awaits_review and _signer_of(one) in supervisees:
            yield one


def _names_others(row: Row, content: SignedContent) -> bool:
    met = _met(row)
    group, session = queries.people_of_group(met), queries.people(met)
    opening.load_keys(group, session)
    check = deid.NameCheck(opening.roster(session))
    return bool(
        deid.NameCheck(opening.roster(group)).found(guarding.shared_texts(content.shared))
        or check.found(found.individual_texts(content), but=row.client_id)
    )


def _others(row: Row) -> deid.Roster:
    people = queries.people(_met(row))
    opening.load_keys(people)
    return deid.others_of(opening.roster(people), row.client_id)


def _met(row: Row) -> Met:
    return Met(row.session_id, row.group_id, row.held_on)


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
    done = {one.digest for one in signed.all if one.review and _signer_of(one.review) == mine}
    chosen = [one for one in _mine(signed, supervisees) if one.digest in seen - done]
    if len(chosen) != len(seen - done):
        raise Conflict(_CHANGED)
    numbers = signed.numbers
    for one in chosen:
        number = None if one is signed.note else next(numbers)
        db.session.add(_co_signature(signer, signed, one, number, row.data_key))
    db.session.flush()
    if signed.note in chosen:
        _move(row.id, NoteStatus.SIGNED)
    # One event for each, so that one that is taken away is missed.
    log.record(
        *(
            Happening(Tag.NOTE_CO_SIGN, actor, row.client_id, "individual_notes", row.id)
            if one is signed.note
            else Happening(Tag.NOTE_CO_SIGN, actor, row.client_id, "note_entries", one.id)
            for one in chosen
        )
    )


def _signer_of(one: Signed | Opened[SignedReview]) -> uuid.UUID:
    return one.content.signature.signer_id


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


def _move(note_id: uuid.UUID, status: NoteStatus, **more: None) -> None:
    db.session.execute(
        sa.update(IndividualNote)
        .where(IndividualNote.id == note_id)
        .values(status=status, changed_at=clock.now(), version=IndividualNote.version + 1, **more)
    )
    db.session.flush()
