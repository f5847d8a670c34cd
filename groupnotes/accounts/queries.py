"""What pages ask about the staff: names are opened, passwords are never read."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa

from groupnotes.accounts.details import StaffLine, SupervisionLine
from groupnotes.accounts.models import Supervision, User, UserRole
from groupnotes.core.actor import Role
from groupnotes.core.db import db
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring

LINE = (
    User.id,
    User.name_sealed,
    User.credentials,
    User.active,
    sa.select(sa.func.aggregate_strings(UserRole.role, ","))
    .where(UserRole.user_id == User.id)
    .scalar_subquery()
    .label("roles"),
)
_NAME = Place("users", "name")


def by_name(query: sa.Select[Any]) -> list[StaffLine]:
    """Return the people that ``query``, a selection of LINE, finds, in the order of their names."""
    lines = [
        StaffLine(
            id=row.id,
            name=name_of(row.id, row.name_sealed),
            credentials=row.credentials,
            roles=roles_in(row.roles),
            active=row.active,
        )
        for row in db.session.execute(query)
    ]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.id))


def with_role(role: Role) -> list[StaffLine]:
    """Return the people at work who hold ``role``, by name."""
    holds = sa.select(UserRole.user_id).where(UserRole.role == role)
    return by_name(sa.select(*LINE).where(User.active, User.id.in_(holds)))


def roles_of(user_id: uuid.UUID) -> frozenset[Role]:
    """Return the roles of one person."""
    return frozenset(
        db.session.scalars(sa.select(UserRole.role).where(UserRole.user_id == user_id))
    )


def name_of(user_id: uuid.UUID, sealed: bytes) -> str:
    """Open the name of one person."""
    return ring().open(_NAME, user_id, sealed)


def label_of(user_id: uuid.UUID, sealed: bytes, credentials: str) -> str:
    """Return name and credentials of one person, as they are signed."""
    name = name_of(user_id, sealed)
    return f"{name}, {credentials}" if credentials else name


def roles_in(joined: str | None) -> frozenset[Role]:
    """Read roles that the database joined with commas."""
    return frozenset(Role(role) for role in joined.split(",")) if joined else frozenset()


def supervisors_of(user_id: uuid.UUID) -> list[SupervisionLine]:
    """Return who supervises the person, the newest first."""
    return _supervisions(Supervision.supervisor_id, Supervision.supervisee_id == user_id)


def supervisees_of(user_id: uuid.UUID) -> list[SupervisionLine]:
    """Return whom the person supervises, the newest first."""
    return _supervisions(Supervision.supervisee_id, Supervision.supervisor_id == user_id)


def supervises_then(pair: Supervision) -> bool:
    """Say whether the two are a pair already on some day of ``pair``."""
    mine = Supervision.id != pair.id
    same = sa.and_(
        Supervision.supervisor_id == pair.supervisor_id,
        Supervision.supervisee_id == pair.supervisee_id,
    )
    later = sa.or_(Supervision.ended_on.is_(None), Supervision.ended_on >= pair.started_on)
    earlier = sa.true() if pair.ended_on is None else Supervision.started_on <= pair.ended_on
    query = sa.select(sa.literal(1)).where(mine, same, later, earlier).limit(1)
    return db.session.scalar(query) is not None


def another_administrator(but: uuid.UUID) -> bool:
    """Say whether someone else at work is an administrator."""
    query = (
        sa.select(sa.literal(1))
        .select_from(User)
        .join(UserRole, UserRole.user_id == User.id)
        .where(User.active, User.id != but, UserRole.role == Role.ADMINISTRATOR)
        .limit(1)
    )
    return db.session.scalar(query) is not None


def _supervisions(other: Any, mine: sa.ColumnElement[bool]) -> list[SupervisionLine]:
    rows = db.session.execute(
        sa.select(
            Supervision.id,
            Supervision.started_on,
            Supervision.ended_on,
            Supervision.co_signs,
            Supervision.version,
            User.id.label("user_id"),
            User.name_sealed,
        )
        .join(User, User.id == other)
        .where(mine)
        .order_by(Supervision.started_on.desc(), Supervision.id.desc())
    )
    return [
        SupervisionLine(
            row.id,
            name_of(row.user_id, row.name_sealed),
            row.started_on,
            row.ended_on,
            row.co_signs,
            row.version,
        )
        for row in rows
    ]
