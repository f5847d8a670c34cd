"""Who may reach a diagnosis: whoever may reach the chart it is in."""

from __future__ import annotations

from groupnotes.access.policy import Relation
from groupnotes.access.relations import Clause, relation
from groupnotes.clients.relations import cares_for, supervises_clinician_of
from groupnotes.diagnoses.models import Diagnosis


@relation(Diagnosis, Relation.CARES_FOR)
def _of_my_client() -> Clause:
    return cares_for(Diagnosis.client_id)


@relation(Diagnosis, Relation.SUPERVISES)
def _of_supervisees_client() -> Clause:
    return supervises_clinician_of(Diagnosis.client_id)
