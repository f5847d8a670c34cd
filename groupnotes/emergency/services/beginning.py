"""Begin an emergency access, and end it.

The client is named by record number and date of birth: whoever needs the record in an
emergency has them from the client or from whoever calls, and no list of names is opened to
everybody for it. Whatever does not fit, the password too, gets one and the same answer.

It holds in the sign-in in which the password was given: signing out, a new password and the
end of the employment end it. A person has one at a time; beginning another ends the one before.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import NamedTuple

from groupnotes.access import emergencies
from groupnotes.access.guard import require
from groupnotes.access.models import EmergencyAccess, EmergencyGround
from groupnotes.access.policy import Permission
from groupnotes.accounts import rate_limits, sign_ins
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import UNDER_EMERGENCY, Tag
from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Invalid, TooManyTries
from groupnotes.core.ids import new_id
from groupnotes.emergency import queries
from groupnotes.emergency.standing import LASTS

REFUSED = (
    "This record number, date of birth and password do not belong together. "
    "Nothing was opened: check all three."
)
_TABLE = EmergencyAccess.__tablename__


@dataclass(frozen=True, slots=True)
class Beginning:
    """Whose record is needed, and why."""

    mrn: str
    birth_date: dt.date
    ground: EmergencyGround
    reason: str


class Begun(NamedTuple):
    """Whose record is open; ``was_open`` to the actor already, who needs no emergency for it."""

    client_id: uuid.UUID
    was_open: bool = False


def open_form(actor: Actor) -> None:
    """Raise unless the actor may begin an emergency access."""
    require(actor, Permission.EMERGENCY, Tag.EMERGENCY_BEGIN, object_type=_TABLE)


def begin(actor: Actor, values: Beginning, password: str) -> Begun:
    """Open a client's record for an hour, to be read and not written; say whose it is.

    45 CFR 164.312(a)(2)(ii). The event is written with the access, or there is none. What is
    open already in this sign-in goes on until its own end. Nothing is begun, and nobody alarmed,
    for a client of the actor's own caseload.
    """
    open_form(actor)
    try:
        client = _identified(actor, values, password)
    except TooManyTries:
        record_try(actor)
        raise
    if queries.is_on_caseload(actor, client.id):
        return Begun(client.id, was_open=True)
    queries.hold(actor)
    if not queries.open_in_sign_in(actor, client.id, clock.now()):
        emergencies.end_all(actor)
        _open(actor, client, values)
    return Begun(client.id)


def record_try(actor: Actor) -> None:
    """Record that the actor tried to begin one, and what they typed was not accepted."""
    open_form(actor)
    log.record_refusal(Happening(Tag.EMERGENCY_BEGIN, actor, object_type=_TABLE))


def end(actor: Actor) -> None:
    """End the access that is open to the actor; when it is over already, nothing is done."""
    open_form(actor)
    emergencies.end(actor)


def _identified(actor: Actor, values: Beginning, password: str) -> Client:
    """Return whom the actor named; those who try until something fits are stopped."""
    who = str(actor.user_id)
    rate_limits.require_left(rate_limits.EMERGENCY, who)
    try:
        sign_ins.confirm_password(actor, password, reason=Permission.EMERGENCY)
        client = queries.identified(values.mrn, values.birth_date)
    except Invalid:
        client = None
    if client is None:
        rate_limits.count_failure(rate_limits.EMERGENCY, who)
        raise Invalid({"mrn": REFUSED})
    return client


def _open(actor: Actor, client: Client, values: Beginning) -> None:
    now = clock.now()
    access = EmergencyAccess(
        id=new_id(),
        client_id=client.id,
        user_id=actor.user_id,
        data_key=client.data_key,
        ground=values.ground,
        started_at=now,
        ends_at=now + LASTS,
        reason=values.reason,
    )
    db.session.add(access)
    db.session.flush()
    queries.put_into_sign_in(actor, access.id)
    log.record(Happening(Tag.EMERGENCY_BEGIN, actor, client.id, _TABLE, access.id, UNDER_EMERGENCY))
