"""The writes of the hot paths: one statement for all rows of a kind."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import ring
from groupnotes.notes import fanout, places
from groupnotes.notes.models import (
    GroupNoteRevision,
    IndividualNote,
    NoteDiagnosis,
    ProgressRating,
    SessionDraft,
    Submission,
)
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import Attendance, GroupSession

_SESSIONS = cast(sa.Table, GroupSession.__table__)
_ATTENDANCES = cast(sa.Table, Attendance.__table__)
_REVISIONS = cast(sa.Table, GroupNoteRevision.__table__)
_NOTES = cast(sa.Table, IndividualNote.__table__)
_DIAGNOSES = cast(sa.Table, NoteDiagnosis.__table__)
_SUBMISSIONS = cast(sa.Table, Submission.__table__)
_DRAFTS = cast(sa.Table, SessionDraft.__table__)
_PROGRESS = cast(sa.Table, ProgressRating.__table__)

# What comes back says whether it was inserted: psycopg counts no rows here.
_CLAIM = {
    "sqlite": sqlite.insert(_SUBMISSIONS).on_conflict_do_nothing().returning(_SUBMISSIONS.c.key),
    "postgresql": (
        postgresql.insert(_SUBMISSIONS).on_conflict_do_nothing().returning(_SUBMISSIONS.c.key)
    ),
}
_NEW_REVISION = sa.insert(_REVISIONS)
_NEW_ATTENDANCE = sa.insert(_ATTENDANCES)
_CHANGED_ATTENDANCE = (
    sa.update(_ATTENDANCES)
    .where(_ATTENDANCES.c.id == sa.bindparam("attendance_id"))
    .values(
        status=sa.bindparam("new_status"),
        arrived_at=sa.bindparam("new_arrived_at"),
        departed_at=sa.bindparam("new_departed_at"),
        version=_ATTENDANCES.c.version + 1,
    )
)
_NEW_NOTES = sa.insert(_NOTES)
_NEW_DIAGNOSES = sa.insert(_DIAGNOSES)
_NEW_PROGRESS = sa.insert(_PROGRESS)
_NOTE_STATUS = (
    sa.update(_NOTES)
    .where(_NOTES.c.id == sa.bindparam("note_id"))
    .values(
        status=sa.bindparam("new_status"),
        changed_at=sa.bindparam("now"),
        version=_NOTES.c.version + 1,
    )
)
_RATED = (
    sa.update(_PROGRESS)
    .where(_PROGRESS.c.id == sa.bindparam("rating_id"))
    .values(rating=sa.bindparam("new_rating"), evidence=sa.bindparam("new_evidence"))
)
_ADDRESSED = (
    sa.update(_DIAGNOSES)
    .where(_DIAGNOSES.c.id == sa.bindparam("link_id"))
    .values(addressed=sa.bindparam("is_addressed"))
)
_DOCUMENTED = (
    sa.update(_SESSIONS)
    .where(_SESSIONS.c.id == sa.bindparam("session_id"))
    .values(revision=sa.bindparam("new_revision"), version=sa.bindparam("new_version"))
)


_NEW_DRAFT = sa.insert(_DRAFTS)
_CHANGED_DRAFT = (
    sa.update(_DRAFTS)
    .where(_DRAFTS.c.id == sa.bindparam("draft_id"))
    .values(saved_at=sa.bindparam("new_saved_at"), typed=sa.bindparam("new_typed"))
)
_DROP_DRAFT = sa.delete(_DRAFTS).where(_DRAFTS.c.id == sa.bindparam("draft_id"))


def claim(key: uuid.UUID, session_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Take the key of a submitted form; False when it was taken before.

    A second request with the same key waits here for the first to end.
    """
    taken = db.session.scalar(
        _CLAIM[db.engine.dialect.name],
        {"key": key, "session_id": session_id, "user_id": user_id, "created_at": clock.now()},
    )
    return taken is not None


def revision(values: Mapping[str, Any]) -> None:
    """Insert one revision of a group note."""
    db.session.execute(_NEW_REVISION, values)


def attendance(
    session_id: uuid.UUID, rows: Sequence[Any], entries: Mapping[uuid.UUID, Any]
) -> None:
    """Insert the attendance that is new and update what changed."""
    new, changed = [], []
    for row in rows:
        entry = entries[row.client_id]
        if row.attendance_id is None:
            new.append(
                {
                    "id": new_id(),
                    "session_id": session_id,
                    "client_id": row.client_id,
                    "status": entry.status,
                    "arrived_at": entry.arrived_at,
                    "departed_at": entry.departed_at,
                    "version": 1,
                }
            )
        elif (row.attendance, row.arrived_at, row.departed_at) != (
            entry.status,
            entry.arrived_at,
            entry.departed_at,
        ):
            changed.append(
                {
                    "attendance_id": row.attendance_id,
                    "new_status": entry.status,
                    "new_arrived_at": entry.arrived_at,
                    "new_departed_at": entry.departed_at,
                }
            )
    _many(_NEW_ATTENDANCE, new)
    _many(_CHANGED_ATTENDANCE, changed)


def session_draft(met: Any, user_id: uuid.UUID, typed: str, now: dt.datetime) -> None:
    """Keep the one draft that this person has of this session."""
    row_id = met.draft_id or new_id()
    sealed = ring().seal(met.data_key, places.DRAFT, row_id, typed)
    values = {"id": row_id, "session_id": met.id, "user_id": user_id, "data_key": met.data_key}
    if met.draft_id is None:
        db.session.execute(_NEW_DRAFT, {**values, "saved_at": now, "typed": sealed})
    else:
        db.session.execute(
            _CHANGED_DRAFT, {"draft_id": row_id, "new_saved_at": now, "new_typed": sealed}
        )


def drop_session_draft(draft_id: uuid.UUID | None) -> None:
    """Remove a draft, if there is one."""
    if draft_id is not None:
        db.session.execute(_DROP_DRAFT, {"draft_id": draft_id})


def fan_out(session_id: uuid.UUID, plan: fanout.FanOut, missing: Mapping[uuid.UUID, int]) -> None:
    """Write the notes that the plan of a fan-out makes, sets aside and brings back."""
    now = clock.now()
    notes = [
        {
            "id": note.id,
            "session_id": session_id,
            "client_id": note.client_id,
            "author_id": note.author_id,
            "data_key": note.data_key_id,
            "status": NoteStatus.DRAFT,
            "has_text": False,
            "missing": missing[note.id],
            "version": 1,
            "created_at": now,
            "changed_at": now,
        }
        for note in plan.notes
    ]
    _many(_NEW_NOTES, notes)
    diagnoses(plan.diagnoses)
    progress(plan.progress)
    status = [
        {"note_id": note_id, "new_status": NoteStatus.SET_ASIDE, "now": now}
        for note_id in plan.set_aside
    ] + [
        {"note_id": note_id, "new_status": NoteStatus.DRAFT, "now": now}
        for note_id in plan.bring_back
    ]
    _many(_NOTE_STATUS, status)


def diagnoses(offered: Sequence[fanout.NewDiagnosis]) -> None:
    """Offer diagnoses in notes."""
    rows = [
        {
            "id": new.id,
            "note_id": new.note_id,
            "diagnosis_id": new.diagnosis_id,
            "position": new.position,
            "addressed": True,
        }
        for new in offered
    ]
    _many(_NEW_DIAGNOSES, rows)


def progress(offered: Sequence[fanout.NewProgress]) -> None:
    """Offer objectives in notes; rating and evidence start empty."""
    rows = [
        {
            "id": new.id,
            "note_id": new.note_id,
            "objective_id": new.objective_id,
            "data_key": new.data_key_id,
            "position": new.position,
        }
        for new in offered
    ]
    _many(_NEW_PROGRESS, rows)


def note(note_id: uuid.UUID, seen_version: int, values: Mapping[str, Any]) -> bool:
    """Write the new values of a draft; False when it is not at ``seen_version`` any more."""
    statement = (
        sa.update(_NOTES)
        .where(_NOTES.c.id == note_id, _NOTES.c.version == seen_version)
        .values(version=seen_version + 1, **values)
    )
    return cast("sa.CursorResult[Any]", db.session.execute(statement)).rowcount == 1


def ratings(values: Sequence[Mapping[str, Any]]) -> None:
    """Write ratings and evidence of a draft."""
    _many(_RATED, values)


def addressed(values: Sequence[Mapping[str, Any]]) -> None:
    """Write which of a draft's diagnoses the session addressed."""
    _many(_ADDRESSED, values)


def session_documented(session_id: uuid.UUID, new_revision: int, new_version: int) -> None:
    """Point the session at its newest revision."""
    values = {"session_id": session_id, "new_revision": new_revision, "new_version": new_version}
    db.session.execute(_DOCUMENTED, values)


def _many(statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        db.session.execute(statement, rows)
