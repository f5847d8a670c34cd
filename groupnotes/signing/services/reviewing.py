"""Review notes, and sign what was reviewed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.accounts import sign_ins
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict, Invalid, Locked, NotFound
from groupnotes.core.ids import new_id
from groupnotes.core.prepared import ForMany
from groupnotes.crypto.blob import CannotOpen
from groupnotes.crypto.keyring import ring
from groupnotes.identity import decisions
from groupnotes.identity.decisions import Kept
from groupnotes.notes import doubts, guarding, opening, queries, readiness
from groupnotes.notes import services as notes_services
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import SessionStatus
from groupnotes.signing import canonical, seen
from groupnotes.signing import queries as signing_queries
from groupnotes.signing.assembly import CONTENT, Act, Ready, Signer, ToSign, texts
from groupnotes.signing.models import Signature, SignatureMeaning
from groupnotes.signing.services.naming import Namings

Row = Any

_NOTES = cast(sa.Table, IndividualNote.__table__)
_NEW_SIGNATURES = ForMany(
    sa.insert(cast(sa.Table, Signature.__table__)).values(meaning=SignatureMeaning.AUTHORSHIP),
    "id",
    "note_id",
    "client_id",
    "signer_id",
    "version",
    "signed_at",
    "digest",
    "signature",
    "key_id",
    "data_key",
    "content",
)
_LOCK_NOTES = ForMany(
    sa.update(_NOTES)
    .where(
        _NOTES.c.id == sa.bindparam("note_id"),
        _NOTES.c.version == sa.bindparam("seen_version"),
        _NOTES.c.status == NoteStatus.DRAFT,
    )
    .values(
        status=sa.bindparam("new_status"),
        group_revision_id=sa.bindparam("revision_id"),
        signed_at=sa.bindparam("now"),
        changed_at=sa.bindparam("now"),
        version=_NOTES.c.version + 1,
    ),
    "note_id",
    "seen_version",
    "new_status",
    "revision_id",
    "now",
)
_CHANGED = (
    "After this page was shown {} changed. "
    "Nothing was signed. Review what is there now, then sign again."
)
_PARTLY = (
    "After this page was shown you signed some of these notes in another window. Nothing was "
    "signed now: review those that are left, then sign again."
)
CANCELLED = "This session is cancelled, so there is nothing to sign. Nothing was signed."
EACH = "This practice asks for your password for each note. Sign one at a time."
_NAMES = (
    "This note, or its group note, names another client. Choose “Change”, and replace the name."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One note that the signer reviewed, and the fingerprint of what their page showed."""

    note_id: uuid.UUID
    seen: str


class Review(NamedTuple):
    """The notes of a session that can be signed, and how many drafts cannot be yet."""

    notes: list[ToSign]
    unfinished: int
    each: bool = False  # the practice asks for the password for each of them
    kept: Sequence[Kept] = ()  # words in them that stay although a check blocked them
    doubtful: int = 0  # drafts that do not open, or whose signature is gone


class Signed(NamedTuple):
    """How many notes were signed, and whether a supervisor has still to sign beside them."""

    notes: int
    review_due: bool


def ready_to_sign(actor: Actor, session_id: uuid.UUID) -> Review:
    """Show the notes of a session that the actor can sign, for review."""
    require(actor, Permission.NOTE_SIGN, Tag.NOTE_READ, object_id=session_id)
    mine = signing_queries.signable_notes(actor, session_id)
    if not mine:
        log.record_refusal(Happening(Tag.NOTE_SIGN, actor, None, "group_sessions", session_id))
        raise NotFound
    drafts = [row for row in mine if row.status is NoteStatus.DRAFT]
    sound = [row for row in drafts if not row.signed_as_logged]
    ready = [row.id for row in sound if not row.missing]
    act, notes = _shown_apart(actor, signing_queries.notes(actor, ready)) if ready else (None, [])
    by_name = sorted(notes, key=lambda note: note.client_name.casefold())
    return Review(
        by_name,
        len(sound) - len(ready),
        act is not None and act.signer.row.sign_each,
        decisions.kept(session_id, *ready),
        doubtful=len(drafts) - len(sound) + len(ready) - len(notes),
    )


def note_to_sign(actor: Actor, note_id: uuid.UUID) -> Review:
    """Show one note for review before it is signed. Raises Locked when it is signed."""
    require(actor, Permission.NOTE_SIGN, Tag.NOTE_READ, object_id=note_id)
    rows = signing_queries.notes(actor, [note_id])
    if not rows:
        log.record_refusal(Happening(Tag.NOTE_SIGN, actor, None, "individual_notes", note_id))
        raise NotFound
    _require_draft(actor, rows[0])
    _, notes = _shown(actor, rows)
    return Review(notes, 0, kept=decisions.kept(rows[0].session_id, note_id))


def sign_notes(
    actor: Actor,
    choices: Sequence[Choice],
    password: str,
    *,
    session_id: uuid.UUID | None = None,
) -> Signed:
    """Sign the notes in ``choices`` as their author, each with a signature of its own.

    What is signed is frozen as canonical bytes with their SHA-256, and the note
    is locked, or waits for a supervisor. All of them or none; all of ``session_id`` where it
    is given. Returns what was signed. Raises Invalid for a wrong password, and under ``note-``
    and its id for a note that is not ready; Locked where all are signed; Conflict where some
    are, or the signer saw anything else than what is there (21 CFR 11.50, 11.70, 11.200).
    """
    require(actor, Permission.NOTE_SIGN, Tag.NOTE_SIGN)
    if not choices:
        raise Invalid({"notes": "Tick each note that you have reviewed."})
    sign_ins.confirm_password(actor, password, reason=Permission.NOTE_SIGN)
    rows = signing_queries.notes(actor, [choice.note_id for choice in choices], lock=True)
    strange = any(session_id not in {None, row.session_id} for row in rows)
    if strange or {row.id for row in rows} != {choice.note_id for choice in choices}:
        log.record_refusal(Happening(Tag.NOTE_SIGN, actor, object_type="individual_notes"))
        raise NotFound
    _require_drafts(actor, rows)
    now = clock.now()
    act, notes = _open_all(actor, rows, now)
    if len(notes) > 1 and act.signer.row.sign_each:
        raise Invalid({"notes": EACH})
    problems = _unready(rows, notes, now)
    if not problems:
        _require_reviewed(notes, choices)
        problems = _naming(rows, notes)
    if problems:
        raise Invalid(problems)
    _freeze(actor, act, rows, notes)
    return Signed(len(notes), act.signer.signature.review is not None)


def _require_drafts(actor: Actor, rows: Sequence[Row]) -> None:
    """Raise Locked where all were signed before: the same form was sent twice."""
    signed = sum(row.status.is_frozen for row in rows)
    if 0 < signed < len(rows):
        raise Conflict(_PARTLY)
    for row in rows:
        _require_draft(actor, row)


def _require_draft(actor: Actor, row: Row) -> None:
    if row.status.is_frozen:
        raise Locked(notes_services.LOCKED)
    if row.signed_as_logged:
        doubts.refuse(actor, row.id, row.client_id)
    if row.status is NoteStatus.SET_ASIDE:
        raise Conflict(notes_services.SET_ASIDE)
    if row.session_status is SessionStatus.CANCELLED:
        raise Conflict(CANCELLED)


def _require_reviewed(notes: Sequence[ToSign], choices: Sequence[Choice]) -> None:
    """Raise Conflict, naming what changed, unless the signer saw what is there now."""
    reviewed = {choice.note_id: choice.seen for choice in choices}
    changed = seen.changed((reviewed[note.note_id], note.seen) for note in notes)
    if changed:
        raise Conflict(_CHANGED.format(" and ".join(changed)))


def _shown_apart(actor: Actor, rows: Sequence[Row]) -> tuple[Act, list[ToSign]]:
    """Show those of the notes that open."""
    try:
        return _shown(actor, rows)
    except CannotOpen:
        sound = [row for row in rows if _why_closed(row) is None]
        if len(sound) == len(rows):
            raise  # it is none of the notes that does not open
        return _shown(actor, sound)


def _why_closed(row: Row) -> CannotOpen | None:
    try:
        its = opening.parts(*queries.parts_of_notes([row.id]))[row.id]
        opening.content(texts(row), row.id, its)
    except CannotOpen as error:
        return error
    return None


def _shown(actor: Actor, rows: Sequence[Row]) -> tuple[Act, list[ToSign]]:
    act, notes = _open_all(actor, rows, clock.now())
    log.record_shown(
        *(
            Happening(Tag.NOTE_READ, actor, note.client_id, "individual_notes", note.note_id)
            for note in notes
        )
    )
    return act, notes


def _open_all(actor: Actor, rows: Sequence[Row], now: dt.datetime) -> tuple[Act, list[ToSign]]:
    """Open all of the notes; raise CannotOpen, and tell the administrator of which."""
    try:
        return _open(actor, rows, now)
    except CannotOpen:
        for row in rows:
            if error := _why_closed(row):
                doubts.tell_of(actor, row.id, row.client_id, error)
        raise


def _open(actor: Actor, rows: Sequence[Row], now: dt.datetime) -> tuple[Act, list[ToSign]]:
    ring().load({row.data_key for row in rows} | {row.group_key for row in rows})
    parts = opening.parts(*queries.parts_of_notes([row.id for row in rows]))
    signer = Signer(actor, signing_queries.signer(actor), now)
    act = Act(signer, signing_queries.facilitators({row.session_id for row in rows}))
    return act, [act.note(row, parts[row.id]) for row in rows]


def _unready(rows: Sequence[Row], notes: Sequence[ToSign], now: dt.datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    for row, note in zip(rows, notes, strict=True):
        early = readiness.too_early(row.ends_at, now)
        first = early or (note.missing[0] if note.missing else None)
        if first is not None:
            problems[f"note-{note.note_id}"] = first.sentence
    return problems


def _naming(rows: Sequence[Row], notes: Sequence[ToSign]) -> dict[str, str]:
    """Check every text once more, against those whom it must not name today."""
    sessions = Namings()
    return {
        f"note-{note.note_id}": _NAMES
        for row, note in zip(rows, notes, strict=True)
        if sessions.of(row).finds(
            note.group_note,
            guarding.individual_texts(note.content),
            note.client_id,
            note.note_id,
        )
    }


def _freeze(actor: Actor, act: Act, rows: Sequence[Row], notes: Sequence[ToSign]) -> None:
    signatures, locked = [], []
    signature = act.signer.signature
    status = NoteStatus.AWAITING_REVIEW if signature.review else NoteStatus.SIGNED
    for row, note in zip(rows, notes, strict=True):
        if note.ready is None:
            raise ValueError("a note that is not ready was to be signed")
        signatures.append(_signature(act, row, note.ready))
        locked.append((row.id, row.version, status, row.revision_id, signature.signed_at))
    _NEW_SIGNATURES.run(signatures)
    _LOCK_NOTES.run(locked)
    log.record(
        *(
            Happening(Tag.NOTE_SIGN, actor, note.client_id, "individual_notes", note.note_id)
            for note in notes
        )
    )


def _signature(act: Act, row: Row, ready: Ready) -> tuple[Any, ...]:
    signed = ready.written.signed_bytes()
    signature, signature_id = ready.content.signature, new_id()
    return (
        signature_id,
        row.id,
        row.client_id,
        signature.signer_id,
        row.version,
        signature.signed_at,
        bytes.fromhex(canonical.digest(signed)),
        act.signer.sign(signed),
        act.signer.key_id,
        row.data_key,
        ring().seal(row.data_key, CONTENT, signature_id, signed.decode()),
    )
