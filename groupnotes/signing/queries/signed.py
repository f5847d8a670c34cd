"""What verifying asks of the database: what was signed of a note, and all that stands beside it."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.accounts.models import User
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.prepared import Prepared, Row
from groupnotes.crypto.models import DataKey
from groupnotes.groups.models import Group
from groupnotes.notes.models import GroupNoteRevision, IndividualNote, NoteReturn
from groupnotes.notes.queries import columns
from groupnotes.notes.states import FROZEN, NoteStatus
from groupnotes.sessions.models import GroupSession
from groupnotes.signing.models import (
    CoSignature,
    EntryReturn,
    NoteEntry,
    Signature,
    SignatureMeaning,
    SigningKey,
)

# By which a signature is verified, and by which that key is known for the practice's own.
_KEY = (
    SigningKey.id.label("key_id"),
    SigningKey.public_key,
    SigningKey.data_key.label("key_sealed_by"),
    SigningKey.private_key_sealed.label("private_key"),
)


_LATER = aliased(Signature)
_NEWEST_VERSION = (
    sa.select(sa.func.max(_LATER.version))
    .where(_LATER.note_id == IndividualNote.id)
    .correlate(IndividualNote)
    .scalar_subquery()
)
_WRITTEN = aliased(GroupNoteRevision)
# Of the revisions that are there: the session's own count could be set back.
_NEWEST_REVISION = (
    sa.select(sa.func.max(_WRITTEN.number))
    .where(_WRITTEN.session_id == GroupSession.id)
    .correlate(GroupSession)
    .scalar_subquery()
)
_WITHDRAWN = sa.exists().where(NoteReturn.signature_id == Signature.id).correlate(Signature)
_SIGNATURES = (
    sa.select(
        Signature.id,
        Signature.note_id,
        Signature.client_id,
        IndividualNote.session_id,
        Signature.signer_id,
        Signature.version,
        Signature.signed_at,
        Signature.data_key,
        Signature.digest,
        Signature.signature,
        Signature.content_sealed.label("content"),
        *_KEY,
        IndividualNote.status,
        IndividualNote.standing,
        IndividualNote.client_id.label("note_client_id"),
        IndividualNote.author_id,
        IndividualNote.signed_at.label("note_signed_at"),
        IndividualNote.encounter_sealed.label("encounter"),
        GroupSession.held_on,
        GroupSession.starts_at,
        _NEWEST_REVISION.label("newest_revision"),
        GroupNoteRevision.number.label("revision"),
        GroupNoteRevision.session_id.label("revised_session_id"),
        _NEWEST_VERSION.label("newest_version"),
    )
    .select_from(Signature)
    .join(IndividualNote, IndividualNote.id == Signature.note_id)
    .join(GroupSession, GroupSession.id == IndividualNote.session_id)
    .join(SigningKey, SigningKey.id == Signature.key_id)
    .outerjoin(GroupNoteRevision, GroupNoteRevision.id == IndividualNote.group_revision_id)
    .where(Signature.meaning == SignatureMeaning.AUTHORSHIP)
)
# The newest first: there is one, unless somebody took away that the one before was withdrawn.
_SIGNATURE = _SIGNATURES.where(~_WITHDRAWN).order_by(Signature.version.desc())
_OF_NOTE = Signature.note_id == sa.bindparam("note_id", type_=sa.Uuid())


@functools.cache
def _signature(roles: frozenset[Role], permission: Permission) -> Prepared:
    return Prepared(_SIGNATURE.where(_OF_NOTE, within(roles, permission, IndividualNote)))


def signature(actor: Actor, permission: Permission, note_id: uuid.UUID) -> Row | None:
    """Return the author's signature with what it covers, if ``actor`` may have the note."""
    values = {**bound(actor), "note_id": note_id}
    return next(iter(_signature(actor.roles, permission).all(values)), None)


def every_signature(note_id: uuid.UUID, *, withdrawn: bool = False) -> Iterator[Row]:
    """Yield the authors' signatures of one note, whoever may read them.

    Those that stand, or those that a supervisor's return withdrew. ``gone`` is 1 where the
    client's record was destroyed, and its key with it, and the log tells of that; ``hidden``
    where it is only said to be.
    """
    told = sa.exists().where(
        AuditEvent.client_id == Client.id,
        AuditEvent.tag == Tag.PURGE_CONFIRM,
        AuditEvent.outcome == Outcome.SUCCESS,
    )
    said = Client.status == ClientStatus.DESTROYED
    destroyed = sa.and_(
        said,
        DataKey.owner_id == Client.id,
        DataKey.destroyed_at.is_not(None),
        told.correlate(Client),
    )
    gone = sa.case((destroyed, 1), else_=0)
    asked = (
        _SIGNATURES.where(_WITHDRAWN if withdrawn else ~_WITHDRAWN)
        .add_columns(
            gone.label("gone"),
            sa.case((sa.and_(said, gone == 0), 1), else_=0).label("hidden"),
        )
        # A signature is verified, or found not to open, whoever took these away.
        .outerjoin(Client, Client.id == Signature.client_id)
        .outerjoin(DataKey, DataKey.number == Signature.data_key)
    )
    yield from db.session.execute(asked.where(Signature.note_id == note_id).order_by(Signature.id))


_NEWEST = Prepared(
    sa.select(Group.data_key, *columns.GROUP_NOTE)
    .select_from(GroupSession)
    .join(Group, Group.id == GroupSession.group_id)
    .join(GroupNoteRevision, GroupNoteRevision.session_id == GroupSession.id)
    .where(
        GroupSession.id == sa.bindparam("session_id", type_=sa.Uuid()),
        GroupNoteRevision.number == _NEWEST_REVISION,
    )
)


def unsigned(actor: Actor, permission: Permission, note_id: uuid.UUID) -> Row | None:
    """Return a note that is said to be signed, if ``actor`` may have it; asked when none is."""
    return db.session.execute(
        sa.select(IndividualNote.id.label("note_id"), IndividualNote.client_id).where(
            IndividualNote.id == note_id,
            IndividualNote.status.in_(FROZEN),
            within(actor.roles, permission, IndividualNote),
        ),
        bound(actor),
    ).one_or_none()


def newest_group_note(session_id: uuid.UUID) -> Row:
    """Return the newest revision of a session's group note: every record of it may show it."""
    return _NEWEST.one({"session_id": session_id})


def amendable(actor: Actor, permission: Permission, note_id: uuid.UUID) -> Row | None:
    """Return a locked note that the actor may add to, or might if it were not in error."""
    values = {**bound(actor), "note_id": note_id}
    return next(iter(_amendable(actor.roles, permission).all(values)), None)


@functools.cache
def _amendable(roles: frozenset[Role], permission: Permission) -> Prepared:
    return Prepared(
        _SIGNATURE.add_columns(GroupSession.group_id).where(
            _OF_NOTE,
            IndividualNote.status.in_((NoteStatus.SIGNED, NoteStatus.ENTERED_IN_ERROR)),
            within(roles, permission, IndividualNote),
        )
    )


_LOCKED_NOTE = Prepared(
    sa.select(IndividualNote.id)
    .where(IndividualNote.id == sa.bindparam("note_id", type_=sa.Uuid()))
    .with_for_update()
)


def lock_entries(note_id: uuid.UUID) -> None:
    """Let nobody else add to the note until this transaction ends."""
    _LOCKED_NOTE.one({"note_id": note_id})


def _beside(model: type[NoteEntry | CoSignature], *more: Any) -> sa.Select[*tuple[Any, ...]]:
    """Ask for what was signed beside a note."""
    return (
        sa.select(
            model.id,
            model.note_id,
            model.client_id,
            model.signer_id,
            model.signed_at,
            model.data_key,
            model.digest,
            model.signature,
            model.content_sealed.label("content"),
            *more,
            *_KEY,
        )
        .select_from(model)
        .join(SigningKey, SigningKey.id == model.key_id)
        .where(model.note_id == sa.bindparam("note_id", type_=sa.Uuid()))
    )


_ENTRIES = Prepared(
    _beside(
        NoteEntry,
        NoteEntry.kind,
        NoteEntry.review_due,
        EntryReturn.id.label("return_id"),
        EntryReturn.returned_at,
        EntryReturn.returned_to,
        EntryReturn.settled_at,
        EntryReturn.comment_sealed.label("comment"),
        User.id.label("user_id"),
        User.name_sealed.label("name"),
        User.credentials,
    )
    .outerjoin(EntryReturn, EntryReturn.entry_id == NoteEntry.id)
    .outerjoin(User, User.id == EntryReturn.returned_by)
    .order_by(NoteEntry.id)
)
_REVIEWS = Prepared(_beside(CoSignature, CoSignature.signature_id, CoSignature.entry_id))


def entries(note_id: uuid.UUID) -> Sequence[Row]:
    """Return what was added to a note, with the ``return_id`` of what was returned.

    Whoever may read the note may read what stands of it.
    """
    return _ENTRIES.all({"note_id": note_id})


def reviews(note_id: uuid.UUID) -> Sequence[Row]:
    """Return the co-signatures of a note and of its entries."""
    return _REVIEWS.all({"note_id": note_id})
