"""What signing asks of the database: everything that a signature covers, for many notes at once."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, current, within
from groupnotes.accounts import vouched
from groupnotes.accounts.models import Supervision, User
from groupnotes.clients.models import Client
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict
from groupnotes.core.prepared import Prepared, Row
from groupnotes.groups.models import Group
from groupnotes.notes import doubts
from groupnotes.notes.models import GroupNoteRevision, IndividualNote
from groupnotes.notes.queries import columns
from groupnotes.practice.models import Practice
from groupnotes.sessions.attendance import ATTENDED
from groupnotes.sessions.models import Attendance, GroupSession, SessionFacilitator
from groupnotes.signing.models import SigningKey

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
            doubts.signed_as_logged().label("signed_as_logged"),
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
            *columns.SESSION,
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
        sa.select(
            IndividualNote.id,
            IndividualNote.status,
            IndividualNote.missing,
            doubts.signed_as_logged().label("signed_as_logged"),
        )
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
        *vouched.ACCOUNT,
    )
    .join(User, User.id == SessionFacilitator.user_id)
    .where(SessionFacilitator.session_id.in_(_SESSIONS))
    .order_by(SessionFacilitator.role.desc(), User.id)  # lead before co
)


def facilitators(sessions: set[uuid.UUID]) -> Sequence[Row]:
    """Return who facilitated each of ``sessions``, the lead first.

    Raises Conflict where the account of one was changed outside: their credentials are signed.
    """
    rows = _FACILITATORS.all({"sessions": list(sessions)})
    if not all(vouched.is_sound(row.user_id, row) for row in rows):
        raise Conflict(vouched.ALTERED_SIGNED)
    return rows


def _supervised() -> sa.ColumnElement[bool]:
    """Say that the signer has a supervisor today who signs beside them."""
    return (
        sa.select(sa.literal(1))
        .where(
            Supervision.supervisee_id == User.id,
            Supervision.co_signs.is_(True),
            current(Supervision.started_on, Supervision.ended_on),
        )
        .correlate(User)
        .exists()
    )


_SIGNER = Prepared(
    sa.select(
        User.id,
        User.name_sealed.label("name"),
        *vouched.ACCOUNT,
        Practice.name.label("practice_name"),
        Practice.street,
        Practice.city,
        Practice.state,
        Practice.postal_code,
        Practice.phone,
        Practice.npi.label("practice_npi"),
        Practice.time_zone,
        Practice.sign_within,
        Practice.sign_each,
        SigningKey.id.label("key_id"),
        SigningKey.data_key,
        SigningKey.private_key_sealed.label("private_key"),
        sa.case((_supervised(), 1), else_=0).label("supervised"),
        *vouched.SUPERVISION,
    )
    .select_from(User)
    .join(Practice, sa.true())
    .join(SigningKey, SigningKey.in_use.is_(True))
    .where(User.id == sa.bindparam("user_id", type_=sa.Uuid()))
)


def signer(actor: Actor) -> Row:
    """Return who signs, for which practice, with which of its keys, and whether supervised.

    Raises Conflict where they, or who supervises them, were changed outside: who they are, or
    whether somebody must sign beside them, is not known.
    """
    row = _SIGNER.one({**bound(actor), "user_id": actor.user_id})
    if not vouched.is_sound(row.id, row):
        raise Conflict(vouched.ALTERED_SIGNED)
    if not vouched.is_sound_supervision(row.id, row):
        raise Conflict(vouched.ALTERED_SUPERVISION)
    return row
