"""The group itself: what it is, and when it meets."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from groupnotes import deid
from groupnotes.access.guard import check, fetch, guarded, may, scope
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock, keyset
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Invalid
from groupnotes.core.ids import new_id
from groupnotes.core.versions import require_seen
from groupnotes.crypto.keyring import ring
from groupnotes.crypto.models import KeyScope
from groupnotes.groups import changes, queries, stays
from groupnotes.groups.details import GroupDetails, problems
from groupnotes.groups.models import FacilitatorRole, Group, GroupFacilitator
from groupnotes.groups.queries import EnrolledClient, Facilitator, GroupLine
from groupnotes.practice.models import Practice

NAMED = (
    "The group’s name stands in every attendee’s record, so it must name no client: "
    "take the marked words out."
)


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Some groups, by name, and the id after which the next page begins."""

    lines: Sequence[GroupLine]
    next: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """One group with its people, and whether the reader may change it."""

    group: Group
    enrolled: list[EnrolledClient]
    facilitators: list[Facilitator]
    may_edit: bool


def list_groups(actor: Actor, today: dt.date, after: uuid.UUID | None = None) -> GroupPage:
    """Return a page of the groups that the actor may read, by name."""
    query = scope(actor, Permission.GROUP_READ, Tag.GROUP_LIST, Group)
    return GroupPage(*keyset.by_name(queries.lines(query, today), after))


def open_practice(actor: Actor) -> Practice:
    """Return the practice to whoever may begin a group in it."""
    query = scope(actor, Permission.GROUP_CREATE, Tag.PRACTICE_READ, Practice)
    return db.session.scalars(query).one()


def open_group(actor: Actor, group_id: uuid.UUID, today: dt.date) -> OpenGroup:
    """Return a group with who is enrolled today or later."""
    group = fetch(actor, Permission.GROUP_READ, Tag.GROUP_READ, Group, group_id)
    enrolled = queries.enrolled(group_id, today)
    record_names(actor, enrolled)
    may_edit = may(actor, Permission.GROUP_EDIT, group)
    return OpenGroup(group, enrolled, queries.facilitators(group_id), may_edit)


def open_for_edit(actor: Actor, group_id: uuid.UUID) -> Group:
    """Return a group that the actor may change."""
    return fetch(actor, Permission.GROUP_EDIT, Tag.GROUP_READ, Group, group_id)


def roster_of(actor: Actor, group: Group) -> deid.Roster:
    """Return whom the group's name must not name."""
    check(actor, Permission.GROUP_EDIT, Tag.GROUP_READ, group)
    return queries.roster(group.id)


@guarded(Permission.GROUP_CREATE, Tag.GROUP_CREATE)
def create_group(actor: Actor, practice: Practice, /, details: GroupDetails) -> Group:
    """Begin a group that the actor leads."""
    _require_sound(details)
    group_id = new_id()
    key = ring().add_data_key(db.session(), KeyScope.GROUP, group_id)
    group = Group(id=group_id, data_key=key, created_at=clock.now())
    _describe(group, details)
    db.session.add(group)
    db.session.flush()
    today = clock.today(practice.time_zone)
    db.session.add(
        GroupFacilitator(
            group_id=group_id,
            user_id=actor.user_id,
            role=FacilitatorRole.LEAD,
            started_on=min(today, details.first_on),
        )
    )
    return group


@guarded(Permission.GROUP_EDIT, Tag.GROUP_EDIT)
def edit_group(actor: Actor, group: Group, /, details: GroupDetails, *, seen_version: int) -> Group:
    """Keep what the group is from now on; coming sessions that nobody touched follow."""
    group = queries.hold(group.id)
    require_seen(group, seen_version)
    _require_sound(details)
    if details.name != group.name:
        deid.refuse_names(NAMED, {"name": details.name}, queries.roster(group.id))
    today = clock.today(actor.zone)
    enrolled = stays.most([stay for _, stay in queries.stays(group.id, today)], today)
    if enrolled > details.capacity:
        sentence = f"{enrolled} clients are enrolled, so it has at least {enrolled} places."
        raise Invalid({"capacity": sentence})
    _describe(group, details)
    db.session.flush()
    changes.tell(actor, group)
    return group


def record_names(actor: Actor, enrolled: Iterable[EnrolledClient]) -> None:
    """Record whose names and stays the answer shows."""
    log.record_shown(
        *(
            Happening(Tag.CLIENT_LIST, actor, stay.client_id, "enrolments", stay.id)
            for stay in enrolled
        )
    )


def _require_sound(details: GroupDetails) -> None:
    found = problems(details)
    if found:
        raise Invalid(found)


def _describe(group: Group, details: GroupDetails) -> None:
    for field in dataclasses.fields(details):
        setattr(group, field.name, getattr(details, field.name))
