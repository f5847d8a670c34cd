"""How near a supervisor stands to a note by what was added to it."""

from __future__ import annotations

import sqlalchemy as sa

from groupnotes.access.policy import Relation
from groupnotes.access.relations import Clause, relation
from groupnotes.accounts.relations import supervises
from groupnotes.notes.models import IndividualNote
from groupnotes.signing import standing
from groupnotes.signing.models import NoteEntry


@relation(IndividualNote, Relation.REVIEWS)
def _added_to_by_my_supervisee() -> Clause:
    """Say that a supervisee of the actor added to the note, and nobody signed beside it yet."""
    return (
        sa.select(sa.literal(1))
        .where(
            NoteEntry.note_id == IndividualNote.id,
            supervises(NoteEntry.signer_id),
            standing.waits(),
        )
        .correlate_except(NoteEntry)
        .exists()
    )
