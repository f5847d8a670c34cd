"""How near a person stands to a psychotherapy note, and to a client about whom they begin one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Relation
from groupnotes.access.relations import ACTOR_ID, Clause, relation
from groupnotes.clients.models import Client
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.psychotherapy.models import PsychotherapyNote


@relation(PsychotherapyNote, Relation.AUTHOR)
def _mine() -> Clause:
    return PsychotherapyNote.author_id == ACTOR_ID


@relation(Client, Relation.AUTHOR)
def _client_of_my_draft() -> Clause:
    """Say that the actor still writes a progress note of the client's.

    What that note quotes at length must have somewhere to go, also when the client, or the
    author, has left the group since the session.
    """
    note = aliased(IndividualNote)
    return (
        sa.select(sa.literal(1))
        .where(
            note.client_id == Client.id,
            note.author_id == ACTOR_ID,
            note.status == NoteStatus.DRAFT,
        )
        .correlate_except(note)
        .exists()
    )
