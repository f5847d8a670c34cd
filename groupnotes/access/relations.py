"""How near a person stands to a record, as SQL that each feature declares for its tables.

A clause may use the bound parameters ``actor_id``, ``on_date`` (today, on the practice's
calendar) and ``emergency_client_id`` (whose record the actor's emergency access opens now,
or NULL, which equals nothing).
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from groupnotes.access.policy import Permission, Relation, relations_wanted
from groupnotes.core import clock
from groupnotes.core.actor import Actor, Role
from groupnotes.core.db import Base

Clause = sa.ColumnElement[bool]
Maker = Callable[[], Clause]

ACTOR_ID: sa.BindParameter[uuid.UUID] = sa.bindparam("actor_id", type_=sa.Uuid())
EMERGENCY_CLIENT_ID: sa.BindParameter[uuid.UUID] = sa.bindparam(
    "emergency_client_id", type_=sa.Uuid()
)
ON_DATE: sa.BindParameter[Any] = sa.bindparam("on_date", type_=sa.Date())

_DECLARED: dict[tuple[type[Base], Relation], Maker] = {}
_GONE: dict[type[Base], Maker] = {}


def relation(model: type[Base], kind: Relation) -> Callable[[Maker], Maker]:
    """Declare when a person stands in relation ``kind`` to a row of ``model``."""

    def declare(maker: Maker) -> Maker:
        _DECLARED[model, kind] = maker
        return maker

    return declare


def gone(model: type[Base]) -> Callable[[Maker], Maker]:
    """Declare which rows of ``model`` nobody reaches any more, whatever their role."""

    def declare(maker: Maker) -> Maker:
        _GONE[model] = maker
        return maker

    return declare


@functools.cache
def within(roles: frozenset[Role], permission: Permission, model: type[Base]) -> Clause:
    """Return the rows of ``model`` over which ``roles`` give the actor ``permission``."""
    near = _near(roles, permission, model)
    return sa.and_(near, sa.not_(_GONE[model]())) if model in _GONE else near


def _near(roles: frozenset[Role], permission: Permission, model: type[Base]) -> Clause:
    wanted = relations_wanted(roles, permission)
    if Relation.PRACTICE in wanted:
        return sa.true()
    clauses = [_DECLARED[model, kind]() for kind in sorted(wanted) if (model, kind) in _DECLARED]
    return sa.or_(sa.false(), *clauses)


def bound(actor: Actor) -> dict[str, object]:
    """Return the values of the parameters that relation clauses use."""
    return {
        "actor_id": actor.user_id,
        "on_date": clock.today(actor.zone),
        "emergency_client_id": actor.emergency.client_id if actor.emergency else None,
    }


def current(started_on: Any, ended_on: Any) -> Clause:
    """Say that a dated relation holds today."""
    return sa.and_(started_on <= ON_DATE, sa.or_(ended_on.is_(None), ended_on >= ON_DATE))
