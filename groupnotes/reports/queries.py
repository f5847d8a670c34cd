"""The questions behind Today, as prepared statements."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.clients.models import Client
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import Question, db
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.groups.models import Group
from groupnotes.notes import opening
from groupnotes.notes.models import IndividualNote, NoteReturn
from groupnotes.notes.states import COUNTED, DisplayStatus, NoteStatus, display_status
from groupnotes.sessions.models import GroupSession

SHOWN = 50  # rows of one page of a list; what lies beyond is counted as "50+"

_GROUP_NAME = Place("groups", "name")


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session on Today."""

    id: uuid.UUID
    group_name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    documented: bool
    notes: int
    signed: int

    @property
    def state(self) -> str:
        """The word for how far the session's notes are."""
        if not self.documented:
            return "not_started"
        return "signed" if self.signed == self.notes else "in_progress"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One unsigned note on Today."""

    id: uuid.UUID
    session_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    group_name: str
    held_on: dt.date
    state: DisplayStatus
    is_returned: bool  # by a supervisor


L = TypeVar("L", SessionLine, NoteLine)


@dataclass(frozen=True, slots=True)
class ListPage(Generic[L]):
    """A page of one list, and the id with which the next page goes on."""

    lines: Sequence[L]
    next: uuid.UUID | None
    is_first: bool


def sessions_of(
    actor: Actor, *, before: dt.datetime, today: dt.date, after: uuid.UUID | None
) -> ListPage[SessionLine]:
    """Return the actor's sessions of today, and earlier ones that are not documented yet.

    The latest come first; the page goes on after the session ``after``. Earlier ones that
    are documented but not all signed show up among the unsigned notes.
    """
    if Role.FACILITATOR not in actor.roles:
        return ListPage((), None, is_first=True)
    values = {**bound(actor), "before": before, "today": today, "after": after}
    query = _sessions(actor.roles, goes_on=after is not None)
    rows = db.session.execute(query, values).all()
    ring().load({row.data_key for row in rows})
    lines = [
        SessionLine(
            id=row.id,
            group_name=ring().open(_GROUP_NAME, row.group_id, row.name_sealed),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            documented=row.revision > 0,
            notes=row.notes,
            signed=row.signed,
        )
        for row in rows
    ]
    return _list_page(lines, after)


def unsigned_notes_of(actor: Actor, *, after: uuid.UUID | None) -> ListPage[NoteLine]:
    """Return the notes that wait for the actor's signature, oldest first, after the note given."""
    query = _UNSIGNED if after is None else _UNSIGNED.where(IndividualNote.id > after)
    rows = db.session.execute(query, {"author": actor.user_id}).all()
    ring().load({row.client_key for row in rows} | {row.group_key for row in rows})
    lines = [
        NoteLine(
            id=row.id,
            session_id=row.session_id,
            client_id=row.client_id,
            client_name=opening.display_name(ring(), row),
            group_name=ring().open(_GROUP_NAME, row.group_id, row.name_sealed),
            held_on=row.held_on,
            state=display_status(NoteStatus.DRAFT, has_text=row.has_text, missing=row.missing),
            is_returned=bool(row.is_returned),
        )
        for row in rows
    ]
    return _list_page(lines, after)


def _list_page(lines: Sequence[L], after: uuid.UUID | None) -> ListPage[L]:
    """Cut ``lines``, of which one too many was asked for, to a page."""
    more = len(lines) > SHOWN
    return ListPage(lines[:SHOWN], lines[SHOWN - 1].id if more else None, is_first=after is None)


def _sessions(roles: frozenset[Role], *, goes_on: bool) -> Question:
    def of_session(*more: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.count())
            .where(IndividualNote.session_id == GroupSession.id, *more)
            .scalar_subquery()
        )

    kept = of_session(IndividualNote.status.in_(COUNTED))
    signed = of_session(IndividualNote.status.in_(COUNTED), IndividualNote.signed_at.is_not(None))
    query = (
        sa.select(
            GroupSession.id,
            GroupSession.group_id,
            GroupSession.starts_at,
            GroupSession.ends_at,
            GroupSession.revision,
            Group.name_sealed,
            Group.data_key,
            kept.label("notes"),
            signed.label("signed"),
        )
        .join(Group, Group.id == GroupSession.group_id)
        .where(
            GroupSession.status == sa.text("'scheduled'"),
            within(roles, Permission.SESSION_DOCUMENT, GroupSession),
            sa.or_(
                GroupSession.held_on == sa.bindparam("today"),
                # The whole condition of the partial index, word for word, so that it answers.
                sa.and_(
                    GroupSession.revision == sa.text("0"),
                    GroupSession.status == sa.text("'scheduled'"),
                    GroupSession.starts_at < sa.bindparam("before"),
                ),
            ),
        )
        .order_by(GroupSession.starts_at.desc(), GroupSession.id)
        .limit(SHOWN + 1)
    )
    return query.where(_FURTHER_DOWN) if goes_on else query


_EDGE = aliased(GroupSession)
_AFTER = sa.bindparam("after", type_=sa.Uuid())
_EDGE_STARTS = sa.select(_EDGE.starts_at).where(_EDGE.id == _AFTER).scalar_subquery()
_FURTHER_DOWN = sa.or_(
    GroupSession.starts_at < _EDGE_STARTS,
    sa.and_(GroupSession.starts_at == _EDGE_STARTS, GroupSession.id > _AFTER),
)


_UNSIGNED = (
    sa.select(
        IndividualNote.id,
        IndividualNote.session_id,
        IndividualNote.client_id,
        IndividualNote.has_text,
        IndividualNote.missing,
        Client.data_key.label("client_key"),
        Client.first_name_sealed.label("first_name"),
        Client.last_name_sealed.label("last_name"),
        Client.preferred_name_sealed.label("preferred_name"),
        Group.id.label("group_id"),
        Group.data_key.label("group_key"),
        Group.name_sealed,
        GroupSession.held_on,
        sa.exists()
        .where(NoteReturn.note_id == IndividualNote.id)
        .correlate(IndividualNote)
        .label("is_returned"),
    )
    .join(Client, Client.id == IndividualNote.client_id)
    .join(GroupSession, GroupSession.id == IndividualNote.session_id)
    .join(Group, Group.id == GroupSession.group_id)
    .where(
        IndividualNote.author_id == sa.bindparam("author"),
        IndividualNote.status == sa.text("'draft'"),
    )
    .order_by(IndividualNote.id)
    .limit(SHOWN + 1)
)
