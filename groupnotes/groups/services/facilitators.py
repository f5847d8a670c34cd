"""Who facilitates a group, from when to when."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from groupnotes.access.guard import check, fetch, guarded
from groupnotes.access.policy import Permission
from groupnotes.accounts import queries as staff
from groupnotes.accounts.details import StaffLine
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid
from groupnotes.core.versions import require_seen
from groupnotes.groups import changes, queries
from groupnotes.groups.models import FacilitatorRole, Group, GroupFacilitator
from groupnotes.groups.stays import Stay

_LAST = "Nobody else facilitates the group after that day. Add someone first, then end this."


@dataclass(frozen=True, slots=True)
class FacilitationStart:
    """Who facilitates, in what role, and when."""

    user_id: uuid.UUID
    role: FacilitatorRole
    started_on: dt.date
    ended_on: dt.date | None


def list_candidates(actor: Actor, group: Group) -> list[StaffLine]:
    """Return the people who may facilitate the group."""
    check(actor, Permission.GROUP_EDIT, Tag.STAFF_LIST, group)
    return staff.with_role(Role.FACILITATOR)


def open_facilitation(actor: Actor, facilitation_id: uuid.UUID) -> GroupFacilitator:
    """Return who facilitates a group, and when, to whoever may end it."""
    return fetch(actor, Permission.GROUP_EDIT, Tag.GROUP_READ, GroupFacilitator, facilitation_id)


@guarded(Permission.GROUP_EDIT, Tag.GROUP_EDIT)
def add_facilitator(actor: Actor, group: Group, /, start: FacilitationStart) -> GroupFacilitator:
    """Have one more person facilitate the group."""
    group = queries.hold(group.id)
    if start.user_id not in {line.id for line in staff.with_role(Role.FACILITATOR)}:
        raise Invalid({"user_id": "Choose someone who works here as a facilitator."})
    new = Stay(start.started_on, start.ended_on)
    new.require_order()
    for known in queries.facilitators(group.id):
        if known.user_id == start.user_id and known.stay.overlaps(new):
            raise Invalid({"user_id": "They facilitate this group already on some of those days."})
    row = GroupFacilitator(
        group_id=group.id,
        user_id=start.user_id,
        role=start.role,
        started_on=start.started_on,
        ended_on=start.ended_on,
    )
    db.session.add(row)
    db.session.flush()
    changes.tell(actor, group)
    return row


@guarded(Permission.GROUP_EDIT, Tag.GROUP_EDIT)
def end_facilitation(
    actor: Actor, facilitation: GroupFacilitator, /, ended_on: dt.date, *, seen_version: int
) -> GroupFacilitator:
    """Say which day is somebody's last; someone goes on facilitating after it."""
    group = queries.hold(facilitation.group_id)
    require_seen(facilitation, seen_version)
    if facilitation.ended_on is not None:
        raise Conflict("This has been ended already.")
    Stay(facilitation.started_on, ended_on).require_order()
    after = ended_on + dt.timedelta(days=1)
    others = [
        line for line in queries.facilitators(facilitation.group_id) if line.id != facilitation.id
    ]
    if not any(line.stay.covers(after) for line in others):
        raise Invalid({"ended_on": _LAST})
    facilitation.ended_on = ended_on
    db.session.flush()
    changes.tell(actor, group)
    return facilitation
