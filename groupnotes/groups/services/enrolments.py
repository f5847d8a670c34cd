"""Which clients are in a group, from when to when."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from groupnotes import deid
from groupnotes.access.guard import check, fetch, guarded, scope
from groupnotes.access.policy import Permission
from groupnotes.accounts import rate_limits
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client
from groupnotes.core import keyset
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Invalid, TooManyTries
from groupnotes.core.keyset import Cursor
from groupnotes.core.versions import require_seen
from groupnotes.crypto.keyring import ring
from groupnotes.groups import queries, stays
from groupnotes.groups.models import Enrolment, Group
from groupnotes.groups.services.standing import record_names
from groupnotes.groups.stays import Stay

_UNKNOWN = "Nobody in treatment here has this number. Check it against the client's chart."
_CHOOSE = "Choose a client from the list, or type a medical record number."
_ENDED = "This group does not meet any more, so nobody can join it."


@dataclass(frozen=True, slots=True)
class EnrolmentStart:
    """Who is enrolled, by choice from the list or by medical record number, and when."""

    client_id: uuid.UUID | None
    mrn: str
    started_on: dt.date
    ended_on: dt.date | None


def list_clients_to_enrol(actor: Actor, group: Group) -> list[tuple[uuid.UUID, str]]:
    """Return the clients whom the actor may list and who are not in the group, by last name."""
    check(actor, Permission.GROUP_EDIT, Tag.CLIENT_LIST, group)
    query = scope(actor, Permission.CLIENT_LIST, Tag.CLIENT_LIST, Client)
    return queries.offered(query, group.id)


def list_ended_enrolments(
    actor: Actor, group_id: uuid.UUID, today: dt.date, cursor: Cursor[uuid.UUID]
) -> tuple[Group, keyset.Page[uuid.UUID]]:
    """Return a group with a page of the stays in it that have ended."""
    group = fetch(actor, Permission.GROUP_READ, Tag.GROUP_READ, Group, group_id)
    page = queries.ended_enrolments(group_id, today, cursor)
    record_names(actor, page.rows)
    return group, page


def open_enrolment(actor: Actor, enrolment_id: uuid.UUID) -> Enrolment:
    """Return a stay to whoever may end it."""
    return fetch(actor, Permission.GROUP_EDIT, Tag.GROUP_READ, Enrolment, enrolment_id)


@guarded(Permission.GROUP_EDIT, Tag.ENROLMENT_CREATE)
def enrol(actor: Actor, group: Group, /, start: EnrolmentStart) -> Enrolment:
    """Enrol a client; two stays of one client in one group never overlap."""
    group = queries.hold(group.id)
    client_id = _chosen(actor, group, start)
    new = Stay(start.started_on, start.ended_on)
    new.require_order()
    _require_open(group, new)
    if sentence := _room_problem(group, client_id, new):
        raise Invalid({"started_on": sentence})
    row = Enrolment(
        group_id=group.id,
        client_id=client_id,
        started_on=start.started_on,
        ended_on=start.ended_on,
    )
    db.session.add(row)
    return row


def is_in_name(actor: Actor, group: Group, client_id: uuid.UUID) -> bool:
    """Say whether the group's name, which every record of it prints, names one of its clients."""
    check(actor, Permission.GROUP_EDIT, Tag.GROUP_READ, group)
    everyone = queries.roster(group.id).persons
    only = deid.Roster(tuple(person for person in everyone if person.id == client_id))
    return deid.is_blocked(deid.check(group.name, only, deid.INDIVIDUAL_NOTE))


@guarded(Permission.GROUP_EDIT, Tag.ENROLMENT_END)
def end_enrolment(
    actor: Actor, enrolment: Enrolment, /, ended_on: dt.date, *, seen_version: int
) -> Enrolment:
    """Say which day is the client's last in the group; an earlier answer may be put right."""
    group = queries.hold(enrolment.group_id)
    require_seen(enrolment, seen_version)
    new = Stay(enrolment.started_on, ended_on)
    new.require_order()
    longer = enrolment.ended_on is not None and ended_on > enrolment.ended_on
    if longer and (sentence := _room_problem(group, enrolment.client_id, new, but=enrolment.id)):
        raise Invalid({"ended_on": sentence})
    enrolment.ended_on = ended_on
    return enrolment


def _chosen(actor: Actor, group: Group, start: EnrolmentStart) -> uuid.UUID:
    """Return the client in treatment who was chosen or whose number was typed."""
    if bool(start.mrn) == (start.client_id is not None):
        raise Invalid({"client_id": _CHOOSE})
    if start.client_id is not None:
        query = scope(actor, Permission.CLIENT_LIST, Tag.CLIENT_LIST, Client)
        if not queries.in_treatment(query, start.client_id):
            raise Invalid({"client_id": _CHOOSE})
        return start.client_id
    return _holder_of(actor, group, start.mrn)


def _holder_of(actor: Actor, group: Group, mrn: str) -> uuid.UUID:
    """Return whose number ``mrn`` is; whoever tries until one fits leaves a trace, and is stopped.

    Only numbers that nobody has are counted: a whole group may be enrolled at once.
    """
    who = str(actor.user_id)
    happening = Happening(
        Tag.ENROLMENT_CREATE, actor, object_type=Group.__tablename__, object_id=group.id
    )
    try:
        rate_limits.require_left(rate_limits.UNKNOWN_MRN, who)
    except TooManyTries:
        log.record_refusal(happening)
        raise
    client_id = clients.mrn_holder(ring().blind_index("clients.mrn", mrn))
    if client_id is None or not queries.in_treatment(queries.EVERYBODY, client_id):
        rate_limits.count_failure(rate_limits.UNKNOWN_MRN, who)
        log.record_refusal(happening)
        raise Invalid({"mrn": _UNKNOWN})
    return client_id


def _require_open(group: Group, new: Stay) -> None:
    if not group.active:
        raise Invalid({"started_on": _ENDED})
    if not group.is_open and new.first > group.first_on:
        raise Invalid(
            {
                "started_on": "This group is closed: nobody joins it after its first day, "
                f"{_day(group.first_on)}. "
                "Start the client by then, or open the group."
            }
        )


def _room_problem(
    group: Group, client_id: uuid.UUID, new: Stay, *, but: uuid.UUID | None = None
) -> str | None:
    """Say why there is no room for a stay, or None."""
    known = queries.stays(group.id, new.first, but=but)
    for holder, stay in known:
        if holder == client_id and stay.overlaps(new):
            return _overlap(stay)
    full = stays.first_full_day([stay for _, stay in known], new, group.capacity)
    if full is None:
        return None
    return (
        f"The group is full on {_day(full)}: all {group.capacity} places are taken. "
        "Choose other days, or give the group more places."
    )


def _overlap(stay: Stay) -> str:
    until = f" to {_day(stay.last)}" if stay.last else ""
    return (
        f"This client is enrolled in the group from {_day(stay.first)}{until} already. "
        "Choose days outside that, or end that stay first."
    )


def _day(day: dt.date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
