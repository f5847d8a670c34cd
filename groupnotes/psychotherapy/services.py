"""Keeping psychotherapy notes: their author writes, opens and destroys them, and nobody else.

Three things are decided here.

*Who may begin one:* a clinician about a client of their caseload or of a group they
facilitate today, or whose progress note they still have to write. 45 CFR 164.501 speaks of
"a health care provider who is a mental health professional".

*Who opens one:* the originator, also when that relation, or their role, has changed since.
The rules let the originator use it for treatment (164.508(a)(2)(i)(A)), and nearly everybody
else only with an authorization of its own. This product takes no part in that: it has no way
at all by which such a note leaves it, nor do clients see one here, whose right of access does
not reach it (164.524(a)(1)(i)). 42 CFR 2.31(b) asks the same for SUD counseling notes.

*Who destroys one:* the originator, at any time. The duties to retain fall on the record,
which by definition this is no part of; what the record must say (times, modality, results,
diagnosis, plan, progress) belongs into the progress note. The row is deleted, on SQLite
overwritten; the audit log keeps who destroyed which note about whom, and when. A note that
a court, an investigation or a complaint is about must be kept: the page says so, for the
product cannot know of it. Backups hold what was destroyed until they expire.

Other members may be named: nothing here goes into anybody's record, and a conversation in a
group is not told without them. So no text is checked for names.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from groupnotes.access.guard import check, guarded, may, require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid, NotFound
from groupnotes.core.ids import new_id
from groupnotes.core.keyset import Cursor, Page
from groupnotes.notes.models import IndividualNote
from groupnotes.psychotherapy import queries
from groupnotes.psychotherapy.models import PsychotherapyNote, PsychotherapyNoteKind
from groupnotes.psychotherapy.offered import OfferedSession

STALE = (
    "This note was changed in another window while you were writing. Nothing of yours was lost: "
    "copy your text, reload the page, and compare."
)
NO_SESSION = "Choose a session that this client was at, or none."

_TABLE = PsychotherapyNote.__tablename__


@dataclass(frozen=True, slots=True)
class PsychotherapyNoteValues:
    """What its author says of a note, and in it."""

    kind: PsychotherapyNoteKind
    session_id: uuid.UUID | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """A page of the reader's own notes about one client."""

    client_id: uuid.UUID
    client_name: str
    page: Page[uuid.UUID]
    may_begin: bool
    may_open_chart: bool


@dataclass(frozen=True, slots=True)
class AllOwnNotes:
    """A page of the reader's own notes about whomever, and the clients' names."""

    page: Page[uuid.UUID]
    names: Mapping[uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the form for a new note needs."""

    client: Client
    client_name: str
    sessions: list[OfferedSession]


@dataclass(frozen=True, slots=True)
class OpenPsychotherapyNote:
    """One note, and whom it is about."""

    note: PsychotherapyNote
    client_name: str


def list_notes(actor: Actor, client_id: uuid.UUID, cursor: Cursor[uuid.UUID]) -> OwnNotes:
    """Return the actor's own notes about a client, newest first; of others' not even the number."""
    tag = Tag.PSYCHOTHERAPY_NOTE_LIST
    client = _client(actor, client_id, tag, to_begin=False)
    log.record_shown(Happening(tag, actor, client.id, _TABLE))
    return OwnNotes(
        client_id=client.id,
        client_name=queries.names_of([client.id])[client.id],
        page=queries.written(actor, client.id, cursor),
        may_begin=may(actor, Permission.PSYCHOTHERAPY_NOTE_BEGIN, client),
        may_open_chart=may(actor, Permission.CLIENT_READ, client),
    )


def list_all(actor: Actor, cursor: Cursor[uuid.UUID]) -> AllOwnNotes:
    """Return every note of the actor's own, newest first: also those about former clients."""
    tag = Tag.PSYCHOTHERAPY_NOTE_LIST
    require(actor, Permission.PSYCHOTHERAPY_NOTE, tag, object_type=_TABLE)
    log.record_shown(Happening(tag, actor, object_type=_TABLE))
    page = queries.written(actor, None, cursor)
    return AllOwnNotes(page, queries.names_of({row.client_id for row in page.rows}))


def open_beginning(actor: Actor, client_id: uuid.UUID) -> Beginning:
    """Return the client about whom the actor begins a note."""
    tag = Tag.PSYCHOTHERAPY_NOTE_OFFER
    client = _client(actor, client_id, tag, to_begin=True)
    log.record_shown(Happening(tag, actor, client.id, Client.__tablename__, client.id))
    name = queries.names_of([client.id])[client.id]
    return Beginning(client, name, _sessions(actor, client.id))


@guarded(Permission.PSYCHOTHERAPY_NOTE_BEGIN, Tag.PSYCHOTHERAPY_NOTE_CREATE)
def begin_note(
    actor: Actor, client: Client, /, values: PsychotherapyNoteValues
) -> PsychotherapyNote:
    """Begin a note about the client, to be written on its own page."""
    _require_offered(actor, client.id, values.session_id)
    now = clock.now()
    note = PsychotherapyNote(
        id=new_id(),
        author_id=actor.user_id,
        client_id=client.id,
        data_key=queries.key_of(actor.user_id),
        session_id=values.session_id,
        kind=values.kind,
        created_at=now,
        changed_at=now,
        text=values.text,
    )
    db.session.add(note)
    return note


def open_note(actor: Actor, note_id: uuid.UUID) -> OpenPsychotherapyNote:
    """Return a note of the actor's own."""
    note = _found(actor, Tag.PSYCHOTHERAPY_NOTE_READ, note_id)
    happening = Happening(Tag.PSYCHOTHERAPY_NOTE_READ, actor, note.client_id, _TABLE, note.id)
    log.record_shown(happening)
    return OpenPsychotherapyNote(note, queries.names_of([note.client_id])[note.client_id])


def offered_sessions(actor: Actor, note: PsychotherapyNote) -> list[OfferedSession]:
    """Return the sessions that the note can be about, among them the one that it is about."""
    check(actor, Permission.PSYCHOTHERAPY_NOTE, Tag.PSYCHOTHERAPY_NOTE_READ, note)
    return _sessions(actor, note.client_id, note.session_id)


def save_note(
    actor: Actor, note_id: uuid.UUID, values: PsychotherapyNoteValues, *, seen_version: int
) -> PsychotherapyNote:
    """Keep what was written.

    The same content again is already saved, whatever version the sender saw: a
    lost answer may be asked for again.
    """
    note = _found(actor, Tag.PSYCHOTHERAPY_NOTE_EDIT, note_id, hold=True)
    if values == PsychotherapyNoteValues(note.kind, note.session_id, note.text):
        return note
    if note.version != seen_version:
        raise Conflict(STALE)
    if values.session_id != note.session_id:
        _require_offered(actor, note.client_id, values.session_id)
    note.kind, note.session_id = values.kind, values.session_id
    if values.text != note.text:
        note.text = values.text
    note.changed_at = clock.now()
    db.session.flush()
    happening = Happening(Tag.PSYCHOTHERAPY_NOTE_EDIT, actor, note.client_id, _TABLE, note.id)
    log.record(happening)
    return note


def destroy_note(actor: Actor, note_id: uuid.UUID, *, seen_version: int) -> uuid.UUID:
    """Destroy a note for good, as its author saw it; return whom it was about."""
    note = _found(actor, Tag.PSYCHOTHERAPY_NOTE_DESTROY, note_id, hold=True)
    if note.version != seen_version:
        raise Conflict(STALE)
    client_id = note.client_id
    db.session.delete(note)
    db.session.flush()
    log.record(Happening(Tag.PSYCHOTHERAPY_NOTE_DESTROY, actor, client_id, _TABLE, note_id))
    return client_id


def require_author(actor: Actor, note_id: uuid.UUID) -> None:
    """Raise unless the note is the actor's: before what was typed is answered to."""
    _found(actor, Tag.PSYCHOTHERAPY_NOTE_EDIT, note_id)


def _found(actor: Actor, tag: Tag, note_id: uuid.UUID, *, hold: bool = False) -> PsychotherapyNote:
    own = Permission.PSYCHOTHERAPY_NOTE
    require(actor, own, tag, object_type=_TABLE, object_id=note_id)
    note = queries.note(actor, note_id, hold=hold)
    if note is None:
        log.record_refusal(Happening(tag, actor, None, _TABLE, note_id))
        raise NotFound
    return note


def _client(actor: Actor, client_id: uuid.UUID, tag: Tag, *, to_begin: bool) -> Client:
    """Return the client, or answer as for a missing one, also those of no role for it."""
    table = Client.__tablename__
    own = Permission.PSYCHOTHERAPY_NOTE
    require(actor, own, tag, object_type=table, object_id=client_id)
    client = queries.client(actor, client_id, to_begin=to_begin)
    if client is None:
        log.record_refusal(Happening(tag, actor, None, table, client_id))
        raise NotFound
    return client


def _sessions(
    actor: Actor, client_id: uuid.UUID, kept: uuid.UUID | None = None
) -> list[OfferedSession]:
    # With a tag of these notes: one of another's would tell in the client's report what is written.
    happening = Happening(Tag.PSYCHOTHERAPY_NOTE_OFFER, actor, client_id)
    log.record_shown(replace(happening, object_type=IndividualNote.__tablename__))
    return queries.sessions(actor, client_id, kept)


def _require_offered(actor: Actor, client_id: uuid.UUID, session_id: uuid.UUID | None) -> None:
    offered = queries.sessions(actor, client_id)
    if session_id is not None and session_id not in {session.id for session in offered}:
        raise Invalid({"session_id": NO_SESSION})
