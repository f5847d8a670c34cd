"""How near a person stands to a client."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from groupnotes.access.policy import Relation
from groupnotes.access.relations import (
    ACTOR_ID,
    EMERGENCY_CLIENT_ID,
    Clause,
    current,
    gone,
    relation,
)
from groupnotes.accounts.relations import supervises
from groupnotes.clients.models import CaseloadEntry, Client, ClientStatus


def cares_for(client_id: Any) -> Clause:
    """Say that the client is on the actor's caseload today."""
    entry = aliased(CaseloadEntry)
    return (
        sa.select(sa.literal(1))
        .where(
            entry.clinician_id == ACTOR_ID,
            entry.client_id == client_id,
            current(entry.started_on, entry.ended_on),
        )
        .correlate_except(entry)
        .exists()
    )


def supervises_clinician_of(client_id: Any) -> Clause:
    """Say that the actor supervises someone on whose caseload the client is today."""
    entry = aliased(CaseloadEntry)
    return (
        sa.select(sa.literal(1))
        .where(
            entry.client_id == client_id,
            current(entry.started_on, entry.ended_on),
            supervises(entry.clinician_id),
        )
        .correlate_except(entry)
        .exists()
    )


def is_destroyed(client_id: Any) -> Clause:
    """Say that the client's record was destroyed."""
    client = aliased(Client)
    return (
        sa.select(sa.literal(1))
        .where(client.id == client_id, client.status == ClientStatus.DESTROYED)
        .correlate_except(client)
        .exists()
    )


@gone(Client)
def _record_destroyed() -> Clause:
    return Client.status == ClientStatus.DESTROYED


@relation(Client, Relation.CARES_FOR)
def _client_on_caseload() -> Clause:
    return cares_for(Client.id)


@relation(Client, Relation.SUPERVISES)
def _client_of_supervisee() -> Clause:
    return supervises_clinician_of(Client.id)


@relation(Client, Relation.EMERGENCY)
def _client_in_emergency() -> Clause:
    return Client.id == EMERGENCY_CLIENT_ID
