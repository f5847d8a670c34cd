"""The questions behind a client's chart."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.groups.models import Enrolment, Group
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import COUNTED, NoteStatus, display_status
from groupnotes.reports.chart import NoteEntry, Stay, Timeline
from groupnotes.sessions.models import GroupSession

ENTRIES = 20  # notes on one page of the timeline

_GROUP_NAME = Place("groups", "name")


def stays(actor: Actor, client_id: uuid.UUID, *, only_mine: bool) -> list[Stay]:
    """Return the client's enrolments, newest first; or only those in groups the actor may open."""
    mine = within(actor.roles, Permission.GROUP_READ, Group)
    query = (
        sa.select(
            Group.id,
            Group.data_key,
            Group.name_sealed,
            Enrolment.started_on,
            Enrolment.ended_on,
            mine.label("mine"),
        )
        .join(Group, Group.id == Enrolment.group_id)
        .where(Enrolment.client_id == client_id)
        .order_by(Enrolment.started_on.desc(), Enrolment.id.desc())
    )
    if only_mine:
        query = query.where(mine)
    rows = db.session.execute(query, bound(actor)).all()
    ring().load({row.data_key for row in rows})
    return [
        Stay(
            group_id=row.id,
            group_name=ring().open(_GROUP_NAME, row.id, row.name_sealed),
            started_on=row.started_on,
            ended_on=row.ended_on,
            is_mine=bool(row.mine),
        )
        for row in rows
    ]


def timeline(
    readable: sa.Select[*tuple[Any, ...]], client_id: uuid.UUID, before: uuid.UUID | None
) -> Timeline:
    """Return the client's notes among ``readable`` ones, those before the note ``before``."""
    query = _notes(readable, client_id).where(IndividualNote.status.in_(COUNTED))
    edge = _starts_at(before, client_id) if before is not None else None
    if edge is not None:
        query = query.where(_is_before(edge, before))
    rows = db.session.execute(query.limit(ENTRIES + 1)).all()
    more, rows = len(rows) > ENTRIES, rows[:ENTRIES]
    return Timeline(
        entries=_entries(rows),
        older=rows[-1].id if more else None,
        is_first=edge is None,
    )


def in_error(readable: sa.Select[*tuple[Any, ...]], client_id: uuid.UUID) -> list[NoteEntry]:
    """Return the client's notes that were entered in error, the last of them."""
    wrong = IndividualNote.status == NoteStatus.ENTERED_IN_ERROR
    return _entries(
        db.session.execute(_notes(readable, client_id).where(wrong).limit(ENTRIES)).all()
    )


def _notes(
    readable: sa.Select[*tuple[Any, ...]], client_id: uuid.UUID
) -> sa.Select[*tuple[Any, ...]]:
    return (
        readable.with_only_columns(
            IndividualNote.id,
            IndividualNote.status,
            IndividualNote.has_text,
            IndividualNote.missing,
            GroupSession.starts_at,
            Group.id.label("group_id"),
            Group.data_key,
            Group.name_sealed,
        )
        .select_from(IndividualNote)
        .join(GroupSession, GroupSession.id == IndividualNote.session_id)
        .join(Group, Group.id == GroupSession.group_id)
        .where(IndividualNote.client_id == client_id)
        .order_by(GroupSession.starts_at.desc(), IndividualNote.id.desc())
    )


def _entries(rows: Sequence[Any]) -> list[NoteEntry]:
    ring().load({row.data_key for row in rows})
    return [
        NoteEntry(
            id=row.id,
            group_name=ring().open(_GROUP_NAME, row.group_id, row.name_sealed),
            starts_at=row.starts_at,
            state=display_status(row.status, has_text=row.has_text, missing=row.missing),
        )
        for row in rows
    ]


def _starts_at(note_id: uuid.UUID, client_id: uuid.UUID) -> dt.datetime | None:
    return db.session.scalar(
        sa.select(GroupSession.starts_at)
        .join(IndividualNote, IndividualNote.session_id == GroupSession.id)
        .where(IndividualNote.id == note_id, IndividualNote.client_id == client_id)
    )


def _is_before(edge: dt.datetime, note_id: uuid.UUID | None) -> sa.ColumnElement[bool]:
    same = sa.and_(GroupSession.starts_at == edge, IndividualNote.id < note_id)
    return sa.or_(GroupSession.starts_at < edge, same)
