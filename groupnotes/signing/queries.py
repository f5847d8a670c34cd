"""What signing asks of the database: everything that a signature covers, for many notes at once."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.accounts.models import User
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.prepared import Prepared, Row
from groupnotes.crypto.models import DataKey
from groupnotes.groups.models import Group
from groupnotes.notes.models import GroupNoteRevision, IndividualNote
from groupnotes.notes.queries import columns
from groupnotes.practice.models import Practice
from groupnotes.sessions.attendance import ATTENDED
from groupnotes.sessions.models import Attendance, GroupSession, SessionFacilitator
from groupnotes.signing.models import NoteEntry, Signature, SignatureMeaning, SigningKey

_SESSIONS: sa.BindParameter[Any] = sa.bindparam("sessions", expanding=True)
_PARTICIPANTS = (
    sa.select(sa.func.count())
    .where(
        Attendance.session_id == GroupSession.id,
        Attendance.status.in_(sorted(ATTENDED)),
    )
    .correlate(GroupSession)
    .scalar_subquery()
)


@functools.cache
def _lock(roles: frozenset[Role]) -> Prepared:
    return Prepared(
        sa.select(IndividualNote.id)
        .join(GroupSession, GroupSession.id == IndividualNote.session_id)
        .where(
            IndividualNote.id.in_(sa.bindparam("notes", expanding=True)),
            within(roles, Permission.NOTE_SIGN, IndividualNote),
        )
        # The session before its notes, as the fan-out takes them: no two wait for each other.
        .order_by(GroupSession.id, IndividualNote.id)
        .with_for_update(of=[GroupSession, IndividualNote])
    )


@functools.cache
def _notes(roles: frozenset[Role]) -> Prepared:
    note = IndividualNote
    return Prepared(
        sa.select(
            note.id,
            note.client_id,
            note.session_id,
            note.status,
            note.signed_at,
            note.version,
            note.data_key,
            note.encounter_sealed.label("encounter"),
            *columns.NOTE_BUT_PLAN,
            note.plan_sealed.label("note_plan"),
            Client.first_name_sealed.label("first_name"),
            Client.last_name_sealed.label("last_name"),
            Client.preferred_name_sealed.label("preferred_name"),
            Client.mrn_sealed.label("mrn"),
            Client.birth_date_sealed.label("birth_date"),
            Client.payer_sealed.label("payer"),
            Client.member_id_sealed.label("member_id"),
            Attendance.status.label("attendance"),
            Attendance.arrived_at,
            Attendance.departed_at,
            GroupSession.group_id,
            GroupSession.held_on,
            GroupSession.starts_at,
            GroupSession.ends_at,
            GroupSession.modality,
            GroupSession.service_code,
            GroupSession.place_of_service,
            GroupSession.revision,
            GroupSession.status.label("session_status"),
            Group.kind,
            Group.data_key.label("group_key"),
            Group.name_sealed.label("group_name"),
            *columns.GROUP_NOTE,
            _PARTICIPANTS.label("participants"),
        )
        .join(Client, Client.id == note.client_id)
        .join(
            Attendance,
            sa.and_(
                Attendance.session_id == note.session_id, Attendance.client_id == note.client_id
            ),
        )
        .join(GroupSession, GroupSession.id == note.session_id)
        .join(Group, Group.id == GroupSession.group_id)
        .join(
            GroupNoteRevision,
            columns.NEWEST,
        )
        .where(
            note.id.in_(sa.bindparam("notes", expanding=True)),
            within(roles, Permission.NOTE_SIGN, note),
        )
        .order_by(note.id)
    )


def notes(actor: Actor, note_ids: Sequence[uuid.UUID], *, lock: bool = False) -> Sequence[Row]:
    """Return those of ``note_ids`` that the actor may sign, with all that a signature covers.

    With ``lock`` neither they nor their group notes and attendance change until this
    transaction ends. PostgreSQL takes the locks in a statement of its own, so that what is
    read then is what the holders before left; SQLite's one writer needs none.
    """
    values = {**bound(actor), "notes": list(note_ids)}
    if lock and db.engine.dialect.name == "postgresql":
        _lock(actor.roles).all(values)
    return _notes(actor.roles).all(values)


@functools.cache
def _signable(roles: frozenset[Role]) -> Prepared:
    return Prepared(
        sa.select(IndividualNote.id, IndividualNote.status, IndividualNote.missing)
        .where(
            IndividualNote.session_id == sa.bindparam("session_id", type_=sa.Uuid()),
            within(roles, Permission.NOTE_SIGN, IndividualNote),
        )
        .order_by(IndividualNote.client_id)
    )


def signable_notes(actor: Actor, session_id: uuid.UUID) -> Sequence[Row]:
    """Return the notes of a session that are the actor's to sign, and how far each is."""
    values = {**bound(actor), "session_id": session_id}
    return _signable(actor.roles).all(values)


_FACILITATORS = Prepared(
    sa.select(
        SessionFacilitator.session_id,
        SessionFacilitator.user_id,
        SessionFacilitator.role,
        User.name_sealed.label("name"),
        User.credentials,
        User.licence,
        User.npi,
    )
    .join(User, User.id == SessionFacilitator.user_id)
    .where(SessionFacilitator.session_id.in_(_SESSIONS))
    .order_by(SessionFacilitator.role.desc(), User.id)  # lead before co
)


def facilitators(sessions: set[uuid.UUID]) -> Sequence[Row]:
    """Return who facilitated each of ``sessions``, the lead first."""
    return _FACILITATORS.all({"sessions": list(sessions)})


_SIGNER = Prepared(
    sa.select(
        User.id,
        User.name_sealed.label("name"),
        User.credentials,
        User.licence,
        User.npi,
        Practice.name.label("practice_name"),
        Practice.street,
        Practice.city,
        Practice.state,
        Practice.postal_code,
        Practice.phone,
        Practice.npi.label("practice_npi"),
        Practice.time_zone,
        SigningKey.id.label("key_id"),
        SigningKey.data_key,
        SigningKey.private_key_sealed.label("private_key"),
    )
    .select_from(User)
    .join(Practice, sa.true())
    .join(SigningKey, SigningKey.in_use.is_(True))
    .where(User.id == sa.bindparam("user_id", type_=sa.Uuid()))
)


def signer(actor: Actor) -> Row:
    """Return who signs, for which practice, and with which of its keys."""
    return _SIGNER.one({"user_id": actor.user_id})


# By which a signature is verified, and by which that key is known for the practice's own.
_KEY = (
    SigningKey.id.label("key_id"),
    SigningKey.public_key,
    SigningKey.data_key.label("key_sealed_by"),
    SigningKey.private_key_sealed.label("private_key"),
)
_SIGNATURE = (
    sa.select(
        Signature.id,
        Signature.note_id,
        Signature.client_id,
        IndividualNote.session_id,
        Signature.signer_id,
        Signature.signed_at,
        Signature.data_key,
        Signature.digest,
        Signature.signature,
        Signature.content_sealed.label("content"),
        *_KEY,
        IndividualNote.encounter_sealed.label("encounter"),
        GroupSession.revision.label("newest_revision"),
    )
    .select_from(Signature)
    .join(IndividualNote, IndividualNote.id == Signature.note_id)
    .join(GroupSession, GroupSession.id == IndividualNote.session_id)
    .join(SigningKey, SigningKey.id == Signature.key_id)
    .where(Signature.meaning == SignatureMeaning.AUTHORSHIP)
)
_OF_NOTE = Signature.note_id == sa.bindparam("note_id", type_=sa.Uuid())


@functools.cache
def _signature(roles: frozenset[Role], permission: Permission) -> Prepared:
    return Prepared(_SIGNATURE.where(_OF_NOTE, within(roles, permission, IndividualNote)))


def signature(actor: Actor, permission: Permission, note_id: uuid.UUID) -> Row | None:
    """Return the author's signature with what it covers, if ``actor`` may have the note."""
    values = {**bound(actor), "note_id": note_id}
    return _signature(actor.roles, permission).one_or_none(values)


def every_signature(note_id: uuid.UUID | None) -> Iterator[Row]:
    """Yield the authors' signatures of one note, or of all, whoever may read them.

    ``gone`` is 1 where the client's record was destroyed, and its key with it.
    """
    destroyed = sa.and_(
        Client.status == ClientStatus.DESTROYED,
        DataKey.owner_id == Client.id,
        DataKey.destroyed_at.is_not(None),
    )
    asked = (
        _SIGNATURE.add_columns(sa.case((destroyed, 1), else_=0).label("gone"))
        .join(Client, Client.id == Signature.client_id)
        .join(DataKey, DataKey.number == Signature.data_key)
    )
    if note_id is not None:
        asked = asked.where(Signature.note_id == note_id)
    yield from db.session.execute(asked.order_by(Signature.id).execution_options(yield_per=500))


_NEWEST = Prepared(
    sa.select(Group.data_key, *columns.GROUP_NOTE)
    .select_from(GroupSession)
    .join(Group, Group.id == GroupSession.group_id)
    .join(GroupNoteRevision, columns.NEWEST)
    .where(GroupSession.id == sa.bindparam("session_id", type_=sa.Uuid()))
)


def newest_group_note(session_id: uuid.UUID) -> Row:
    """Return the newest revision of a session's group note: every record of it may show it."""
    return _NEWEST.one({"session_id": session_id})


def amendable(actor: Actor, note_id: uuid.UUID) -> Row | None:
    """Return a signed note that the actor may add to, and how many entries it has."""
    values = {**bound(actor), "note_id": note_id}
    return _amendable(actor.roles).one_or_none(values)


@functools.cache
def _amendable(roles: frozenset[Role]) -> Prepared:
    entries = (
        sa.select(sa.func.count())
        .select_from(NoteEntry)
        .where(NoteEntry.note_id == IndividualNote.id)
        .scalar_subquery()
    )
    return Prepared(
        _SIGNATURE.add_columns(
            GroupSession.group_id, GroupSession.held_on, entries.label("entries")
        ).where(_OF_NOTE, within(roles, Permission.NOTE_ADD, IndividualNote))
    )


_LOCKED_NOTE = Prepared(
    sa.select(IndividualNote.id)
    .where(IndividualNote.id == sa.bindparam("note_id", type_=sa.Uuid()))
    .with_for_update()
)


def lock_entries(note_id: uuid.UUID) -> None:
    """Let nobody else add to the note until this transaction ends."""
    _LOCKED_NOTE.one({"note_id": note_id})


_ENTRIES = Prepared(
    sa.select(
        NoteEntry.id,
        NoteEntry.note_id,
        NoteEntry.client_id,
        NoteEntry.signer_id,
        NoteEntry.signed_at,
        NoteEntry.data_key,
        NoteEntry.digest,
        NoteEntry.signature,
        NoteEntry.content_sealed.label("content"),
        *_KEY,
    )
    .select_from(NoteEntry)
    .join(SigningKey, SigningKey.id == NoteEntry.key_id)
    .where(NoteEntry.note_id == sa.bindparam("note_id", type_=sa.Uuid()))
)


def entries(note_id: uuid.UUID) -> Sequence[Row]:
    """Return what was added to a note; whoever may read the note may read it."""
    return _ENTRIES.all({"note_id": note_id})
