"""What the hot paths ask about individual notes: prepared statements that return plain rows."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.accounts.models import User
from groupnotes.clients.models import Client
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import Base
from groupnotes.core.prepared import Prepared, Row
from groupnotes.core.types import UTCDateTime
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import Group
from groupnotes.identity.rosters import version_of
from groupnotes.notes import doubts
from groupnotes.notes.models import (
    GroupNoteRevision,
    IndividualNote,
    NoteDiagnosis,
    NoteReturn,
    ProgressRating,
)
from groupnotes.notes.queries import columns
from groupnotes.plans.models import Goal, Objective
from groupnotes.sessions.models import GroupSession

SESSION_ID = sa.bindparam("session_id", type_=sa.Uuid())
NOTE_ID = sa.bindparam("note_id", type_=sa.Uuid())


def _diagnoses(condition: sa.ColumnElement[bool]) -> Prepared:
    return Prepared(
        sa.select(
            NoteDiagnosis.note_id,
            NoteDiagnosis.diagnosis_id,
            NoteDiagnosis.addressed,
            Diagnosis.code_sealed.label("code"),
            Diagnosis.description_sealed.label("description"),
        )
        .join(Diagnosis, Diagnosis.id == NoteDiagnosis.diagnosis_id)
        .join(IndividualNote, IndividualNote.id == NoteDiagnosis.note_id)
        .where(condition)
        .order_by(NoteDiagnosis.position)
    )


def _progress(condition: sa.ColumnElement[bool]) -> Prepared:
    return Prepared(
        sa.select(
            ProgressRating.id,
            ProgressRating.note_id,
            ProgressRating.objective_id,
            ProgressRating.rating_sealed.label("rating"),
            ProgressRating.evidence_sealed.label("evidence"),
            Objective.text_sealed.label("objective"),
            Goal.id.label("goal_id"),
            Goal.text_sealed.label("goal"),
        )
        .join(Objective, Objective.id == ProgressRating.objective_id)
        .join(Goal, Goal.id == Objective.goal_id)
        .join(IndividualNote, IndividualNote.id == ProgressRating.note_id)
        .where(condition)
        .order_by(ProgressRating.position)
    )


_NOTES: sa.BindParameter[Any] = sa.bindparam("notes", expanding=True)
_SESSION_DIAGNOSES = _diagnoses(IndividualNote.session_id == SESSION_ID)
_SESSION_PROGRESS = _progress(IndividualNote.session_id == SESSION_ID)
_NOTES_DIAGNOSES = _diagnoses(IndividualNote.id.in_(_NOTES))
_NOTES_PROGRESS = _progress(IndividualNote.id.in_(_NOTES))


def parts_of_session(session_id: uuid.UUID) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return the diagnoses and the progress ratings of every note of the session."""
    values = {"session_id": session_id}
    return _SESSION_DIAGNOSES.all(values), _SESSION_PROGRESS.all(values)


def parts_of_notes(notes: Sequence[uuid.UUID]) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return the diagnoses and the progress ratings of ``notes``."""
    values = {"notes": list(notes)}
    return _NOTES_DIAGNOSES.all(values), _NOTES_PROGRESS.all(values)


@functools.cache
def _note(roles: frozenset[Role], permission: Permission, *, lock: bool) -> Prepared:
    note = IndividualNote
    statement = (
        sa.select(
            note.id,
            note.session_id,
            note.client_id,
            note.author_id,
            note.status,
            note.signed_at,
            note.has_text,
            note.missing,
            note.version,
            note.checked_version,
            note.changed_at,
            note.data_key,
            *columns.NOTE,
            GroupSession.group_id,
            GroupSession.held_on,
            doubts.signed_as_logged().label("signed_as_logged"),
            version_of(GroupSession.group_id).label("roster_version"),
        )
        .join(GroupSession, GroupSession.id == note.session_id)
        .where(note.id == NOTE_ID, within(roles, permission, note))
    )
    return Prepared(statement.with_for_update(of=note) if lock else statement)


def note(
    actor: Actor, permission: Permission, note_id: uuid.UUID, *, lock: bool = False
) -> Row | None:
    """Return one individual note, if ``actor`` holds ``permission`` over it."""
    values = {**bound(actor), "note_id": note_id}
    return _note(actor.roles, permission, lock=lock).one_or_none(values)


_SESSION_OF_NOTE = Prepared(
    sa.select(
        GroupSession.id,
        GroupSession.group_id,
        GroupSession.held_on,
        GroupSession.starts_at,
        GroupSession.ends_at,
        GroupSession.revision,
        Group.data_key,
        Group.name_sealed.label("group_name"),
        *columns.GROUP_NOTE,
    )
    .join(Group, Group.id == GroupSession.group_id)
    .join(
        GroupNoteRevision,
        columns.NEWEST,
    )
    .where(GroupSession.id == SESSION_ID)
)


def session_of_note(session_id: uuid.UUID) -> Row:
    """Return the session of a note that the actor may read, with the newest revision."""
    return _SESSION_OF_NOTE.one({"session_id": session_id})


_REVISION_AT = Prepared(
    sa.select(*columns.GROUP_NOTE)
    .where(
        GroupNoteRevision.session_id == SESSION_ID,
        GroupNoteRevision.created_at <= sa.bindparam("at", type_=UTCDateTime()),
    )
    .order_by(GroupNoteRevision.number.desc())
    .limit(1)
)


def group_note_at(session_id: uuid.UUID, at: dt.datetime) -> Row | None:
    """Return the revision of a session's group note that was the newest at a moment."""
    return _REVISION_AT.one_or_none({"session_id": session_id, "at": at})


@dataclass(frozen=True, slots=True)
class Ways:
    """Where else the reader of a note may go: a page offers no link that would be refused."""

    session: bool
    chart: bool
    record: bool
    add: bool  # to the note, once it is locked
    retract: bool  # the note, once it is locked: it was entered in error
    co_sign: bool
    history: bool  # what was signed of it and withdrawn

    @property
    def is_concerned(self) -> bool:
        """Whether the note is the reader's work: they write it, lead its session, or review it."""
        return self.session or self.add or self.co_sign


@functools.cache
def _ways(roles: frozenset[Role]) -> Prepared:
    def opens(model: type[Base], permission: Permission, key: Any) -> Any:
        found = sa.select(sa.literal(1)).where(key, within(roles, permission, model)).exists()
        return sa.case((found, 1), else_=0)

    note = IndividualNote
    return Prepared(
        sa.select(
            opens(GroupSession, Permission.SESSION_READ, GroupSession.id == note.session_id),
            opens(Client, Permission.CLIENT_READ, Client.id == note.client_id),
            opens(note, Permission.RECORD_PRINT, note.id == NOTE_ID),
            opens(note, Permission.NOTE_ADD, note.id == NOTE_ID),
            opens(note, Permission.NOTE_RETRACT, note.id == NOTE_ID),
            opens(note, Permission.NOTE_CO_SIGN, note.id == NOTE_ID),
            opens(note, Permission.NOTE_HISTORY, note.id == NOTE_ID),
        ).where(note.id == NOTE_ID)
    )


def ways_from(actor: Actor, note_id: uuid.UUID) -> Ways:
    """Return where ``actor`` may go from a note."""
    return Ways(*map(bool, _ways(actor.roles).one({**bound(actor), "note_id": note_id})))


_RETURNS = Prepared(
    sa.select(
        NoteReturn.id,
        NoteReturn.signature_id,
        NoteReturn.returned_at,
        NoteReturn.data_key,
        NoteReturn.comment_sealed.label("comment"),
        User.id.label("user_id"),
        User.name_sealed.label("name"),
        User.credentials,
    )
    .select_from(NoteReturn)
    .join(User, User.id == NoteReturn.returned_by)
    .where(NoteReturn.note_id == NOTE_ID)
    .order_by(NoteReturn.id)
)


def returns(note_id: uuid.UUID) -> Sequence[Row]:
    """Return how often, by whom, and with which comment a note was given back to its author."""
    return _RETURNS.all({"note_id": note_id})


_NOTE_LINKS = Prepared(
    sa.select(NoteDiagnosis.id, NoteDiagnosis.diagnosis_id, NoteDiagnosis.addressed)
    .where(NoteDiagnosis.note_id == NOTE_ID)
    .order_by(NoteDiagnosis.position)
)
_NOTE_RATINGS = Prepared(
    sa.select(
        ProgressRating.id,
        ProgressRating.objective_id,
        ProgressRating.rating_sealed.label("rating"),
        ProgressRating.evidence_sealed.label("evidence"),
    )
    .where(ProgressRating.note_id == NOTE_ID)
    .order_by(ProgressRating.position)
)


def diagnoses_of_note(note_id: uuid.UUID) -> Sequence[Row]:
    """Return which diagnoses stand in the note, without what they say."""
    return _NOTE_LINKS.all({"note_id": note_id})


def progress_of_note(note_id: uuid.UUID) -> Sequence[Row]:
    """Return the ratings of the note, without what the objectives say."""
    return _NOTE_RATINGS.all({"note_id": note_id})
