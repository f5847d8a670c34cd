"""The three doors to a record: fetch one, scope a list, run a guarded verb."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from groupnotes.access.policy import Permission, holds
from groupnotes.access.relations import bound, within
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.db import Base, db
from groupnotes.core.errors import Conflict, NotAllowed, NotFound

P = ParamSpec("P")
S = TypeVar("S", bound=Base)
R = TypeVar("R", bound=Base)
Service = Callable[Concatenate[Actor, S, P], R]

_GRANTED = "granted_in_this_unit_of_work"


def fetch(actor: Actor, permission: Permission, tag: Tag, model: type[S], key: uuid.UUID) -> S:
    """Load one row for ``actor`` and record that it is shown.

    A row outside the actor's relations is answered like a missing one.
    """
    require(actor, permission, tag, object_type=model.__tablename__, object_id=key)
    query: Any = sa.select(model).where(_id(model) == key, within(actor.roles, permission, model))
    row: S | None = db.session.scalar(query, bound(actor))
    if row is None:
        log.record_refusal(Happening(tag, actor, object_type=model.__tablename__, object_id=key))
        raise NotFound
    _granted(actor).add((permission, key))
    log.record_shown(_happening(tag, actor, row))
    return row


def scope(actor: Actor, permission: Permission, tag: Tag, model: type[S]) -> sa.Select[S]:
    """Select the rows of ``model`` that ``actor`` may list, and record that they are listed."""
    require(actor, permission, tag, object_type=model.__tablename__)
    log.record_shown(Happening(tag, actor, object_type=model.__tablename__))
    query: Any = sa.select(model).where(within(actor.roles, permission, model))
    return query.params(bound(actor))  # type: ignore[no-any-return]


def guarded(permission: Permission, tag: Tag) -> Callable[[Service[S, P, R]], Service[S, P, R]]:
    """Let ``actor`` run the verb on ``subject`` only if ``permission`` allows it.

    The result is flushed before it is recorded, so that a constraint or a stale
    version fails here and not at commit, when no view can answer for it.
    """

    def decorate(service: Service[S, P, R]) -> Service[S, P, R]:
        @functools.wraps(service)
        def run(actor: Actor, subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            check(actor, permission, tag, subject)
            result = service(actor, subject, *args, **kwargs)
            try:
                db.session.flush()
            except StaleDataError as error:
                raise Conflict(
                    "Someone else changed this while you were editing it. "
                    "Nothing of yours was lost: compare, then save again."
                ) from error
            log.record(_happening(tag, actor, result))
            return result

        run.__guard__ = (permission, tag)  # type: ignore[attr-defined]
        return run

    return decorate


def check(actor: Actor, permission: Permission, tag: Tag, subject: Base) -> None:
    """Raise unless ``actor`` holds ``permission`` over ``subject`` now."""
    if may(actor, permission, subject):
        return
    log.record_refusal(_happening(tag, actor, subject))
    raise NotFound if holds(actor, permission) else NotAllowed


def may(actor: Actor, permission: Permission, subject: Base) -> bool:
    """Say whether ``actor`` holds ``permission`` over ``subject`` now.

    For what a page offers. What is done goes through ``guarded``, which asks again.
    """
    if not holds(actor, permission):
        return False
    model, key = type(subject), subject.id  # type: ignore[attr-defined]
    if (permission, key) in _granted(actor):
        return True
    rule = within(actor.roles, permission, model)
    query = sa.select(sa.literal(1)).where(_id(model) == key, rule)
    if db.session.scalar(query, bound(actor)) is None:
        return False
    _granted(actor).add((permission, key))
    return True


def require(
    actor: Actor,
    permission: Permission,
    tag: Tag,
    *,
    object_type: str | None = None,
    object_id: uuid.UUID | None = None,
) -> None:
    """Raise unless one of the actor's roles could grant ``permission`` at all."""
    if not holds(actor, permission):
        log.record_refusal(Happening(tag, actor, object_type=object_type, object_id=object_id))
        raise NotAllowed


def _granted(actor: Actor) -> set[tuple[Permission, uuid.UUID]]:
    granted: dict[Actor, set[tuple[Permission, uuid.UUID]]] = db.session().info.setdefault(
        _GRANTED, {}
    )
    return granted.setdefault(actor, set())


def _happening(tag: Tag, actor: Actor, row: Base) -> Happening:
    return Happening(
        tag,
        actor,
        client_id=getattr(row, "client_id", None),
        object_type=row.__tablename__,
        object_id=row.id,  # type: ignore[attr-defined]
    )


def _id(model: type[Base]) -> Any:
    return model.id  # type: ignore[attr-defined]
