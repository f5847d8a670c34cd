"""Who may reach a treatment plan: whoever may reach the chart it is in."""

from __future__ import annotations

from groupnotes.access.policy import Relation
from groupnotes.access.relations import EMERGENCY_CLIENT_ID, Clause, relation
from groupnotes.clients.relations import cares_for, supervises_clinician_of
from groupnotes.groups.relations import facilitates_group_of
from groupnotes.plans.models import TreatmentPlan


@relation(TreatmentPlan, Relation.CARES_FOR)
def _of_my_client() -> Clause:
    return cares_for(TreatmentPlan.client_id)


@relation(TreatmentPlan, Relation.FACILITATES)
def _of_client_in_my_group() -> Clause:
    return facilitates_group_of(TreatmentPlan.client_id)


@relation(TreatmentPlan, Relation.SUPERVISES)
def _of_supervisees_client() -> Clause:
    return supervises_clinician_of(TreatmentPlan.client_id)


@relation(TreatmentPlan, Relation.EMERGENCY)
def _of_client_in_emergency() -> Clause:
    return TreatmentPlan.client_id == EMERGENCY_CLIENT_ID
