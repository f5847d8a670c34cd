"""Review notes and sign them; show what was signed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

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
from groupnotes.crypto.blob import CannotOpen, Place
from groupnotes.crypto.keyring import ring
from groupnotes.notes import guarding, note_queries, opening, queries, readiness
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.signing import assembly, canonical
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import ToSign
from groupnotes.signing.content import SignedContent
from groupnotes.signing.models import Signature, SignatureMeaning

Row = Any

_CONTENT = Place("signatures", "content")
_NOTES = cast(sa.Table, IndividualNote.__table__)
_NEW_SIGNATURES = sa.insert(cast(sa.Table, Signature.__table__))
_LOCK_NOTES = (
    sa.update(_NOTES)
    .where(
        _NOTES.c.id == sa.bindparam("note_id"),
        _NOTES.c.version == sa.bindparam("seen_version"),
        _NOTES.c.status == NoteStatus.DRAFT,
    )
    .values(
        status=NoteStatus.SIGNED,
        group_revision_id=sa.bindparam("revision_id"),
        signed_at=sa.bindparam("now"),
        changed_at=sa.bindparam("now"),
        version=_NOTES.c.version + 1,
    )
)
CHANGED = (
    "A note, or the group note, changed after this page was shown. Nothing was signed. "
    "Review what is there now, then sign again."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One note that the signer reviewed, and the versions their page showed."""

    note_id: uuid.UUID
    version: int
    revision: int


@dataclass(frozen=True, slots=True)
class Locked:
    """A signed note: what was signed, and the digest of its exact bytes."""

    note_id: uuid.UUID
    client_id: uuid.UUID
    content: SignedContent
    digest: str


def ready_to_sign(actor: Actor, session_id: uuid.UUID) -> list[ToSign]:
    """Show the notes of a session that the actor can sign, for review."""
    require(actor, Permission.NOTE_SIGN, Tag.NOTE_READ, object_id=session_id)
    ids = signing_queries.ready_notes(actor, session_id)
    return _opened(actor, ids) if ids else []


def note_to_sign(actor: Actor, note_id: uuid.UUID) -> ToSign:
    """Show one note for review before it is signed."""
    require(actor, Permission.NOTE_SIGN, Tag.NOTE_READ, object_id=note_id)
    notes = _opened(actor, [note_id])
    if not notes:
        log.record_refusal(Happening(Tag.NOTE_SIGN, actor, None, "individual_notes", note_id))
        raise NotFound
    return notes[0]


def sign_notes(actor: Actor, choices: Sequence[Choice], password: str) -> int:
    """Sign the notes in ``choices`` as their author, each with a signature of its own.

    What is signed is frozen as canonical bytes with their SHA-256, and the note
    is locked. All of them or none. Returns how many. Raises Invalid for a wrong
    password or a note that is not ready, Conflict when the signer saw an older
    version (21 CFR 11.50, 11.70, 11.200).
    """
    require(actor, Permission.NOTE_SIGN, Tag.NOTE_SIGN)
    if not choices:
        raise Invalid({"notes": "Tick each note that you have reviewed."})
    sign_ins.confirm_password(actor, password, reason=Permission.NOTE_SIGN)
    rows = signing_queries.notes(actor, [choice.note_id for choice in choices], lock=True)
    by_id = {row.id: row for row in rows}
    if by_id.keys() != {choice.note_id for choice in choices}:
        log.record_refusal(Happening(Tag.NOTE_SIGN, actor, object_type="individual_notes"))
        raise NotFound
    for choice in choices:
        row = by_id[choice.note_id]
        if row.status is not NoteStatus.DRAFT:
            raise Conflict("This note is signed already, or set aside. Nothing was signed.")
        if (row.version, row.revision) != (choice.version, choice.revision):
            raise Conflict(CHANGED)
    notes = _open_all(rows)
    now = clock.now()
    _refuse_unready(rows, notes, now)
    _refuse_names(rows, notes)
    _freeze(actor, rows, notes, now)
    return len(notes)


def open_signed(
    actor: Actor,
    note_id: uuid.UUID,
    permission: Permission = Permission.NOTE_READ,
    tag: Tag = Tag.NOTE_READ,
) -> Locked:
    """Show a signed note from the bytes that were signed, after checking their digest."""
    require(actor, permission, tag, object_type="individual_notes", object_id=note_id)
    row = signing_queries.signature(actor, permission, note_id)
    if row is None:
        log.record_refusal(Happening(tag, actor, None, "individual_notes", note_id))
        raise NotFound
    ring().load({row.data_key})
    signed = ring().open(_CONTENT, row.id, row.content).encode()
    digest = canonical.digest(signed)
    if digest != row.digest.hex():
        raise CannotOpen(f"the signed content of note {note_id} is not what was signed")
    log.record_shown(Happening(tag, actor, row.client_id, "individual_notes", note_id))
    return Locked(note_id, row.client_id, canonical.parse(signed), digest)


def _opened(actor: Actor, ids: Sequence[uuid.UUID]) -> list[ToSign]:
    rows = [row for row in signing_queries.notes(actor, ids) if row.status is NoteStatus.DRAFT]
    notes = _open_all(rows)
    log.record_shown(
        *(
            Happening(Tag.NOTE_READ, actor, note.client_id, "individual_notes", note.note_id)
            for note in notes
        )
    )
    return sorted(notes, key=lambda note: note.client_name.casefold())


def _open_all(rows: Sequence[Row]) -> list[ToSign]:
    ring().load({row.data_key for row in rows} | {row.group_key for row in rows})
    parts = opening.parts(*note_queries.parts_of_notes([row.id for row in rows]))
    return [assembly.to_sign(row, parts[row.id]) for row in rows]


def _refuse_unready(rows: Sequence[Row], notes: Sequence[ToSign], now: dt.datetime) -> None:
    problems: dict[str, str] = {}
    for row, note in zip(rows, notes, strict=True):
        missing = readiness.missing(note.content)
        early = readiness.too_early(row.ends_at, now)
        first = early or (missing[0] if missing else None)
        if first is not None:
            problems[f"note-{note.note_id}"] = f"{note.client_name}: {first.sentence}"
    if problems:
        raise Invalid(problems)


def _refuse_names(rows: Sequence[Row], notes: Sequence[ToSign]) -> None:
    """Check every text once more against the people of its session."""
    rosters: dict[uuid.UUID, deid.Roster] = {}
    for row, note in zip(rows, notes, strict=True):
        if row.session_id not in rosters:
            people = queries.people(_Met(row.session_id, row.group_id, row.held_on))
            opening.load_keys(people)
            rosters[row.session_id] = opening.roster(people)
            guarding.refuse_names_in_group_note(note.group_note, rosters[row.session_id])
        guarding.refuse_names_in_note(note.content, note.client_id, rosters[row.session_id])


@dataclass(frozen=True, slots=True)
class _Met:
    """The three facts by which a session's people are found."""

    id: uuid.UUID
    group_id: uuid.UUID
    held_on: dt.date


def _freeze(actor: Actor, rows: Sequence[Row], notes: Sequence[ToSign], now: dt.datetime) -> None:
    signer = signing_queries.signer(actor)
    people = defaultdict(list)
    for person in signing_queries.facilitators({row.session_id for row in rows}):
        people[person.session_id].append(person)
    signatures, locked = [], []
    for row, note in zip(rows, notes, strict=True):
        content = assembly.signed_content(row, note, people[row.session_id], signer, actor, now)
        signatures.append(_signature(row, content, now))
        locked.append(
            {
                "note_id": row.id,
                "seen_version": row.version,
                "revision_id": row.revision_id,
                "now": now,
            }
        )
    db.session.execute(_NEW_SIGNATURES, signatures)
    db.session.execute(_LOCK_NOTES, locked)
    log.record(
        *(
            Happening(Tag.NOTE_SIGN, actor, note.client_id, "individual_notes", note.note_id)
            for note in notes
        )
    )


def _signature(row: Row, content: SignedContent, now: dt.datetime) -> dict[str, Any]:
    signed = canonical.canonical_bytes(content)
    signature_id = new_id()
    return {
        "id": signature_id,
        "note_id": row.id,
        "client_id": row.client_id,
        "signer_id": content.signature.signer_id,
        "meaning": SignatureMeaning.AUTHORSHIP,
        "signed_at": now,
        "digest": bytes.fromhex(canonical.digest(signed)),
        "data_key": row.data_key,
        "content": ring().seal(row.data_key, _CONTENT, signature_id, signed.decode()),
    }
