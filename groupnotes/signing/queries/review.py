"""What a supervisor asks of the database: what waits for their signature."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Permission
from groupnotes.access.relations import ACTOR_ID, bound, current, within
from groupnotes.accounts import vouched
from groupnotes.accounts.models import Supervision, User, UserRole
from groupnotes.accounts.relations import supervises
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict
from groupnotes.core.prepared import Row
from groupnotes.notes.models import IndividualNote
from groupnotes.sessions.models import GroupSession
from groupnotes.signing import standing
from groupnotes.signing.models import NoteEntry

WAITING = 10  # notes on one page of a supervisor's queue, each shown whole


@functools.cache
def _reviewable(roles: frozenset[Role]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            IndividualNote.id,
            IndividualNote.client_id,
            IndividualNote.session_id,
            IndividualNote.data_key,
            GroupSession.group_id,
            GroupSession.held_on,
        )
        .join(GroupSession, GroupSession.id == IndividualNote.session_id)
        .where(within(roles, Permission.NOTE_CO_SIGN, IndividualNote))
    )


def reviewable(actor: Actor, note_id: uuid.UUID) -> Row | None:
    """Return a note that the actor may review, whether it waits for that or not."""
    asked = _reviewable(actor.roles).where(IndividualNote.id == note_id)
    return db.session.execute(asked, bound(actor)).one_or_none()


def _waits(after: uuid.UUID | None) -> sa.CompoundSelect[uuid.UUID]:
    """Select what the actor's supervisees signed and nobody signed beside, by note."""
    supervised = sa.select(Supervision.supervisee_id).where(
        Supervision.supervisor_id == ACTOR_ID,
        Supervision.co_signs.is_(True),
        current(Supervision.started_on, Supervision.ended_on),
    )
    notes = sa.select(IndividualNote.id).where(
        IndividualNote.author_id.in_(supervised),
        IndividualNote.status == sa.text("'awaiting_review'"),
    )
    entries = sa.select(NoteEntry.note_id).where(
        NoteEntry.signer_id.in_(supervised), standing.waits()
    )
    if after is not None:
        notes = notes.where(IndividualNote.id > after)
        entries = entries.where(NoteEntry.note_id > after)
    return sa.union(notes, entries).order_by(sa.text("1"))


def waiting(actor: Actor, after: uuid.UUID | None) -> Sequence[Row]:
    """Return the notes that wait for the actor's review, the oldest first, and one too many."""
    ids = db.session.scalars(_waits(after).limit(WAITING + 1), bound(actor)).all()
    asked = _reviewable(actor.roles).where(IndividualNote.id.in_(ids)).order_by(IndividualNote.id)
    return db.session.execute(asked, bound(actor)).all()


def count_waiting(actor: Actor, most: int) -> int:
    """Count the notes that wait for the actor's review, up to ``most`` of them."""
    return len(db.session.scalars(_waits(None).limit(most), bound(actor)).all())


def supervisees(actor: Actor) -> frozenset[uuid.UUID]:
    """Return beside whom the actor signs today.

    Raises Conflict where who supervises one of them was changed outside.
    """
    asked = sa.select(User.id, *vouched.SUPERVISION).where(supervises(User.id, beside=True))
    rows = db.session.execute(asked, bound(actor)).all()
    if not all(vouched.is_sound_supervision(row.id, row) for row in rows):
        raise Conflict(vouched.ALTERED_SUPERVISION)
    return frozenset(row.id for row in rows)


def require_supervision_of(author_id: uuid.UUID) -> None:
    """Raise Conflict where who supervises the author was changed outside."""
    asked = sa.select(User.id, *vouched.SUPERVISION).where(User.id == author_id)
    row = db.session.execute(asked).one()
    if not vouched.is_sound_supervision(row.id, row):
        raise Conflict(vouched.ALTERED_SUPERVISION)


def _is_supervised(*held: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Say that a supervisor who is at work signs beside the user, then."""
    supervisor = aliased(User)
    return (
        sa.select(sa.literal(1))
        .select_from(_PAIR)
        .join(supervisor, supervisor.id == _PAIR.supervisor_id)
        .join(UserRole, UserRole.user_id == supervisor.id)
        .where(
            _PAIR.supervisee_id == User.id,
            _PAIR.co_signs.is_(True),
            supervisor.active,
            UserRole.role == Role.SUPERVISOR,
            *held,
        )
        .correlate(User)
        .exists()
    )


_PAIR = aliased(Supervision)
_NOW = _is_supervised(current(_PAIR.started_on, _PAIR.ended_on))
_SOON = sa.bindparam("soon", type_=sa.Date())
_THEN = _is_supervised(
    _PAIR.started_on <= _SOON, sa.or_(_PAIR.ended_on.is_(None), _PAIR.ended_on > _SOON)
)
_NOTES = (
    sa.select(sa.func.count())
    .where(
        IndividualNote.author_id == User.id,
        IndividualNote.status == sa.text("'awaiting_review'"),
    )
    .correlate(User)
    .scalar_subquery()
)
_ENTRIES = (
    sa.select(sa.func.count())
    .where(NoteEntry.signer_id == User.id, standing.waits())
    .correlate(User)
    .scalar_subquery()
)
_LAST_DAY = (
    sa.select(sa.func.max(Supervision.ended_on))
    .where(
        Supervision.supervisee_id == User.id,
        current(Supervision.started_on, Supervision.ended_on),
    )
    .correlate(User)
    .scalar_subquery()
)
_WAITING = sa.select(
    User.id,
    User.name_sealed,
    User.credentials,
    _NOTES.label("notes"),
    _ENTRIES.label("entries"),
    _LAST_DAY.label("last_day"),
).order_by(User.id)


def without_supervisor(actor: Actor) -> Sequence[Row]:
    """Return whose notes or entries await a review that nobody at work can give them.

    A row says how many ``notes`` and how many ``entries``.
    """
    asked = _WAITING.where(~_NOW, _NOTES + _ENTRIES > 0)
    return db.session.execute(asked, bound(actor)).all()


def supervision_ending(actor: Actor, soon: dt.date) -> Sequence[Row]:
    """Return who has a supervisor today and none after the day ``soon``.

    A row says the ``last_day``, and how many ``notes`` and ``entries`` await a review now.
    """
    asked = _WAITING.where(_NOW, ~_THEN)
    return db.session.execute(asked, {**bound(actor), "soon": soon}).all()
