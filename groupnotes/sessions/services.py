"""When a group meets: sessions by its rule and by hand, moved, cancelled, restored."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm.attributes import flag_modified

from groupnotes.access.guard import fetch, guarded
from groupnotes.access.policy import Permission
from groupnotes.accounts import queries as staff
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid, Locked
from groupnotes.core.ids import new_id
from groupnotes.core.versions import require_seen
from groupnotes.groups import changes
from groupnotes.groups import queries as group_queries
from groupnotes.groups.models import Group
from groupnotes.groups.schedule import Schedule, local_to_utc, occurrences
from groupnotes.practice import queries as practice_queries
from groupnotes.sessions import queries
from groupnotes.sessions.details import SessionDetails, problems
from groupnotes.sessions.models import GroupSession, SessionStatus
from groupnotes.sessions.queries import People

HORIZON = dt.timedelta(days=366)  # nobody plans further, and a slip of the year is caught

_LOCKED = "A note of this session is signed, so its times, codes and facilitators stay as they are."
_HAS_NOTES = "This session is documented, so it did take place and cannot be cancelled."
_TAKEN = "This group has a session at that time already."


@dataclass(frozen=True, slots=True)
class NewSession:
    """The group that a session is added to, who usually facilitates it, and who could."""

    group: Group
    facilitators: People
    candidates: list[tuple[uuid.UUID, str]]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that may be changed, who facilitates it, and who could."""

    session: GroupSession
    facilitators: People
    candidates: list[tuple[uuid.UUID, str]]
    documented: bool


def open_new_session(actor: Actor, group_id: uuid.UUID, day: dt.date) -> NewSession:
    """Return what is needed to add a session to a group."""
    group = fetch(actor, Permission.GROUP_EDIT, Tag.GROUP_READ, Group, group_id)
    return NewSession(group, group_queries.team(group_id).on(day), _candidates({}))


def open_for_edit(actor: Actor, session_id: uuid.UUID) -> OpenSession:
    """Return a session that the actor may change, unless a note of it is signed."""
    session = fetch(actor, Permission.SESSION_DOCUMENT, Tag.SESSION_READ, GroupSession, session_id)
    if queries.has_notes(session_id, signed=True):
        raise Locked(_LOCKED)
    people = queries.facilitators([session_id])[session_id]
    documented = session.revision > 0 or queries.has_notes(session_id)
    return OpenSession(session, people, _candidates(people), documented)


@guarded(Permission.GROUP_EDIT, Tag.SESSION_SCHEDULE)
def schedule_ahead(actor: Actor, group: Group, /, until: dt.date) -> Group:
    """Schedule what the group's rule says from now until the end of the day ``until``.

    Safe to repeat. What was moved, cancelled or documented stays; what nobody touched
    follows the group as it is now.
    """
    group = group_queries.hold(group.id)
    zone = practice_queries.time_zone()
    today = clock.now().astimezone(zone).date()
    if not group.active:
        raise Invalid({"until": "This group does not meet any more, so nothing was scheduled."})
    if not today <= until <= today + HORIZON:
        raise Invalid({"until": "Choose a day from today to a year from now."})
    _follow(actor, group)
    now, end = clock.now(), local_to_utc(until + dt.timedelta(days=1), dt.time(), zone)
    there = queries.coming(group.id, now)
    taken = {row.starts_at for row in there} | {row.rule_start for row in there}
    planned = occurrences(_schedule(group, zone), after=now, before=end)
    new = [
        {
            "id": new_id(),
            "group_id": group.id,
            "rule_start": each.starts,
            **_values(group, each.starts, each.starts.astimezone(zone).date()),
        }
        for each in planned
        if each.starts not in taken
    ]
    team = group_queries.team(group.id)
    queries.add(new)
    queries.set_facilitators({row["id"]: team.on(row["held_on"]) for row in new})
    _record(actor, [row["id"] for row in new])
    return group


@guarded(Permission.GROUP_EDIT, Tag.SESSION_SCHEDULE)
def add_session(actor: Actor, group: Group, /, details: SessionDetails) -> GroupSession:
    """Add one session by hand; two of one day are two."""
    group_queries.hold(group.id)
    zone = practice_queries.time_zone()
    _require_sound(details, zone)
    _require_facilitators(details, {})
    values = _values_of(details, zone)
    if queries.is_taken(group.id, values["starts_at"]):
        raise Invalid({"starts": _TAKEN})
    session = GroupSession(id=new_id(), group_id=group.id, **values)
    db.session.add(session)
    db.session.flush()
    queries.set_facilitators({session.id: details.facilitators})
    return session


@guarded(Permission.SESSION_DOCUMENT, Tag.SESSION_EDIT)
def edit_session(
    actor: Actor, session: GroupSession, /, details: SessionDetails, *, seen_version: int
) -> GroupSession:
    """Change when and how a session meets, as long as no note of it is signed."""
    session = queries.hold(session.id)
    if queries.has_notes(session.id, signed=True):
        raise Locked(_LOCKED)
    require_seen(session, seen_version)
    zone = practice_queries.time_zone()
    _require_sound(details, zone)
    _require_facilitators(details, queries.facilitators([session.id])[session.id])
    values = _values_of(details, zone)
    if queries.is_taken(session.group_id, values["starts_at"], session.id):
        raise Invalid({"starts": _TAKEN})
    _require_times_inside(session.id, values)
    _record_move(actor, session, details.held_on)
    for name, value in values.items():
        setattr(session, name, value)
    queries.set_facilitators({session.id: details.facilitators})
    flag_modified(session, "held_on")  # other facilitators alone are a change too
    return session


def _record_move(actor: Actor, session: GroupSession, day: dt.date) -> None:
    """Let the log tell from which day a documented session was moved: lateness is counted by it."""
    if session.revision and session.held_on != day:
        moved = f"{session.held_on} to {day}"
        log.record(Happening(Tag.SESSION_EDIT, actor, None, "group_sessions", session.id, moved))


@guarded(Permission.SESSION_DOCUMENT, Tag.SESSION_EDIT)
def cancel_session(actor: Actor, session: GroupSession, /, *, seen_version: int) -> GroupSession:
    """Say that the group does not meet that day."""
    session = queries.hold(session.id)
    if session.revision > 0 or queries.has_notes(session.id):
        raise Conflict(_HAS_NOTES)
    require_seen(session, seen_version)
    session.status = SessionStatus.CANCELLED
    return session


@guarded(Permission.SESSION_DOCUMENT, Tag.SESSION_EDIT)
def restore_session(actor: Actor, session: GroupSession, /, *, seen_version: int) -> GroupSession:
    """Say that the group meets after all."""
    session = queries.hold(session.id)
    require_seen(session, seen_version)
    session.status = SessionStatus.SCHEDULED
    return session


@changes.follow
def _follow(actor: Actor, group: Group) -> None:
    """Bring the coming sessions that nobody touched in line with the group."""
    now, zone = clock.now(), practice_queries.time_zone()
    free = queries.untouched(queries.coming(group.id, now), now)
    if not free:
        return
    last = max(row.starts_at for row in free)
    moment = dt.timedelta(microseconds=1)
    ruled = occurrences(_schedule(group, zone), after=now, before=last + moment)
    planned = {occurrence.starts for occurrence in ruled} if group.active else set()
    gone = [row for row in free if row.starts_at not in planned]
    kept = [row for row in free if row.starts_at in planned]
    _record(actor, [row.id for row in gone])
    queries.remove(gone)
    team = group_queries.team(group.id)
    queries.set_facilitators({row.id: team.on(row.held_on) for row in kept})
    for row in kept:
        queries.update(row, _values(group, row.starts_at, row.held_on))


def _schedule(group: Group, zone: ZoneInfo) -> Schedule:
    return Schedule(group.rrule, group.first_on, group.local_start, group.duration_minutes, zone)


def _values(group: Group, starts_at: dt.datetime, day: dt.date) -> dict[str, Any]:
    """Return what a session has of its group."""
    return {
        "held_on": day,
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(minutes=group.duration_minutes),
        "modality": group.modality,
        "service_code": group.service_code,
        "place_of_service": group.place_of_service,
    }


def _values_of(details: SessionDetails, zone: ZoneInfo) -> dict[str, Any]:
    starts_at, ends_at = details.moments(zone)
    return {
        "held_on": details.held_on,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "modality": details.modality,
        "service_code": details.service_code,
        "place_of_service": details.place_of_service,
    }


def _candidates(there: People) -> list[tuple[uuid.UUID, str]]:
    people = {line.id: line.label for line in staff.with_role(Role.FACILITATOR)}
    people |= queries.labels(there.keys() - people.keys())
    return sorted(people.items(), key=lambda person: person[1].casefold())


def _require_sound(details: SessionDetails, zone: ZoneInfo) -> None:
    found = problems(details, zone)
    if found:
        raise Invalid(found)


def _require_facilitators(details: SessionDetails, there: People) -> None:
    known = {user_id for user_id, _ in _candidates(there)}
    if not details.facilitators.keys() <= known:
        raise Invalid({"lead_id": "Choose people who work here as facilitators."})


def _require_times_inside(session_id: uuid.UUID, values: dict[str, Any]) -> None:
    outside = queries.times_outside(session_id, values["starts_at"], values["ends_at"])
    if outside:
        who = "1 client came or left" if outside == 1 else f"{outside} clients came or left"
        sentence = f"{who} outside these times, by the attendance. Correct the attendance first."
        raise Invalid({"stops": sentence})


def _record(actor: Actor, session_ids: Iterable[uuid.UUID]) -> None:
    table = GroupSession.__tablename__
    log.record(
        *(
            Happening(Tag.SESSION_SCHEDULE, actor, object_type=table, object_id=session_id)
            for session_id in session_ids
        )
    )
