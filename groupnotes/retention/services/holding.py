"""Until when a client's record is kept, and the legal holds on it."""

from __future__ import annotations

import uuid

from groupnotes import deid
from groupnotes.access.guard import fetch, guarded
from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, NotFound
from groupnotes.core.ids import new_id
from groupnotes.retention import lists, queries
from groupnotes.retention.judging import judge
from groupnotes.retention.models import LegalHold
from groupnotes.retention.shown import ClientRetention


def open_retention(actor: Actor, client_id: uuid.UUID) -> ClientRetention:
    """Return until when the client's record is kept, and why it may have to be kept longer."""
    client = fetch(actor, Permission.RETENTION_MANAGE, Tag.RETENTION_READ, Client, client_id)
    kept = queries.kept_by()
    found = judge(client, kept)
    name = client.full_name
    purge = queries.open_purge_of(client.id)
    proposed = lists.purge_lines([purge] if purge is not None else [], {client.id: name})
    return ClientRetention(
        client_id=client.id,
        name=name,
        rule=kept.rule,
        in_care=found.standing.in_care,
        held=found.standing.held,
        last_service=found.last_service,
        until=found.until,
        obstacles=found.obstacles,
        holds=lists.hold_lines(queries.holds_of(client.id), name),
        proposed=proposed[0] if proposed else None,
    )


@guarded(Permission.RETENTION_MANAGE, Tag.HOLD_PLACE)
def place_hold(actor: Actor, client: Client, /, reason: str) -> LegalHold:
    """Let the client's record not be destroyed, whatever its age, until the hold is lifted.

    Raises NamesFound for a reason that names another client of the client's groups.
    """
    there = queries.hold_client(client.id)
    others = clients.others_around(client.id)
    deid.refuse_names(deid.INDIVIDUAL, {"reason": reason}, others)
    hold = LegalHold(
        id=new_id(),
        client_id=there.id,
        data_key=there.data_key,
        placed_by_id=actor.user_id,
        placed_at=clock.now(),
        reason=reason,
    )
    db.session.add(hold)
    return hold


def others_around(actor: Actor, client_id: uuid.UUID) -> deid.Roster:
    """Return whom the reason of a hold must not name, to put a neutral phrase there."""
    fetch(actor, Permission.RETENTION_MANAGE, Tag.RETENTION_READ, Client, client_id)
    return clients.others_around(client_id)


def open_hold(actor: Actor, client_id: uuid.UUID, hold_id: uuid.UUID) -> LegalHold:
    """Return a legal hold on the client's record to whoever may lift it."""
    hold = fetch(actor, Permission.RETENTION_MANAGE, Tag.RETENTION_READ, LegalHold, hold_id)
    if hold.client_id != client_id:
        raise NotFound
    return hold


@guarded(Permission.RETENTION_MANAGE, Tag.HOLD_LIFT)
def lift_hold(actor: Actor, hold: LegalHold, /) -> LegalHold:
    """End a legal hold; that there was one stays to be seen."""
    held = queries.hold_legal_hold(hold.id)
    if held.lifted_at is not None:
        raise Conflict("This legal hold has been lifted already.")
    held.lifted_at, held.lifted_by_id = clock.now(), actor.user_id
    return held
