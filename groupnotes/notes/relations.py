"""How near a person stands to an individual note."""

from __future__ import annotations

import sqlalchemy as sa

from groupnotes.access.policy import Relation
from groupnotes.access.relations import ACTOR_ID, EMERGENCY_CLIENT_ID, Clause, gone, relation
from groupnotes.accounts.relations import supervises
from groupnotes.clients.relations import cares_for, is_destroyed
from groupnotes.groups.relations import facilitates
from groupnotes.notes.models import IndividualNote
from groupnotes.notes.states import NoteStatus
from groupnotes.sessions.models import GroupSession


@gone(IndividualNote)
def _of_a_destroyed_record() -> Clause:
    return is_destroyed(IndividualNote.client_id)


@relation(IndividualNote, Relation.AUTHOR)
def _my_note() -> Clause:
    return IndividualNote.author_id == ACTOR_ID


@relation(IndividualNote, Relation.CARES_FOR)
def _of_my_client() -> Clause:
    return cares_for(IndividualNote.client_id)


@relation(IndividualNote, Relation.FACILITATES)
def _of_my_group() -> Clause:
    return (
        sa.select(sa.literal(1))
        .where(
            GroupSession.id == IndividualNote.session_id,
            facilitates(GroupSession.group_id),
        )
        .correlate_except(GroupSession)
        .exists()
    )


@relation(IndividualNote, Relation.SUPERVISES)
def _of_my_supervisee() -> Clause:
    return supervises(IndividualNote.author_id)


@relation(IndividualNote, Relation.LOCKED)
def _locked() -> Clause:
    return IndividualNote.status == NoteStatus.SIGNED


@relation(IndividualNote, Relation.EMERGENCY)
def _of_client_in_emergency() -> Clause:
    """Say so of drafts too: the newest session, and the risk that was found, may be in one."""
    return IndividualNote.client_id == EMERGENCY_CLIENT_ID
