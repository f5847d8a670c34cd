"""What a clinician does with one client's note: open it, write it, bring it up to date."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from groupnotes import deid
from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict, Locked, NotFound
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import ring
from groupnotes.identity import rosters
from groupnotes.notes import (
    doubts,
    fanout,
    guarding,
    opening,
    queries,
    readiness,
    sealing,
    writes,
)
from groupnotes.notes.difference import Change, changes
from groupnotes.notes.doubts import Doubt
from groupnotes.notes.opening import GroupNoteText, Parts, Returned
from groupnotes.notes.queries import Ways
from groupnotes.notes.readiness import IndividualContent, Missing
from groupnotes.notes.states import SIGNED, DisplayStatus, NoteStatus, display_status
from groupnotes.notes.workspace import NoteCard
from groupnotes.notes.writes import State

Row = Any

LOCKED = "This note is signed. Nothing in it changes again."
SET_ASIDE = (
    "This note is set aside: the client is marked absent, or another note of theirs is in its "
    "place. If the attendance is wrong, correct it first: the text comes back."
)
STALE = (
    "This note was changed in another window while you were writing. Nothing of yours was lost: "
    "copy your text, reload the page, and compare."
)
STRANGE = (
    "This form holds diagnoses or objectives that are not in this note. Nothing was saved: "
    "copy your text, open the note again, and compare."
)


@dataclass(frozen=True, slots=True)
class OpenNote:
    """One note with what its page needs."""

    id: uuid.UUID
    session_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    group_name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    status: DisplayStatus
    version: int
    mine: bool
    content: IndividualContent
    parts: Parts
    missing: tuple[Missing, ...]
    group_note: GroupNoteText
    revision: int
    ways: Ways
    returns: Sequence[Returned]  # of it, by supervisors, the oldest first
    findings: guarding.Findings  # since it was written, the roster changed
    changes: Sequence[Change]  # of the group note, since the draft was written
    doubt: Doubt | None  # so that nothing is written in it

    @property
    def is_signed(self) -> bool:
        """Whether its author has signed it, so that it is read as it was signed."""
        return self.status in SIGNED or self.status is DisplayStatus.ENTERED_IN_ERROR

    @property
    def card(self) -> NoteCard:
        """The note as it stands among the others of its session."""
        return NoteCard(
            id=self.id,
            client_id=self.client_id,
            client_name=self.client_name,
            status=self.status,
            version=self.version,
            mine=self.mine,
            content=self.content,
            parts=self.parts,
            missing=self.missing,
            doubt=self.doubt,
        )


class Saved(NamedTuple):
    """What became of a draft; ``findings`` are those that do not stand in the way."""

    client_id: uuid.UUID
    version: int
    status: DisplayStatus
    missing: tuple[Missing, ...]
    at: dt.datetime
    findings: guarding.Findings = MappingProxyType({})


def open_note(actor: Actor, note_id: uuid.UUID) -> OpenNote:
    """Show one note with the newest revision of its group note."""
    row = found(actor, Permission.NOTE_READ, Tag.NOTE_READ, note_id)
    met = queries.session_of_note(row.session_id)
    people = [p for p in queries.people(met) if p.client_id == row.client_id]
    opening.load_keys([met], people)
    with doubts.telling(actor, note_id, row.client_id):
        its = opening.parts(*queries.parts_of_notes([note_id]))[note_id]
        content = opening.content(row, note_id, its)
    doubt = Doubt.UNSIGNED if row.signed_as_logged else None
    if doubt:
        doubts.tell(actor, note_id, row.client_id, doubt)
    log.record_shown(Happening(Tag.NOTE_READ, actor, row.client_id, "individual_notes", note_id))
    draft = row.status is NoteStatus.DRAFT and not doubt
    ways = queries.ways_from(actor, note_id)
    return OpenNote(
        id=note_id,
        session_id=row.session_id,
        client_id=row.client_id,
        client_name=opening.display_name(ring(), people[0]),
        group_name=opening.group_name(met),
        starts_at=met.starts_at,
        ends_at=met.ends_at,
        status=display_status(row.status, has_text=row.has_text, missing=row.missing),
        version=row.version,
        mine=row.author_id == actor.user_id,
        content=content,
        parts=its,
        missing=tuple(readiness.missing(content)) if draft else (),
        group_note=opening.group_note(met),
        revision=met.revision,
        ways=ways,
        returns=opening.returns(queries.returns(note_id)) if ways.is_concerned else (),
        findings=_rechecked(row, content) if draft and row.author_id == actor.user_id else {},
        changes=_changes(row, met) if draft else (),
        doubt=doubt,
    )


def _changes(row: Row, met: Row) -> Sequence[Change]:
    """Return what changed in the group note after the draft was written or made."""
    if met.revised_at <= row.changed_at:
        return ()
    before = queries.group_note_at(row.session_id, row.changed_at)
    return () if before is None else changes(opening.group_note(before), opening.group_note(met))


def _rechecked(row: Row, content: IndividualContent) -> guarding.Findings:
    """Return what a draft names since the roster changed after it was written."""
    if row.checked_version in {None, row.roster_version}:
        return {}
    around = rosters.around(row.group_id, row.roster_version)
    return guarding.in_note(content, around, row.client_id, row.id)


def save_note(
    actor: Actor, note_id: uuid.UUID, content: IndividualContent, *, seen_version: int
) -> Saved:
    """Keep what was written in a draft.

    The same content again is already saved, whatever version the sender saw: a
    lost answer may be asked for again. Raises NamesFound, Locked and Conflict.
    """
    row = found(actor, Permission.NOTE_WRITE, Tag.NOTE_EDIT, note_id)
    require_draft(actor, row)
    ring().load({row.data_key})
    progress_rows = queries.progress_of_note(note_id)
    diagnosis_rows = queries.diagnoses_of_note(note_id)
    written = _in_order(content, diagnosis_rows, progress_rows)
    now = clock.now()
    missing = tuple(readiness.missing(written))
    with doubts.telling(actor, note_id, row.client_id):
        kept = opening.bare_content(row, diagnosis_rows, progress_rows)
    if written == kept:
        return _saved(row, row.version, written, missing, now)
    if row.version != seen_version:
        raise Conflict(STALE)
    around = rosters.around(row.group_id, row.roster_version)
    findings = guarding.in_note(written, around, row.client_id, note_id)
    guarding.refuse(deid.INDIVIDUAL, findings)
    _write(row, written, progress_rows, diagnosis_rows, missing, now)
    log.record(Happening(Tag.NOTE_EDIT, actor, row.client_id, "individual_notes", note_id))
    return _saved(row, row.version + 1, written, missing, now)._replace(findings=findings)


def require_writer(actor: Actor, note_id: uuid.UUID) -> None:
    """Raise unless the actor writes this note: before what was typed is answered to."""
    found(actor, Permission.NOTE_WRITE, Tag.NOTE_EDIT, note_id)


def refresh_note(actor: Actor, note_id: uuid.UUID, *, seen_version: int) -> Saved:
    """Offer in a draft the diagnoses and objectives that its client's chart has gained since."""
    row = found(actor, Permission.NOTE_WRITE, Tag.NOTE_EDIT, note_id, lock=True)
    require_draft(actor, row)
    if row.version != seen_version:
        raise Conflict(STALE)
    diagnosis_rows = queries.diagnoses_of_note(note_id)
    progress_rows = queries.progress_of_note(note_id)
    diagnoses, objectives = queries.chart([row.client_id])
    has = {d.diagnosis_id for d in diagnosis_rows}, {p.objective_id for p in progress_rows}
    new_diagnoses = [
        fanout.NewDiagnosis(new_id(), note_id, d.id, len(diagnosis_rows) + n)
        for n, d in enumerate((d for d in diagnoses if d.id not in has[0]), 1)
    ]
    new_objectives = [
        fanout.NewProgress(new_id(), note_id, o.id, row.data_key, len(progress_rows) + n)
        for n, o in enumerate((o for o in objectives if o.id not in has[1]), 1)
    ]
    writes.diagnoses(new_diagnoses)
    writes.progress(new_objectives)
    ring().load({row.data_key})
    with doubts.telling(actor, note_id, row.client_id):
        content = opening.bare_content(
            row, queries.diagnoses_of_note(note_id), queries.progress_of_note(note_id)
        )
    missing = tuple(readiness.missing(content))
    now = clock.now()
    if not writes.refreshed(note_id, row.version, State(len(missing), row.has_text, now)):
        raise Conflict(STALE)
    log.record(Happening(Tag.NOTE_EDIT, actor, row.client_id, "individual_notes", note_id))
    return _saved(row, row.version + 1, content, missing, now)


def _write(
    row: Row,
    written: IndividualContent,
    progress_rows: Sequence[Row],
    diagnosis_rows: Sequence[Row],
    missing: tuple[Missing, ...],
    now: dt.datetime,
) -> None:
    state = State(len(missing), readiness.has_text(written), now)
    sealed = sealing.individual_note(written, row.id, row.data_key)
    checked = row.roster_version
    if not writes.note(row.id, row.version, state, sealed, checked_version=checked):
        raise Conflict(STALE)
    by_objective = written.progress_by_objective()
    writes.ratings(
        [
            sealing.progress(rating, by_objective[rating.objective_id], row.data_key)
            for rating in progress_rows
        ]
    )
    writes.addressed(
        [
            (link.id, now_addressed)
            for link in diagnosis_rows
            if (now_addressed := link.diagnosis_id in written.diagnoses_addressed)
            is not link.addressed
        ]
    )


def _in_order(
    content: IndividualContent, diagnosis_rows: Sequence[Row], progress_rows: Sequence[Row]
) -> IndividualContent:
    """Bring the diagnoses and objectives into the order of this note.

    One that does not stand in it was written about something else: Conflict.
    """
    by_objective = {progress.objective_id: progress for progress in content.progress}
    if not (
        by_objective.keys() <= {rating.objective_id for rating in progress_rows}
        and {*content.diagnoses_addressed} <= {link.diagnosis_id for link in diagnosis_rows}
    ):
        raise Conflict(STRANGE)
    return readiness.IndividualContent(
        engagement_level=content.engagement_level,
        engagement_qualities=content.engagement_qualities,
        response=content.response,
        group_response=content.group_response,
        diagnoses_addressed=tuple(
            link.diagnosis_id
            for link in diagnosis_rows
            if link.diagnosis_id in content.diagnoses_addressed
        ),
        progress=tuple(
            by_objective.get(rating.objective_id)
            or readiness.ObjectiveProgress(rating.objective_id)
            for rating in progress_rows
        ),
        risk_level=content.risk_level,
        risk_action=content.risk_action,
        plan=content.plan,
    )


def _saved(
    row: Row,
    version: int,
    content: IndividualContent,
    missing: tuple[Missing, ...],
    now: dt.datetime,
) -> Saved:
    status = display_status(
        NoteStatus.DRAFT, has_text=readiness.has_text(content), missing=len(missing)
    )
    return Saved(row.client_id, version, status, missing, now)


def require_draft(actor: Actor, row: Row) -> None:
    """Raise unless the note can still be written in."""
    if row.status.is_frozen:
        raise Locked(LOCKED)
    if row.signed_as_logged:
        doubts.refuse(actor, row.id, row.client_id)
    if row.status is NoteStatus.SET_ASIDE:
        raise Conflict(SET_ASIDE)


def found(
    actor: Actor, permission: Permission, tag: Tag, note_id: uuid.UUID, *, lock: bool = False
) -> Row:
    """Return a note over which the actor holds ``permission``; raise NotFound without one."""
    require(actor, permission, tag, object_type="individual_notes", object_id=note_id)
    row = queries.note(actor, permission, note_id, lock=lock)
    if row is None:
        log.record_refusal(Happening(tag, actor, None, "individual_notes", note_id))
        raise NotFound
    return row
