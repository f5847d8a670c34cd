"""The only writer of audit events.

Events gather while a request runs and are chained in one go at its end: last,
so that the head of the chain is locked for as short a time as can be.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit import chain
from groupnotes.audit.models import AuditEvent, AuditHead
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core import clock, uow
from groupnotes.core.actor import Actor
from groupnotes.core.db import db

_SHOWN = "audit_events_of_what_is_shown"
_DONE = "audit_events_of_what_is_done"
_HEAD = sa.select(AuditHead.sequence, AuditHead.hash).where(AuditHead.id == 1)
_LOCKED_HEAD = _HEAD.with_for_update()
_APPEND = sa.insert(AuditEvent.__table__)  # type: ignore[arg-type]
_MOVE_HEAD = (
    sa.update(AuditHead.__table__)  # type: ignore[arg-type]
    .where(AuditHead.id == 1)
    .values(sequence=sa.bindparam("new_sequence"), hash=sa.bindparam("new_hash"))
)


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event says besides who, when and its place in the chain."""

    tag: Tag
    actor: Actor | None
    client_id: uuid.UUID | None = None
    object_type: str | None = None
    object_id: uuid.UUID | None = None
    detail: str | None = None
    outcome: Outcome = Outcome.SUCCESS


def record(*happenings: Happening) -> None:
    """Record what is being changed; it stands or falls with the change itself."""
    _gather(_DONE, happenings)
    uow.before_commit(_close)


def record_shown(*happenings: Happening) -> None:
    """Record what the answer shows; it is written before the answer leaves, whatever it is."""
    _gather(_SHOWN, happenings)
    uow.keep(_close)


def record_refusal(happening: Happening) -> None:
    """Record an attempt that came to nothing; it outlives the rollback."""
    record_shown(replace(happening, outcome=Outcome.REFUSED))


def append(session: Session, happenings: list[Happening]) -> None:
    """Chain ``happenings`` to the log in one step, in the order given."""
    head = session.execute(_LOCKED_HEAD).one()
    at = clock.now()
    events = (
        chain.Event(
            sequence=head.sequence + offset,
            at=at,
            actor_id=h.actor.user_id if h.actor else None,
            sign_in_id=h.actor.sign_in_id if h.actor else None,
            tag=h.tag.value,
            outcome=h.outcome.value,
            client_id=h.client_id,
            object_type=h.object_type,
            object_id=h.object_id,
            detail=h.detail,
        )
        for offset, h in enumerate(happenings, 1)
    )
    rows = [_row(event, digest) for event, digest in chain.chained(head.hash, events)]
    session.execute(_APPEND, rows)
    session.execute(
        _MOVE_HEAD, {"new_sequence": rows[-1]["sequence"], "new_hash": rows[-1]["hash"]}
    )


def _gather(where: str, happenings: tuple[Happening, ...]) -> None:
    gathered: dict[Happening, None] = db.session().info.setdefault(where, {})
    gathered.update(dict.fromkeys(happenings))


def _close(session: Session, ok: bool) -> None:  # noqa: FBT001 - the form of a Step
    shown: dict[Happening, None] = session.info.pop(_SHOWN, {})
    done: dict[Happening, None] = session.info.pop(_DONE, {})
    happenings = [*shown, *done] if ok else [*shown]
    if happenings:
        session.flush()
        append(session, happenings)


def _row(event: chain.Event, digest: bytes) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "at": event.at,
        "actor_id": event.actor_id,
        "sign_in_id": event.sign_in_id,
        "tag": event.tag,
        "outcome": event.outcome,
        "client_id": event.client_id,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "detail": event.detail,
        "hash": digest,
    }
