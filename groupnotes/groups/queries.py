"""What pages ask about groups: names are opened, nothing else is."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes import deid
from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import User
from groupnotes.clients import people
from groupnotes.clients import queries as clients
from groupnotes.clients.models import Client, ClientStatus
from groupnotes.core import keyset
from groupnotes.core.db import db
from groupnotes.core.keyset import Cursor
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.groups.models import Enrolment, FacilitatorRole, Group, GroupFacilitator, GroupKind
from groupnotes.groups.stays import Stay

EVERYBODY: sa.Select[Any] = sa.select(Client)
OFFERED = 500  # clients in one list of choices; beyond, the MRN finds them
_NAME = Place("groups", "name")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group in a list."""

    id: uuid.UUID
    name: str
    kind: GroupKind
    active: bool
    enrolled: int
    capacity: int
    rrule: str
    first_on: dt.date
    local_start: dt.time
    duration_minutes: int


@dataclass(frozen=True, slots=True)
class EnrolledClient:
    """One client's stay in a group."""

    id: uuid.UUID
    client_id: uuid.UUID
    name: str
    started_on: dt.date
    ended_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Facilitator:
    """From when to when someone facilitates a group."""

    id: uuid.UUID
    user_id: uuid.UUID
    name: str
    role: FacilitatorRole
    started_on: dt.date
    ended_on: dt.date | None

    @property
    def stay(self) -> Stay:
        """The days on which they do."""
        return Stay(self.started_on, self.ended_on)


def lines(query: sa.Select[Any], today: dt.date) -> list[GroupLine]:
    """Return the groups that ``query``, a selection of Group, finds: those that meet, by name."""
    enrolled = (
        sa.select(sa.func.count())
        .where(Enrolment.group_id == Group.id, stays_on(Enrolment, today))
        .scalar_subquery()
    )
    rows = db.session.execute(
        query.with_only_columns(
            Group.id,
            Group.data_key,
            Group.name_sealed,
            Group.kind,
            Group.active,
            Group.capacity,
            Group.rrule,
            Group.first_on,
            Group.local_start,
            Group.duration_minutes,
            enrolled.label("enrolled"),
        )
    ).all()
    ring().load({row.data_key for row in rows})
    found = [
        GroupLine(
            id=row.id,
            name=ring().open(_NAME, row.id, row.name_sealed),
            kind=row.kind,
            active=row.active,
            enrolled=row.enrolled,
            capacity=row.capacity,
            rrule=row.rrule,
            first_on=row.first_on,
            local_start=row.local_start,
            duration_minutes=row.duration_minutes,
        )
        for row in rows
    ]
    return sorted(found, key=lambda line: (not line.active, line.name.casefold(), line.id))


def enrolled(group_id: uuid.UUID, today: dt.date) -> list[EnrolledClient]:
    """Return who is enrolled today or later, by last name."""
    not_ended = sa.or_(Enrolment.ended_on.is_(None), Enrolment.ended_on >= today)
    rows = db.session.execute(_stays(group_id).where(not_ended)).all()
    named = zip(rows, clients.opened(rows), strict=True)
    by_name = sorted(named, key=lambda pair: (pair[1].last.casefold(), pair[1].first.casefold()))
    return [_enrolled(row, name.full) for row, name in by_name]


def roster(group_id: uuid.UUID) -> deid.Roster:
    """Return everyone who is, was or will be enrolled in the group."""
    inside = sa.select(Enrolment.client_id).where(Enrolment.group_id == group_id)
    everyone = sa.select(*people.COLUMNS).where(Client.id.in_(inside), people.THERE)
    rows = db.session.execute(everyone.order_by(Client.id)).all()
    return deid.Roster(clients.persons(rows))


def ended_enrolments(
    group_id: uuid.UUID, today: dt.date, cursor: Cursor[uuid.UUID]
) -> keyset.Page[uuid.UUID]:
    """Return a page of the stays that have ended, those that were entered last first."""
    # The page goes by the stay's id; the columns of the client keep the name "id".
    query = sa.select(Enrolment.id).where(
        Enrolment.group_id == group_id, Enrolment.ended_on < today
    )
    found = keyset.newest_first(query, Enrolment.id, cursor)
    ids = [row.id for row in found.rows]
    rows = db.session.execute(_stays(group_id).where(Enrolment.id.in_(ids))).all()
    named = zip(rows, clients.opened(rows), strict=True)
    by_id = {row.enrolment_id: _enrolled(row, name.full) for row, name in named}
    return keyset.Page([by_id[stay] for stay in ids], found.older, found.newer)


def facilitators(group_id: uuid.UUID) -> list[Facilitator]:
    """Return who facilitates and facilitated the group: those who still do first, leads first."""
    rows = db.session.execute(
        sa.select(
            GroupFacilitator.id,
            GroupFacilitator.user_id,
            GroupFacilitator.role,
            GroupFacilitator.started_on,
            GroupFacilitator.ended_on,
            User.name_sealed,
            User.credentials,
        )
        .join(User, User.id == GroupFacilitator.user_id)
        .where(GroupFacilitator.group_id == group_id)
        .order_by(
            GroupFacilitator.ended_on.is_not(None),
            GroupFacilitator.role.desc(),
            GroupFacilitator.started_on,
            GroupFacilitator.id,
        )
    )
    return [
        Facilitator(
            id=row.id,
            user_id=row.user_id,
            name=staff.label_of(row.user_id, row.name_sealed, row.credentials),
            role=row.role,
            started_on=row.started_on,
            ended_on=row.ended_on,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Team:
    """Everyone who facilitated a group, and when."""

    stays: Sequence[tuple[uuid.UUID, FacilitatorRole, Stay]]

    def on(self, day: dt.date) -> dict[uuid.UUID, FacilitatorRole]:
        """Return who facilitates on ``day``, in what role."""
        return {user_id: role for user_id, role, stay in self.stays if stay.covers(day)}


def team(group_id: uuid.UUID) -> Team:
    """Return who facilitated the group when, without their names."""
    rows = db.session.execute(
        sa.select(
            GroupFacilitator.user_id,
            GroupFacilitator.role,
            GroupFacilitator.started_on,
            GroupFacilitator.ended_on,
        ).where(GroupFacilitator.group_id == group_id)
    )
    return Team([(row.user_id, row.role, Stay(row.started_on, row.ended_on)) for row in rows])


def hold(group_id: uuid.UUID) -> Group:
    """Return the group as it is now; others who change it or its stays wait for us."""
    query = sa.select(Group).where(Group.id == group_id)
    held = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(held).one()


def stays(
    group_id: uuid.UUID, since: dt.date, *, but: uuid.UUID | None = None
) -> list[tuple[uuid.UUID, Stay]]:
    """Return whose stays last until ``since`` or longer, and when; leave ``but`` out."""
    rows = db.session.execute(
        sa.select(Enrolment.client_id, Enrolment.started_on, Enrolment.ended_on).where(
            Enrolment.group_id == group_id,
            Enrolment.id != but,
            sa.or_(Enrolment.ended_on.is_(None), Enrolment.ended_on >= since),
        )
    )
    return [(row.client_id, Stay(row.started_on, row.ended_on)) for row in rows]


def offered(query: sa.Select[Any], group_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """Return the clients in treatment that ``query`` finds outside the group, by last name."""
    inside = sa.select(Enrolment.client_id).where(
        Enrolment.group_id == group_id, Enrolment.ended_on.is_(None)
    )
    rows = db.session.execute(
        query.with_only_columns(*clients.NAMES)
        .where(Client.status == ClientStatus.ACTIVE, Client.id.not_in(inside))
        .order_by(Client.id.desc())
        .limit(OFFERED)
    ).all()
    named = sorted(
        clients.opened(rows), key=lambda name: (name.last.casefold(), name.first.casefold())
    )
    return [(name.row.id, name.full) for name in named]


def in_treatment(query: sa.Select[Any], client_id: uuid.UUID) -> bool:
    """Say whether ``query`` finds the client among those in treatment."""
    found = query.with_only_columns(sa.literal(1)).where(
        Client.id == client_id, Client.status == ClientStatus.ACTIVE
    )
    return db.session.scalar(found) is not None


def stays_on(model: type[Enrolment | GroupFacilitator], day: dt.date) -> sa.ColumnElement[bool]:
    """Say that a dated relation of the group holds on ``day``."""
    return sa.and_(model.started_on <= day, sa.or_(model.ended_on.is_(None), model.ended_on >= day))


def _stays(group_id: uuid.UUID) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Enrolment.id.label("enrolment_id"),
            Enrolment.started_on,
            Enrolment.ended_on,
            *clients.NAMES,
        )
        .join(Client, Client.id == Enrolment.client_id)
        .where(Enrolment.group_id == group_id)
    )


def _enrolled(row: Any, name: str) -> EnrolledClient:
    return EnrolledClient(row.enrolment_id, row.id, name, row.started_on, row.ended_on)
