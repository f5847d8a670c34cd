"""Tell of emergency accesses: the client's clinicians why, the administrators that."""

from __future__ import annotations

import uuid
from typing import TypeVar

from groupnotes.access.guard import fetch, guarded, require
from groupnotes.access.models import EmergencyAccess
from groupnotes.access.policy import Permission, holds
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from groupnotes.emergency import queries
from groupnotes.emergency.models import EmergencyAcknowledgement
from groupnotes.emergency.standing import AccessLine, Notice

L = TypeVar("L", Notice, AccessLine)

_TABLE = EmergencyAccess.__tablename__


def notices(actor: Actor) -> list[Notice]:
    """Return the accesses to the actor's own clients that they have not acknowledged."""
    require(actor, Permission.TODAY, Tag.EMERGENCY_READ, object_type=_TABLE)
    if not holds(actor, Permission.EMERGENCY_NOTICE):
        return []
    return _shown(actor, queries.notices(actor))


def unreviewed(actor: Actor) -> list[AccessLine]:
    """Return what waits for a review, for an administrator's Today."""
    require(actor, Permission.TODAY, Tag.EMERGENCY_READ, object_type=_TABLE)
    if not holds(actor, Permission.EMERGENCY_REVIEW):
        return []
    return _shown(actor, queries.waiting(clock.now()))


def open_notice(actor: Actor, access_id: uuid.UUID) -> EmergencyAccess:
    """Return an access to a client of the actor's own."""
    return fetch(actor, Permission.EMERGENCY_NOTICE, Tag.EMERGENCY_READ, EmergencyAccess, access_id)


@guarded(Permission.EMERGENCY_NOTICE, Tag.EMERGENCY_ACKNOWLEDGE)
def acknowledge(actor: Actor, access: EmergencyAccess, /) -> EmergencyAccess:
    """Say that the actor has read of it; saying so twice is saying so."""
    queries.hold_access(access.id)
    if not queries.is_acknowledged(access.id, actor.user_id):
        db.session.add(
            EmergencyAcknowledgement(
                id=new_id(),
                access_id=access.id,
                user_id=actor.user_id,
                acknowledged_at=clock.now(),
            )
        )
    return access


def _shown(actor: Actor, lines: list[L]) -> list[L]:
    if lines:
        log.record_shown(
            *(
                Happening(Tag.EMERGENCY_READ, actor, line.client_id, _TABLE, line.id)
                for line in lines
            )
        )
    return lines
