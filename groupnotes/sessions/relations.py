"""How near a person stands to a session."""

from __future__ import annotations

from groupnotes.access.policy import Relation
from groupnotes.access.relations import Clause, relation
from groupnotes.groups.relations import facilitates, supervises_facilitator_of
from groupnotes.sessions.models import GroupSession


@relation(GroupSession, Relation.FACILITATES)
def _of_my_group() -> Clause:
    return facilitates(GroupSession.group_id)


@relation(GroupSession, Relation.SUPERVISES)
def _of_supervisee() -> Clause:
    return supervises_facilitator_of(GroupSession.group_id)
