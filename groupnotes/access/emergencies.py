"""Which emergency access is open, and the end of one; the rest is the feature ``emergency``."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from groupnotes.access.models import EmergencyAccess
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Emergency
from groupnotes.core.db import db
from groupnotes.core.prepared import Prepared

_OPENED = Prepared(
    sa.select(EmergencyAccess.id, EmergencyAccess.client_id, EmergencyAccess.ends_at).where(
        EmergencyAccess.id == sa.bindparam("access_id", type_=sa.Uuid()),
        EmergencyAccess.ended_at.is_(None),
        EmergencyAccess.ends_at > sa.bindparam("now"),
    )
)


def opened(access_id: uuid.UUID) -> Emergency | None:
    """Return the access of a sign-in, unless it is over."""
    row = _OPENED.one_or_none({"access_id": access_id, "now": clock.now()})
    return None if row is None else Emergency(row.id, row.client_id, row.ends_at)


def end(actor: Actor) -> None:
    """End the access that is open to the actor, if there is one; it is not opened again."""
    if actor.emergency is not None:
        _end(actor, actor.emergency.id, actor.emergency.client_id)


def end_all(actor: Actor) -> None:
    """End every access of this person, in whichever sign-in it was begun."""
    now = clock.now()
    still_open = sa.select(EmergencyAccess.id, EmergencyAccess.client_id).where(
        EmergencyAccess.user_id == actor.user_id,
        EmergencyAccess.ended_at.is_(None),
        EmergencyAccess.ends_at > now,
    )
    for row in db.session.execute(still_open).all():
        _end(actor, row.id, row.client_id)


def _end(actor: Actor, access_id: uuid.UUID, client_id: uuid.UUID) -> None:
    table = EmergencyAccess.__tablename__
    query = sa.update(EmergencyAccess).where(
        EmergencyAccess.id == access_id, EmergencyAccess.ended_at.is_(None)
    )
    db.session.execute(query.values(ended_at=clock.now()))
    log.record(Happening(Tag.EMERGENCY_END, actor, client_id, table, access_id))
