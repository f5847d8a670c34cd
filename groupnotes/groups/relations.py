"""How near a person stands to a group, and through it to a client."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Relation
from groupnotes.access.relations import ACTOR_ID, ON_DATE, Clause, current, relation
from groupnotes.accounts.relations import supervises
from groupnotes.clients.company import company
from groupnotes.clients.models import Client
from groupnotes.diagnoses.models import Diagnosis
from groupnotes.groups.models import Enrolment, Group, GroupFacilitator


def facilitates(group_id: Any) -> Clause:
    """Say that the actor facilitates the group today."""
    standing = aliased(GroupFacilitator)
    return (
        sa.select(sa.literal(1))
        .where(
            standing.group_id == group_id,
            standing.user_id == ACTOR_ID,
            current(standing.started_on, standing.ended_on),
        )
        .correlate_except(standing)
        .exists()
    )


def supervises_facilitator_of(group_id: Any) -> Clause:
    """Say that the actor supervises someone who facilitates the group today."""
    standing = aliased(GroupFacilitator)
    return (
        sa.select(sa.literal(1))
        .where(
            standing.group_id == group_id,
            current(standing.started_on, standing.ended_on),
            supervises(standing.user_id),
        )
        .correlate_except(standing)
        .exists()
    )


def facilitates_group_of(client_id: Any) -> Clause:
    """Say that the client is enrolled in a group that the actor facilitates.

    An enrolment that begins later counts: the facilitator prepares for it.
    """
    stay = aliased(Enrolment)
    return (
        sa.select(sa.literal(1))
        .where(
            stay.client_id == client_id,
            sa.or_(stay.ended_on.is_(None), stay.ended_on >= ON_DATE),
            facilitates(stay.group_id),
        )
        .correlate_except(stay)
        .exists()
    )


@company
def _in_a_group_of_the_client(client_id: uuid.UUID) -> sa.Select[*tuple[Any, ...]]:
    theirs, own = aliased(Enrolment), aliased(Enrolment)
    return (
        sa.select(theirs.client_id)
        .join(own, own.group_id == theirs.group_id)
        .where(own.client_id == client_id)
    )


@relation(Group, Relation.FACILITATES)
def _my_group() -> Clause:
    return facilitates(Group.id)


@relation(Group, Relation.SUPERVISES)
def _group_of_supervisee() -> Clause:
    return supervises_facilitator_of(Group.id)


@relation(GroupFacilitator, Relation.FACILITATES)
def _facilitators_of_my_group() -> Clause:
    return facilitates(GroupFacilitator.group_id)


@relation(Enrolment, Relation.FACILITATES)
def _in_my_group() -> Clause:
    return facilitates(Enrolment.group_id)


@relation(Client, Relation.FACILITATES)
def _client_in_my_group() -> Clause:
    return facilitates_group_of(Client.id)


@relation(Diagnosis, Relation.FACILITATES)
def _diagnosis_of_client_in_my_group() -> Clause:
    return facilitates_group_of(Diagnosis.client_id)
