"""The only writer of audit events.

Events gather while a request runs and are chained in one go at its end: last,
so that the head of the chain is locked for as short a time as can be.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, replace
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit import chain, checkpoints
from groupnotes.audit import head as heads
from groupnotes.audit.chain import Head
from groupnotes.audit.models import AuditEvent, AuditHead
from groupnotes.audit.tags import UNDER_EMERGENCY, Outcome, Tag
from groupnotes.core import clock, uow
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.prepared import ForMany, Prepared

_SHOWN = "audit_events_of_what_is_shown"
_DONE = "audit_events_of_what_is_done"
_LOCKED_HEAD = Prepared(
    sa.select(*(getattr(AuditHead, name) for name in Head._fields), AuditHead.seal)
    .where(AuditHead.id == 1)
    .with_for_update()
)
_APPEND = ForMany(sa.insert(cast(sa.Table, AuditEvent.__table__)), *chain.Event._fields, "hash")
_MOVE_HEAD = Prepared(
    sa.update(cast(sa.Table, AuditHead.__table__))
    .where(AuditHead.id == 1)
    .values({name: sa.bindparam(f"new_{name}") for name in (*Head._fields, "seal")})
)
_LOG = logging.getLogger(__name__)


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

    def __hash__(self) -> int:
        # Enough to tell almost all apart, in a tenth of the time that all fields take.
        return hash((self.client_id, self.object_id))


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


def record_failure(happening: Happening) -> None:
    """Record that something failed which must not; it outlives the rollback."""
    record_shown(replace(happening, outcome=Outcome.FAILED))


def append(happenings: list[Happening]) -> None:
    """Chain ``happenings`` to the log in one step, in the order given."""
    held = _Held()
    at = clock.now()
    events = (
        chain.Event(
            held.head.sequence + offset,
            at,
            happening.actor.user_id if happening.actor else None,
            happening.actor.sign_in_id if happening.actor else None,
            happening.tag.value,
            happening.outcome.value,
            happening.client_id,
            happening.object_type,
            happening.object_id,
            happening.detail or _under_emergency(happening),
        )
        for offset, happening in enumerate(happenings, 1)
    )
    rows = [(*event, digest) for event, digest in chain.chained(held.head.hash, events)]
    _APPEND.run(rows)
    sequence, *_, digest = rows[-1]
    newest = held.head.checkpointed, held.head.checkpointed_at
    if held.is_sound and checkpoints.is_due(*newest, sequence, at):
        checkpoints.make(sequence, at)
        newest = sequence, at
    held.move(Head(sequence, digest, *newest))


def sign_newest() -> None:
    """Sign a checkpoint of the log as it is, unless the newest one is of all of it.

    A log that was altered gets none.
    """
    held = _Held()
    sequence = held.head.sequence
    if held.is_sound and sequence and held.head.checkpointed != sequence:
        at = clock.now()
        checkpoints.make(sequence, at)
        held.move(held.head._replace(checkpointed=sequence, checkpointed_at=at))


def seal_new() -> None:
    """Seal the head of a log that has no event yet, when the practice's first keys are made.

    At no other time: a head without a seal is one that somebody else wrote.
    """
    session = db.session()
    empty = Head(0, chain.GENESIS, None, None)
    is_empty = AuditHead.sequence == empty.sequence
    session.execute(sa.update(AuditHead).where(is_empty).values(seal=heads.seal(session, empty)))


class _Held:
    """The head of the log, locked until the transaction ends."""

    def __init__(self) -> None:
        *found, self._seal = _LOCKED_HEAD.one({})
        self.head = Head(*found)
        self.is_sound = heads.is_sealed(db.session(), self.head, self._seal)

    def move(self, head: Head) -> None:
        """Let the log end at ``head``.

        One that somebody else wrote gets no new seal, which would vouch for what they did: the
        old one fits nothing that follows, and ``audit verify`` says so. Work goes on.
        """
        if not self.is_sound:
            _LOG.critical("audit.damaged: the head of the log is not what was sealed")
        sealed = heads.seal(db.session(), head) if self.is_sound else self._seal
        moved = {**head._asdict(), "seal": sealed}
        _MOVE_HEAD.run({f"new_{name}": value for name, value in moved.items()})


def _under_emergency(happening: Happening) -> str | None:
    """Say so of what somebody does about the client whose record an emergency opens to them."""
    emergency = happening.actor.emergency if happening.actor else None
    is_about = emergency is not None and emergency.client_id == happening.client_id
    return UNDER_EMERGENCY if is_about else None


def _gather(where: str, happenings: tuple[Happening, ...]) -> None:
    gathered: dict[Happening, None] = db.session().info.setdefault(where, {})
    gathered.update(dict.fromkeys(happenings))


def _close(session: Session, ok: bool) -> None:  # noqa: FBT001 - the form of a Step
    shown: dict[Happening, None] = session.info.pop(_SHOWN, {})
    done: dict[Happening, None] = session.info.pop(_DONE, {})
    happenings = [*shown, *done] if ok else [*shown]
    if happenings:
        session.flush()
        append(happenings)
