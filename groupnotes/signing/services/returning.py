"""What a supervisor gives back to whoever signed it: a note, or what was added to one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from groupnotes import deid
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, NotFound
from groupnotes.core.ids import new_id
from groupnotes.identity import rosters
from groupnotes.notes.models import NoteReturn
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import SessionStatus
from groupnotes.signing import queries as signing_queries
from groupnotes.signing import return_marks
from groupnotes.signing.content import SignedContent
from groupnotes.signing.entry import EntryKind, SignedEntry
from groupnotes.signing.models import EntryReturn
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.services.waiting import (
    Row,
    Signed,
    move,
    of_supervisees,
    reviewable,
    signer_of,
)
from groupnotes.signing.verification import Opened

_NOT_WAITING = "This does not wait for your review any more. Nothing was changed."
_TAKEN = (
    "Somebody wrote another note of this session for the client by now, so this one cannot be "
    "put back: sign beside the entry instead. Nothing was changed."
)
_MOVED = (
    "The session, or how the client attended it, is not what this note says any more, so the "
    "note cannot be put back: sign beside the entry instead. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class ToReturn:
    """What is to be given back: a note, or one entry of it."""

    signed: SignedNote
    one: Signed

    @property
    def entry(self) -> Opened[SignedEntry] | None:
        """The entry that it is, if it is not the note itself."""
        return next((entry for entry in self.signed.entries if entry is self.one), None)


def open_to_return(actor: Actor, note_id: uuid.UUID, entry_id: uuid.UUID | None = None) -> ToReturn:
    """Show what waits for the actor's review: a note, or its entry, to be given back."""
    return _waiting(actor, reviewable(actor, note_id), entry_id)


def return_note(actor: Actor, note_id: uuid.UUID, comment: str, *, seen: str) -> None:
    """Withdraw the author's signature, which stays in history: the note is a draft again.

    Raises NamesFound for a comment that names another client of the session, and Conflict when
    the note does not wait for the actor any more, or is not the one they read.
    """
    row = reviewable(actor, note_id, lock=True)
    given_back = _given_back(actor, row, comment, seen, None)
    made = NoteReturn(
        id=new_id(),
        data_key=row.data_key,
        note_id=note_id,
        signature_id=given_back.one.id,
        client_id=row.client_id,
        returned_by=actor.user_id,
        returned_at=clock.now(),
        comment=comment,
    )
    db.session.add(made)
    move(note_id, NoteStatus.DRAFT, group_revision_id=None, signed_at=None)
    _record(actor, made, "individual_notes", note_id)


def return_entry(
    actor: Actor, note_id: uuid.UUID, entry_id: uuid.UUID, comment: str, *, seen: str
) -> None:
    """Withdraw the signature of an entry, which stays in history: it is no part of the note.

    A note that it entered in error is put back. Raises as ``return_note`` does, and Conflict
    too where that note would not fit into its session any more.
    """
    row = reviewable(actor, note_id)
    signing_queries.lock_session(row.session_id)  # before its notes, as the fan-out takes them
    signing_queries.lock_entries(note_id)
    given_back = _given_back(actor, row, comment, seen, entry_id)
    made = EntryReturn(
        id=new_id(),
        data_key=row.data_key,
        note_id=note_id,
        entry_id=entry_id,
        client_id=row.client_id,
        returned_by=actor.user_id,
        returned_to=signer_of(given_back.one),
        returned_at=clock.now(),
        comment=comment,
    )
    db.session.add(made)
    db.session.flush()
    entry = given_back.entry
    if entry is not None and entry.content.kind is EntryKind.ENTERED_IN_ERROR:
        _make_room(actor, given_back.signed)
        move(note_id, NoteStatus.SIGNED, standing=True)
    _record(actor, made, "note_entries", entry_id)


def _record(actor: Actor, made: NoteReturn | EntryReturn, kind: str, what: uuid.UUID) -> None:
    """Leave the event, which tells an altered return from what was made here."""
    happening = Happening(Tag.NOTE_RETURN, actor, made.client_id, kind, what)
    log.record(replace(happening, detail=return_marks.mark(type(made), made)))


def others_in_session(actor: Actor, note_id: uuid.UUID) -> deid.RosterIndex:
    """Return whom a comment on this note must not name, to put a neutral phrase there."""
    return _others(reviewable(actor, note_id))


def _given_back(
    actor: Actor, row: Row, comment: str, seen: str, entry_id: uuid.UUID | None
) -> ToReturn:
    """Return what may be given back with this comment, if it is what the actor read."""
    deid.refuse_names(deid.INDIVIDUAL, {"comment": comment}, _others(row))
    try:
        found = _waiting(actor, row, entry_id)
    except NotFound:  # the note was returned a moment ago
        raise Conflict(_NOT_WAITING) from None
    if found.one.digest != seen:
        raise Conflict(_NOT_WAITING)
    return found


def _waiting(actor: Actor, row: Row, entry_id: uuid.UUID | None) -> ToReturn:
    signed = open_signed(actor, row.id, Permission.NOTE_CO_SIGN)
    wanted = signed.note.id if entry_id is None else entry_id
    for one in of_supervisees(signed, signing_queries.supervisees(actor)):
        if one.id == wanted:
            return ToReturn(signed, one)
    raise Conflict(_NOT_WAITING)


def _others(row: Row) -> deid.RosterIndex:
    return rosters.around(row.group_id).roster.about(row.client_id)


def _make_room(actor: Actor, signed: SignedNote) -> None:
    """Raise Conflict unless the note says of its session what is so, and none took its place.

    Whoever saved the session meanwhile, for whatever reason, made a draft for the client: one in
    which nobody wrote makes room again.
    """
    place = signing_queries.place_of(signed.note_id)
    if place.status is not SessionStatus.SCHEDULED or not _is_as_signed(place, signed.content):
        raise Conflict(_MOVED)
    if place.taken_by is None:
        return
    if not signing_queries.step_aside(place.taken_by, clock.now()):
        raise Conflict(_TAKEN)
    aside = Happening(Tag.NOTE_SET_ASIDE, actor, signed.client_id, "individual_notes")
    log.record(replace(aside, object_id=place.taken_by))


def _is_as_signed(place: Row, content: SignedContent) -> bool:
    session, attendance = content.session, content.attendance
    now = (
        (place.held_on, place.starts_at, place.ends_at),
        (place.modality, place.service_code, place.place_of_service),
        (place.attendance, place.arrived_at, place.departed_at),
    )
    then = (
        (session.date, session.starts_at, session.ends_at),
        (session.modality, session.service_code, session.place_of_service),
        (attendance.status, attendance.arrived_at, attendance.departed_at),
    )
    return now == then
