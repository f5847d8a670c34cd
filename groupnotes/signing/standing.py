"""Which entries of a note stand, and which of those wait for a supervisor, as SQL."""

from __future__ import annotations

import sqlalchemy as sa

from groupnotes.signing.models import CoSignature, EntryReturn, NoteEntry

Clause = sa.ColumnElement[bool]


def waits() -> Clause:
    """Say that a supervisor has still to sign beside the entry, or to return it."""
    return sa.and_(
        NoteEntry.review_due.is_(True),
        ~sa.exists().where(CoSignature.entry_id == NoteEntry.id).correlate(NoteEntry),
        ~sa.exists().where(EntryReturn.entry_id == NoteEntry.id).correlate(NoteEntry),
    )
