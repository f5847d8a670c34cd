"""What the hot paths ask about individual notes: prepared statements that return plain rows."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission
from groupnotes.access.relations import bound, within
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import Question, db
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import Group
from groupnotes.notes.models import (
    GroupNoteRevision,
    IndividualNote,
    NoteDiagnosis,
    ProgressRating,
)
from groupnotes.plans.models import Goal, Objective
from groupnotes.sessions.models import GroupSession

Row = Any

SESSION_ID = sa.bindparam("session_id", type_=sa.Uuid())
NOTE_ID = sa.bindparam("note_id", type_=sa.Uuid())


def _diagnoses(condition: sa.ColumnElement[bool]) -> Question:
    return (
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


def _progress(condition: sa.ColumnElement[bool]) -> Question:
    return (
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
    return (
        db.session.execute(_SESSION_DIAGNOSES, values).all(),
        db.session.execute(_SESSION_PROGRESS, values).all(),
    )


def parts_of_notes(notes: Sequence[uuid.UUID]) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return the diagnoses and the progress ratings of ``notes``."""
    values = {"notes": notes}
    return (
        db.session.execute(_NOTES_DIAGNOSES, values).all(),
        db.session.execute(_NOTES_PROGRESS, values).all(),
    )


@functools.cache
def _note(roles: frozenset[Role], permission: Permission, *, lock: bool) -> Question:
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
            note.data_key,
            note.engagement_level_sealed.label("engagement_level"),
            note.engagement_qualities_sealed.label("engagement_qualities"),
            note.response_sealed.label("response"),
            note.group_response_sealed.label("group_response"),
            note.risk_level_sealed.label("risk_level"),
            note.risk_action_sealed.label("risk_action"),
            note.plan_sealed.label("plan"),
            GroupSession.group_id,
            GroupSession.held_on,
        )
        .join(GroupSession, GroupSession.id == note.session_id)
        .where(note.id == NOTE_ID, within(roles, permission, note))
    )
    return statement.with_for_update(of=note) if lock else statement


def note(
    actor: Actor, permission: Permission, note_id: uuid.UUID, *, lock: bool = False
) -> Row | None:
    """Return one individual note, if ``actor`` holds ``permission`` over it."""
    values = {**bound(actor), "note_id": note_id}
    statement = _note(actor.roles, permission, lock=lock)
    return db.session.execute(statement, values).one_or_none()


_SESSION_OF_NOTE = (
    sa.select(
        GroupSession.id,
        GroupSession.group_id,
        GroupSession.held_on,
        GroupSession.starts_at,
        GroupSession.ends_at,
        GroupSession.revision,
        Group.data_key,
        Group.name_sealed.label("group_name"),
        GroupNoteRevision.id.label("revision_id"),
        GroupNoteRevision.created_at.label("revised_at"),
        GroupNoteRevision.topic_sealed.label("topic"),
        GroupNoteRevision.interventions_sealed.label("interventions"),
        GroupNoteRevision.interventions_other_sealed.label("interventions_other"),
        GroupNoteRevision.dynamics_sealed.label("dynamics"),
        GroupNoteRevision.plan_sealed.label("plan"),
    )
    .join(Group, Group.id == GroupSession.group_id)
    .join(
        GroupNoteRevision,
        sa.and_(
            GroupNoteRevision.session_id == GroupSession.id,
            GroupNoteRevision.number == GroupSession.revision,
        ),
    )
    .where(GroupSession.id == SESSION_ID)
)


def session_of_note(session_id: uuid.UUID) -> Row:
    """Return the session of a note that the actor may read, with the newest revision."""
    return db.session.execute(_SESSION_OF_NOTE, {"session_id": session_id}).one()


_NOTE_LINKS = (
    sa.select(NoteDiagnosis.id, NoteDiagnosis.diagnosis_id, NoteDiagnosis.addressed)
    .where(NoteDiagnosis.note_id == NOTE_ID)
    .order_by(NoteDiagnosis.position)
)
_NOTE_RATINGS = (
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
    return db.session.execute(_NOTE_LINKS, {"note_id": note_id}).all()


def progress_of_note(note_id: uuid.UUID) -> Sequence[Row]:
    """Return the ratings of the note, without what the objectives say."""
    return db.session.execute(_NOTE_RATINGS, {"note_id": note_id}).all()
