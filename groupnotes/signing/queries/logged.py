"""What the audit log says was signed of notes: whoever takes a row away leaves its event."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.audit.models import OF_SIGNING, AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core.db import db
from groupnotes.core.prepared import Prepared, Row
from groupnotes.groups.models import Group
from groupnotes.notes.models import IndividualNote, NoteReturn
from groupnotes.notes.states import FROZEN
from groupnotes.sessions.models import GroupSession
from groupnotes.signing import return_marks
from groupnotes.signing.entry import EntryKind
from groupnotes.signing.models import (
    CoSignature,
    EntryReturn,
    NoteEntry,
    Signature,
    SignatureMeaning,
    SigningKey,
)

_DONE = sa.and_(OF_SIGNING, AuditEvent.outcome == Outcome.SUCCESS)
_NOTE_ID = sa.bindparam("note_id", type_=sa.Uuid())


def _events(tag: Tag, of: Any = None) -> Any:
    of_note = AuditEvent.object_id == _NOTE_ID if of is None else AuditEvent.object_id.in_(of)
    where = (_DONE, AuditEvent.tag == tag, of_note)
    return sa.select(sa.func.count()).select_from(AuditEvent).where(*where).scalar_subquery()


def _rows(model: type[Any], *where: sa.ColumnElement[bool]) -> Any:
    of_note = sa.select(sa.func.count()).select_from(model).where(model.note_id == _NOTE_ID, *where)
    return of_note.scalar_subquery()


_IN_ERROR = NoteEntry.kind == EntryKind.ENTERED_IN_ERROR
_ENTRIES = sa.select(NoteEntry.id).where(NoteEntry.note_id == _NOTE_ID)
_NOTE_AND_ENTRIES = sa.union_all(sa.select(_NOTE_ID), _ENTRIES)
# No digest binds a return to its entry: the event does.
_LOGGED_RETURN = (
    sa.exists()
    .where(
        _DONE,
        AuditEvent.tag == Tag.NOTE_RETURN,
        AuditEvent.object_id == EntryReturn.entry_id,
        AuditEvent.actor_id == EntryReturn.returned_by,
    )
    .correlate(EntryReturn)
)
# All in one statement: whoever signs meanwhile is in all of the counts, or in none.
_COMPLETE = Prepared(
    sa.select(
        sa.case(
            (
                sa.and_(
                    _rows(Signature) == _events(Tag.NOTE_SIGN),
                    _rows(NoteReturn) == _events(Tag.NOTE_RETURN),
                    _rows(EntryReturn) == _events(Tag.NOTE_RETURN, _ENTRIES),
                    _rows(EntryReturn, ~_LOGGED_RETURN) == 0,
                    _rows(CoSignature) == _events(Tag.NOTE_CO_SIGN, _NOTE_AND_ENTRIES),
                    _rows(NoteEntry, _IN_ERROR) == _events(Tag.NOTE_RETRACT),
                    _rows(NoteEntry, ~_IN_ERROR) == _events(Tag.NOTE_ADD),
                ),
                1,
            ),
            else_=0,
        ).label("is_complete"),
        (_rows(NoteReturn) + _rows(EntryReturn)).label("returns"),
    )
)
_RETURNS = {
    kind: Prepared(
        sa.select(*(getattr(kind, name) for name in names)).where(kind.note_id == _NOTE_ID)
    )
    for kind, names in return_marks.COVERED.items()
}
_LOGGED_RETURNS = Prepared(
    sa.select(AuditEvent.detail).where(
        _DONE, AuditEvent.tag == Tag.NOTE_RETURN, AuditEvent.object_id.in_(_NOTE_AND_ENTRIES)
    )
)


class Logged(NamedTuple):
    """Whether a note is as the audit log has it."""

    is_complete: bool  # all that was signed is there, and nothing else
    is_returned_so: bool  # each return says what it said when it was made


def as_logged(note_id: uuid.UUID) -> Logged:
    """Hold a note against the audit log."""
    found = _COMPLETE.one({"note_id": note_id})
    return Logged(bool(found.is_complete), not found.returns or _are_returned_so(note_id))


def _are_returned_so(note_id: uuid.UUID) -> bool:
    """Compare what supervisors gave back with the marks in the log, which older events lack."""
    values = {"note_id": note_id}
    there = {
        return_marks.mark(kind, row) for kind, its in _RETURNS.items() for row in its.all(values)
    }
    logged = [event.detail for event in _LOGGED_RETURNS.all(values)]
    marks = {detail for detail in logged if detail is not None}
    return marks <= there and len(there - marks) <= logged.count(None)


def said_to_be_signed() -> Sequence[str]:
    """Return the ids of the notes that they, the log or a signature say are signed, as written.

    One that is no id is as it stands there: SQLite holds anything.
    """
    ids = sa.union(
        sa.select(_written(Signature.note_id)),
        sa.select(_written(IndividualNote.id)).where(IndividualNote.status.in_(FROZEN)),
        sa.select(_written(AuditEvent.object_id)).where(_DONE, AuditEvent.tag == Tag.NOTE_SIGN),
    ).subquery()
    return db.session.scalars(sa.select(ids.c.id).order_by(ids.c.id)).all()


def _written(column: Any) -> Any:
    return sa.type_coerce(sa.cast(column, sa.String), sa.String).label("id")


def without_signature(note_id: uuid.UUID) -> Iterator[Row]:
    """Yield a note that was signed, as it or the log says, and has no signature."""
    note, its = IndividualNote, aliased(IndividualNote)
    whole = (  # a signature is read by way of all of these
        sa.select(Signature.id)
        .join(its, its.id == Signature.note_id)
        .join(GroupSession, GroupSession.id == its.session_id)
        .join(Group, Group.id == GroupSession.group_id)
        .join(SigningKey, SigningKey.id == Signature.key_id)
        .where(Signature.meaning == SignatureMeaning.AUTHORSHIP)
    )
    withdrawn = sa.exists().where(NoteReturn.signature_id == Signature.id).correlate(Signature)
    standing = whole.where(its.id == note.id, ~withdrawn).correlate(note).exists()
    kept = whole.where(its.id == AuditEvent.object_id).correlate(AuditEvent).exists()
    frozen = sa.select(note.id.label("note_id"), note.client_id).where(
        note.status.in_(FROZEN), ~standing
    )
    lost = sa.select(AuditEvent.object_id, AuditEvent.client_id).where(
        _DONE, AuditEvent.tag == Tag.NOTE_SIGN, ~kept
    )
    found = sa.union(frozen, lost).subquery()
    asked = sa.select(found, sa.literal(0).label("gone"), sa.literal(0).label("hidden"))
    yield from db.session.execute(asked.where(found.c.note_id == note_id))
