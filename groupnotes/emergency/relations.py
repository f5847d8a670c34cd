"""How near a person stands to an emergency access: whose client it is about is told of it."""

from __future__ import annotations

import sqlalchemy as sa

from groupnotes.access.models import EmergencyAccess
from groupnotes.access.policy import Relation
from groupnotes.access.relations import ACTOR_ID, Clause, current, relation
from groupnotes.clients.models import CaseloadEntry


@relation(EmergencyAccess, Relation.CARES_FOR)
def _to_my_client() -> Clause:
    """Say so from the caseload, by which the accesses to a whole caseload are found too."""
    mine = sa.select(CaseloadEntry.client_id).where(
        CaseloadEntry.clinician_id == ACTOR_ID,
        current(CaseloadEntry.started_on, CaseloadEntry.ended_on),
    )
    return EmergencyAccess.client_id.in_(mine)
