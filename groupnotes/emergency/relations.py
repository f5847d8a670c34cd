"""How near a person stands to an emergency access: whose client it is about is told of it."""

from __future__ import annotations

from groupnotes.access.models import EmergencyAccess
from groupnotes.access.policy import Relation
from groupnotes.access.relations import Clause, relation
from groupnotes.clients.relations import cares_for


@relation(EmergencyAccess, Relation.CARES_FOR)
def _to_my_client() -> Clause:
    return cares_for(EmergencyAccess.client_id)
