"""The writes of the hot paths: one statement for all rows of a kind."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.core.prepared import ForMany, Prepared
from groupnotes.crypto.keyring import ring
from groupnotes.notes import fanout, places, sealing
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
    name: Prepared(
        insert(_SUBMISSIONS).on_conflict_do_nothing().returning(_SUBMISSIONS.c.key),
        "key",
        "session_id",
        "user_id",
        "created_at",
    )
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_REVISION = (
    "id",
    "session_id",
    "number",
    "data_key",
    "author_id",
    "created_at",
    "checked_version",
    *places.GROUP_NOTE,
)
_NEW_REVISION = ForMany(sa.insert(_REVISIONS), *_REVISION)
_NEW_ATTENDANCE = ForMany(
    sa.insert(_ATTENDANCES).values(version=1),
    "id",
    "session_id",
    "client_id",
    "status",
    "arrived_at",
    "departed_at",
)
_CHANGED_ATTENDANCE = ForMany(
    sa.update(_ATTENDANCES)
    .where(_ATTENDANCES.c.id == sa.bindparam("attendance_id"))
    .values(
        status=sa.bindparam("new_status"),
        arrived_at=sa.bindparam("new_arrived_at"),
        departed_at=sa.bindparam("new_departed_at"),
        version=_ATTENDANCES.c.version + 1,
    ),
    "attendance_id",
    "new_status",
    "new_arrived_at",
    "new_departed_at",
)
_NEW_NOTES = ForMany(
    sa.insert(_NOTES).values(status=NoteStatus.DRAFT, standing=True, has_text=False, version=1),
    "id",
    "session_id",
    "client_id",
    "author_id",
    "data_key",
    "missing",
    "created_at",
    "changed_at",
    "encounter",
    "encounter_index",
)
_NEW_DIAGNOSES = ForMany(sa.insert(_DIAGNOSES).values(addressed=True), *fanout.NewDiagnosis._fields)
_NEW_PROGRESS = ForMany(sa.insert(_PROGRESS), *fanout.NewProgress._fields)
_NOTE_STATUS = ForMany(
    sa.update(_NOTES)
    .where(_NOTES.c.id == sa.bindparam("note_id"))
    .values(
        status=sa.bindparam("new_status"),
        changed_at=sa.bindparam("now"),
        version=_NOTES.c.version + 1,
    ),
    "note_id",
    "new_status",
    "now",
)


def _changed_note(*columns: str) -> Prepared:
    """Write ``columns`` of a draft that is still at the version its sender saw."""
    return Prepared(
        sa.update(_NOTES)
        .where(
            _NOTES.c.id == sa.bindparam("note_id"), _NOTES.c.version == sa.bindparam("seen_version")
        )
        .values(
            version=_NOTES.c.version + 1,
            **{name: sa.bindparam(f"new_{name}") for name in columns},
        )
    )


_STATE = ("missing", "has_text", "changed_at")
_NOTE_WRITTEN = _changed_note(*_STATE, "checked_version", *places.NOTE)
_NOTE_REFRESHED = _changed_note(*_STATE)
_RATED = ForMany(
    sa.update(_PROGRESS)
    .where(_PROGRESS.c.id == sa.bindparam("rating_id"))
    .values(rating=sa.bindparam("new_rating"), evidence=sa.bindparam("new_evidence")),
    "rating_id",
    "new_rating",
    "new_evidence",
)
_ADDRESSED = ForMany(
    sa.update(_DIAGNOSES)
    .where(_DIAGNOSES.c.id == sa.bindparam("link_id"))
    .values(addressed=sa.bindparam("is_addressed")),
    "link_id",
    "is_addressed",
)
_DOCUMENTED = Prepared(
    sa.update(_SESSIONS)
    .where(_SESSIONS.c.id == sa.bindparam("session_id"))
    .values(revision=sa.bindparam("new_revision"), version=sa.bindparam("new_version"))
)
_NEW_DRAFT = ForMany(
    sa.insert(_DRAFTS), "id", "session_id", "user_id", "data_key", "saved_at", "typed"
)
_CHANGED_DRAFT = Prepared(
    sa.update(_DRAFTS)
    .where(_DRAFTS.c.id == sa.bindparam("draft_id"))
    .values(saved_at=sa.bindparam("new_saved_at"), typed=sa.bindparam("new_typed"))
)
_DROP_DRAFT = Prepared(sa.delete(_DRAFTS).where(_DRAFTS.c.id == sa.bindparam("draft_id")))


def claim(key: uuid.UUID, session_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Take the key of a submitted form; False when it was taken before.

    A second request with the same key waits here for the first to end.
    """
    taken = _CLAIM[db.engine.dialect.name].one_or_none(
        {"key": key, "session_id": session_id, "user_id": user_id, "created_at": clock.now()}
    )
    return taken is not None


def revision(values: Mapping[str, Any]) -> None:
    """Insert one revision of a group note."""
    _NEW_REVISION.run([tuple(values[name] for name in _REVISION)])


def attendance(
    session_id: uuid.UUID, rows: Sequence[Any], entries: Mapping[uuid.UUID, Any]
) -> None:
    """Insert the attendance that is new and update what changed."""
    new, changed = [], []
    for row in rows:
        entry = entries[row.client_id]
        said = (entry.status, entry.arrived_at, entry.departed_at)
        if row.attendance_id is None:
            new.append((new_id(), session_id, row.client_id, *said))
        elif (row.attendance, row.arrived_at, row.departed_at) != said:
            changed.append((row.attendance_id, *said))
    _NEW_ATTENDANCE.run(new)
    _CHANGED_ATTENDANCE.run(changed)


def session_draft(met: Any, user_id: uuid.UUID, typed: str, now: dt.datetime) -> None:
    """Keep the one draft that this person has of this session."""
    row_id = met.draft_id or new_id()
    sealed = ring().seal(met.data_key, places.DRAFT, row_id, typed)
    if met.draft_id is None:
        _NEW_DRAFT.run([(row_id, met.id, user_id, met.data_key, now, sealed)])
    else:
        _CHANGED_DRAFT.run({"draft_id": row_id, "new_saved_at": now, "new_typed": sealed})


def drop_session_draft(draft_id: uuid.UUID | None) -> None:
    """Remove a draft, if there is one."""
    if draft_id is not None:
        _DROP_DRAFT.run({"draft_id": draft_id})


def fan_out(session_id: uuid.UUID, plan: fanout.FanOut, missing: Mapping[uuid.UUID, int]) -> None:
    """Write the notes that the plan of a fan-out makes, sets aside and brings back."""
    now = clock.now()
    _NEW_NOTES.run(
        [
            (
                note.id,
                session_id,
                note.client_id,
                note.author_id,
                note.data_key_id,
                missing[note.id],
                now,
                now,
                *sealing.encounter(note.id, note.data_key_id),
            )
            for note in plan.notes
        ]
    )
    diagnoses(plan.diagnoses)
    progress(plan.progress)
    _NOTE_STATUS.run(
        [(note_id, NoteStatus.SET_ASIDE, now) for note_id in plan.set_aside]
        + [(note_id, NoteStatus.DRAFT, now) for note_id in plan.bring_back]
    )


def diagnoses(offered: Sequence[fanout.NewDiagnosis]) -> None:
    """Offer diagnoses in notes."""
    _NEW_DIAGNOSES.run(offered)


def progress(offered: Sequence[fanout.NewProgress]) -> None:
    """Offer objectives in notes; rating and evidence start empty."""
    _NEW_PROGRESS.run(offered)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a draft without opening it."""

    missing: int
    has_text: bool
    changed_at: dt.datetime


def note(
    note_id: uuid.UUID,
    seen_version: int,
    state: State,
    sealed: Mapping[str, Any],
    *,
    checked_version: int,
) -> bool:
    """Write the columns of a draft; False when it is not at ``seen_version`` any more."""
    values = _state(note_id, seen_version, state)
    values["new_checked_version"] = checked_version
    values.update((f"new_{name}", value) for name, value in sealed.items())
    return _NOTE_WRITTEN.run(values) == 1


def refreshed(note_id: uuid.UUID, seen_version: int, state: State) -> bool:
    """Write the state of a draft whose text stays; False when it is not at ``seen_version``."""
    return _NOTE_REFRESHED.run(_state(note_id, seen_version, state)) == 1


def ratings(values: Sequence[tuple[uuid.UUID, bytes | None, bytes | None]]) -> None:
    """Write ratings and evidence of a draft, each by its id."""
    _RATED.run(values)


def addressed(values: Sequence[tuple[uuid.UUID, bool]]) -> None:
    """Write which of a draft's diagnoses the session addressed, each by its id."""
    _ADDRESSED.run(values)


def session_documented(session_id: uuid.UUID, new_revision: int, new_version: int) -> None:
    """Point the session at its newest revision."""
    _DOCUMENTED.run(
        {"session_id": session_id, "new_revision": new_revision, "new_version": new_version}
    )


def _state(note_id: uuid.UUID, seen_version: int, state: State) -> dict[str, Any]:
    return {
        "note_id": note_id,
        "seen_version": seen_version,
        "new_missing": state.missing,
        "new_has_text": state.has_text,
        "new_changed_at": state.changed_at,
    }
