"""Document a session for everyone at once: the group note, the attendance, and the fan-out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.errors import Conflict, Invalid
from groupnotes.core.ids import new_id
from groupnotes.identity import rosters
from groupnotes.notes import (
    fanout,
    guarding,
    opening,
    queries,
    readiness,
    sealing,
    writes,
)
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.services import sessions
from groupnotes.sessions import attendance
from groupnotes.sessions.attendance import AttendanceStatus, Span
from groupnotes.sessions.models import SessionStatus

Row = Any

STALE = (
    "Someone else documented this session while you were writing. Nothing of yours was lost: "
    "your text is below. Open the session again, compare, and save."
)
RESENT = (
    "This form was saved before, with other words in it. Nothing was saved now: "
    "open the session again, compare, and save."
)
_UNLISTED = "Choose from the practice’s list; write what is not on it under other interventions."
_SIGNED = (
    "This client’s note is signed with the attendance as it was, so it cannot be changed. "
    "Put it back as it was, or have the signed note marked as entered in error first."
)


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """What the facilitator says of one client; times as the practice's clocks show them."""

    status: AttendanceStatus
    arrived: dt.time | None = None
    departed: dt.time | None = None


@dataclass(frozen=True, slots=True)
class AttendanceEntry:
    """How one client attended; times are aware."""

    status: AttendanceStatus
    arrived_at: dt.datetime | None = None
    departed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionSubmission:
    """One submit of the session's form; clients who are not of the session are passed over."""

    key: uuid.UUID  # of the rendered form: sent twice, it counts once
    seen_version: int
    attendance: Mapping[uuid.UUID, TypedEntry]
    group_note: GroupNoteText


Entries = Mapping[uuid.UUID, AttendanceEntry]


def document_session(
    actor: Actor, session_id: uuid.UUID, submission: SessionSubmission
) -> guarding.Findings:
    """Write the group-note revision, the attendance and one note for each who attended.

    All of it or nothing; the same submission sent again changes nothing. Returns what in the
    group note may identify someone and was filed all the same. Raises Invalid (NamesFound when
    the shared text surely identifies someone) and Conflict.
    """
    require(actor, Permission.SESSION_DOCUMENT, Tag.GROUP_NOTE_WRITE, object_id=session_id)
    met = sessions.found(
        actor,
        queries.session(actor, Permission.SESSION_DOCUMENT, session_id, lock=True),
        session_id,
    )
    opening.load_keys([met])
    if not writes.claim(submission.key, met.id, actor.user_id):
        _refuse_other_words(actor, met, submission)
        return {}
    if met.status is not SessionStatus.SCHEDULED:
        raise Conflict("This session is cancelled. Restore it before you document it.")
    if met.version != submission.seen_version:
        raise Conflict(STALE)
    rows = queries.attendance(met)
    entries = _entries(actor, met, rows, submission)
    _check(met, rows, submission.group_note, entries)
    around = rosters.around(met.group_id, met.roster_version)
    findings = guarding.in_group_note(submission.group_note, around, met.held_on, met.id)
    guarding.refuse(guarding.SHARED, findings)
    opening.load_keys(rows)
    _write(actor, met, rows, submission.group_note, entries)
    return findings


def _entries(actor: Actor, met: Row, rows: Iterable[Row], submission: SessionSubmission) -> Entries:
    """Return what was said of the clients of the session, with times on the session's day."""
    starts_at = met.starts_at.astimezone(ZoneInfo(actor.zone))

    def moment(typed: dt.time | None) -> dt.datetime | None:
        return None if typed is None else attendance.moment_of(typed, starts_at)

    return {
        row.client_id: AttendanceEntry(said.status, moment(said.arrived), moment(said.departed))
        for row in rows
        if (said := submission.attendance.get(row.client_id)) is not None
    }


def _refuse_other_words(actor: Actor, met: Row, submission: SessionSubmission) -> None:
    """Raise Conflict unless a form that is sent again says what was kept of it.

    Its sender may have gone back to it, and written on: to answer "saved" would lose that.
    """
    if queries.submitted(submission.key, actor.user_id) != met.id:
        raise Conflict("This form was already used for something else. Open the session again.")
    rows = queries.attendance(met)
    kept = {
        row.client_id: AttendanceEntry(row.attendance, row.arrived_at, row.departed_at)
        for row in rows
        if row.attendance is not None
    }
    said = _entries(actor, met, rows, submission)
    if (opening.group_note(met), kept) != (submission.group_note, said):
        raise Conflict(RESENT)


def _check(met: Row, rows: Sequence[Row], text: GroupNoteText, entries: Entries) -> None:
    problems: dict[str, str] = {}
    if not text.topic:
        problems["topic"] = "Write the topic of the session."
    if not (text.interventions or text.interventions_other):
        problems["interventions"] = "Choose or write at least one intervention."
    elif not _are_listed(text.interventions, opening.group_note(met)):
        problems["interventions"] = _UNLISTED
    span = Span(met.starts_at, met.ends_at)
    for row in rows:
        problems |= _attendance_problems(row, entries.get(row.client_id), span)
    if met.starts_at > clock.now():
        problems["session"] = "This session has not begun: document it once it has."
    if not rows:
        problems["session"] = "Nobody was enrolled on that day. Enrol a client first."
    if problems:
        raise Invalid(problems)


def _are_listed(names: Sequence[str], before: GroupNoteText) -> bool:
    """Say whether the practice offers all of ``names``, or did when the note was written."""
    new = set(names).difference(before.interventions)
    return not new or new.issubset(queries.interventions())


def _attendance_problems(row: Row, entry: AttendanceEntry | None, span: Span) -> dict[str, str]:
    where = row.client_id
    if entry is None:
        return {f"status-{where}": "Choose how this client attended."}
    as_signed = (row.attendance, row.arrived_at, row.departed_at)
    as_typed = (entry.status, entry.arrived_at, entry.departed_at)
    if row.note_id is not None and row.note_status.is_frozen and as_typed != as_signed:
        return {f"status-{where}": _SIGNED}
    found = attendance.problems(
        entry.status, span, arrived=entry.arrived_at, departed=entry.departed_at
    )
    return {f"{field.removesuffix('_at')}-{where}": text for field, text in found.items()}


def _write(
    actor: Actor, met: Row, rows: Sequence[Row], text: GroupNoteText, entries: Entries
) -> None:
    revision_id, revision = _write_revision(actor, met, text)
    author = _author(actor, met)
    attended = {client: attendance.attended(entry.status) for client, entry in entries.items()}
    attendees = [
        fanout.Attendee(
            client_id=row.client_id,
            attended=attended[row.client_id],
            data_key_id=row.data_key,
            author_id=author or _clinician(row, actor, new=attended[row.client_id]),
        )
        for row in rows
    ]
    existing = {
        row.client_id: fanout.ExistingNote(row.note_id, row.note_status)
        for row in rows
        if row.note_id is not None
    }
    chart = _chart(rows, attended, existing)
    plan = fanout.plan_fan_out(attendees, chart, existing, new_id)
    if plan.conflicts:
        raise Conflict(_SIGNED)
    writes.attendance(met.id, rows, entries)
    writes.fan_out(met.id, plan, _missing_at_first(plan))
    writes.drop_session_draft(met.draft_id)
    writes.session_documented(met.id, revision, met.version + 1)
    _record(actor, met, revision_id, rows, entries, plan)


def _write_revision(actor: Actor, met: Row, text: GroupNoteText) -> tuple[uuid.UUID, int]:
    """Write a new revision, unless the newest says just this; return its id and number."""
    if met.revision and opening.group_note(met) == text:
        return met.revision_id, met.revision
    revision_id, number = new_id(), met.revision + 1
    writes.revision(
        {
            "id": revision_id,
            "session_id": met.id,
            "number": number,
            "data_key": met.data_key,
            "author_id": actor.user_id,
            "created_at": clock.now(),
            "checked_version": met.roster_version,
            **sealing.group_note(text, revision_id, met.data_key),
        }
    )
    return revision_id, number


def _author(actor: Actor, met: Row) -> uuid.UUID | None:
    """Return who writes the new notes: a clinician among the facilitators, the actor first."""
    if Role.CLINICIAN in actor.roles:
        return actor.user_id
    clinicians = (f.user_id for f in queries.facilitators(met.id) if f.is_clinician)
    return next(clinicians, None)


def _clinician(row: Row, actor: Actor, *, new: bool) -> uuid.UUID:
    """Return who writes the ``new`` note of a client; where none is made, that is nobody's work."""
    if not new or row.note_id is not None:
        return actor.user_id
    if row.clinician_id is None:
        raise Invalid(
            {
                f"status-{row.client_id}": "This client has no clinician yet, so nobody can write "
                "their note. Put them on a clinician’s caseload first."
            }
        )
    clinician: uuid.UUID = row.clinician_id
    return clinician


def _chart(
    rows: Sequence[Row],
    attended: Mapping[uuid.UUID, bool],
    existing: Mapping[uuid.UUID, fanout.ExistingNote],
) -> fanout.Chart:
    """Ask the charts of those who get a new note."""
    new = [row.client_id for row in rows if attended[row.client_id]]
    new = [client for client in new if client not in existing]
    if not new:
        return fanout.Chart()
    diagnoses, objectives = queries.chart(new)
    return fanout.Chart(
        diagnoses=[fanout.ActiveDiagnosis._make(row) for row in diagnoses],
        objectives=[fanout.OpenObjective._make(row) for row in objectives],
    )


def _missing_at_first(plan: fanout.FanOut) -> dict[uuid.UUID, int]:
    """Count what stands between each new, empty note and a signature."""
    diagnosed = {diagnosis.note_id for diagnosis in plan.diagnoses}
    planned = {progress.note_id for progress in plan.progress}
    return {
        note.id: readiness.missing_at_first(
            diagnosed=note.id in diagnosed, planned=note.id in planned
        )
        for note in plan.notes
    }


def _corrected(row: Row, entry: AttendanceEntry, zone: ZoneInfo) -> str | None:
    """Say how the client attended before, where that is corrected: the row keeps what holds."""
    if row.attendance is None:
        return None
    before = AttendanceEntry(row.attendance, row.arrived_at, row.departed_at)
    return None if before == entry else f"{_told(before, zone)} to {_told(entry, zone)}"


def _told(entry: AttendanceEntry, zone: ZoneInfo) -> str:
    times = (
        f"{word} {at.astimezone(zone):%H:%M}"
        for word, at in (("arrived", entry.arrived_at), ("left", entry.departed_at))
        if at is not None
    )
    return " ".join((entry.status.value, *times))


def _record(
    actor: Actor,
    met: Row,
    revision_id: uuid.UUID,
    rows: Sequence[Row],
    entries: Entries,
    plan: fanout.FanOut,
) -> None:
    by_note = {row.note_id: row.client_id for row in rows}
    log.record(
        Happening(Tag.GROUP_NOTE_WRITE, actor, None, "group_note_revisions", revision_id),
        *(
            Happening(
                Tag.ATTENDANCE_WRITE,
                actor,
                row.client_id,
                "group_sessions",
                met.id,
                _corrected(row, entries[row.client_id], ZoneInfo(actor.zone)),
            )
            for row in rows
        ),
        *(
            Happening(Tag.NOTE_CREATE, actor, note.client_id, "individual_notes", note.id)
            for note in plan.notes
        ),
        *(
            Happening(Tag.NOTE_SET_ASIDE, actor, by_note[note], "individual_notes", note)
            for note in plan.set_aside
        ),
        *(
            Happening(Tag.NOTE_BRING_BACK, actor, by_note[note], "individual_notes", note)
            for note in plan.bring_back
        ),
    )
