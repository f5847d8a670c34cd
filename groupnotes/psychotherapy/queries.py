"""What the pages of psychotherapy notes ask: nothing here finds a note of anyone but the actor."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.accounts.models import User
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core import keyset
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.keyset import Cursor, Page
from groupnotes.crypto.blob import CannotOpen, Place
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import DataKey, KeyScope
from groupnotes.groups.models import Group
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import COUNTED
from groupnotes.psychotherapy.models import PsychotherapyNote
from groupnotes.psychotherapy.offered import OfferedSession
from groupnotes.sessions.models import GroupSession

NAME_DESTROYED = "A client whose record was destroyed"
OFFERED = 50  # sessions that a note can be about

_GROUP_NAME = Place("groups", "name")


def note(actor: Actor, note_id: uuid.UUID, *, hold: bool = False) -> PsychotherapyNote | None:
    """Return the note if it is the actor's own; with ``hold`` others who write it wait for us.

    Raises CannotOpen for one that was given another author in the database: its key is that of
    whoever wrote it.
    """
    query = sa.select(PsychotherapyNote).where(PsychotherapyNote.id == note_id, _own(actor))
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(query, bound(actor))
    if found is not None and ring().owner_of(found.data_key) != found.author_id:
        raise CannotOpen(f"psychotherapy note {note_id} was given another author")
    return found


def client(actor: Actor, client_id: uuid.UUID, *, to_begin: bool) -> Client | None:
    """Return the client if the actor may begin a note about them.

    Unless it is ``to_begin`` one, having written one is enough.
    """
    near = within(actor.roles, Permission.PSYCHOTHERAPY_NOTE_BEGIN, Client)
    if not to_begin:
        written = sa.select(sa.literal(1)).where(
            PsychotherapyNote.client_id == Client.id, _own(actor)
        )
        near = sa.or_(near, written.correlate_except(PsychotherapyNote).exists())
    return db.session.scalar(sa.select(Client).where(Client.id == client_id, near), bound(actor))


def written(
    actor: Actor, client_id: uuid.UUID | None, cursor: Cursor[uuid.UUID]
) -> Page[uuid.UUID]:
    """Return a page of the actor's own notes, newest first, without a text.

    Those about the client, or about everybody.
    """
    query = (
        sa.select(
            PsychotherapyNote.id,
            PsychotherapyNote.client_id,
            PsychotherapyNote.kind,
            PsychotherapyNote.created_at,
            PsychotherapyNote.changed_at,
            GroupSession.starts_at,
        )
        .outerjoin(GroupSession, GroupSession.id == PsychotherapyNote.session_id)
        .where(_own(actor))
    )
    if client_id is not None:
        query = query.where(PsychotherapyNote.client_id == client_id)
    return keyset.newest_first(query.params(bound(actor)), PsychotherapyNote.id, cursor)


def names_of(client_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the clients' names, as far as they can still be known.

    A note outlives its client's record.
    """
    clients = db.session.scalars(sa.select(Client).where(Client.id.in_(client_ids))).all()
    numbers = {client.data_key for client in clients}
    query = sa.select(DataKey.number).where(
        DataKey.number.in_(numbers), DataKey.destroyed_at.is_(None)
    )
    there = set(db.session.scalars(query))
    ring().load(there)
    return {client.id: _name_of(client, there) for client in clients}


def _name_of(client: Client, keys: set[int]) -> str:
    is_gone = client.status is ClientStatus.DESTROYED or client.data_key not in keys
    return NAME_DESTROYED if is_gone else client.full_name


def sessions(
    actor: Actor, client_id: uuid.UUID, kept: uuid.UUID | None = None
) -> list[OfferedSession]:
    """Return the client's newest sessions whose note the actor may read, and the one ``kept``."""
    readable = _SESSION.join(IndividualNote, IndividualNote.session_id == GroupSession.id).where(
        IndividualNote.client_id == client_id,
        IndividualNote.status.in_(COUNTED),
        within(actor.roles, Permission.NOTE_READ, IndividualNote),
    )
    found = _opened(readable.limit(OFFERED), actor)
    if kept is not None and kept not in {session.id for session in found}:
        found += _opened(_SESSION.where(GroupSession.id == kept), actor)
    return found


_SESSION = (
    sa.select(
        GroupSession.id,
        GroupSession.starts_at,
        Group.id.label("group_id"),
        Group.data_key,
        Group.name_sealed,
    )
    .join(Group, Group.id == GroupSession.group_id)
    .order_by(GroupSession.starts_at.desc(), GroupSession.id)
)


def _opened(query: sa.Select[*tuple[Any, ...]], actor: Actor) -> list[OfferedSession]:
    rows = db.session.execute(query, bound(actor)).all()
    ring().load({row.data_key for row in rows})
    return [
        OfferedSession(
            row.id, ring().open(_GROUP_NAME, row.group_id, row.name_sealed), row.starts_at
        )
        for row in rows
    ]


def key_of(author_id: uuid.UUID) -> int:
    """Return the number of the author's data key, which is made with their first note."""
    # Two first notes at the same time wait for each other: one author has one key.
    db.session.execute(sa.select(User.id).where(User.id == author_id).with_for_update())
    number = db.session.scalar(
        sa.select(DataKey.number).where(
            DataKey.scope == KeyScope.AUTHOR, DataKey.owner_id == author_id
        )
    )
    return number or ring().add_data_key(db.session(), KeyScope.AUTHOR, author_id)


def _own(actor: Actor) -> sa.ColumnElement[bool]:
    return within(actor.roles, Permission.PSYCHOTHERAPY_NOTE, PsychotherapyNote)
