"""Make the proof of one event: read what lies between two checkpoints, and nothing else.

The tree before the event begins with the peaks of the checkpoint before it, so that a proof takes
as long in a log of a million events as in one of two thousand; by an anchor, as long as what was
written between the event and the anchor takes to read.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groupnotes.audit import chain, checkpoints, merkle
from groupnotes.audit.inclusion import Inclusion, NotProved
from groupnotes.audit.merkle import Tree
from groupnotes.audit.models import AuditCheckpoint, AuditEvent
from groupnotes.audit.verify import UNREADABLE, CannotVerify

_CHUNK = 5_000  # hashes fetched at a time
_FACTS = sa.select(*(getattr(AuditEvent, name) for name in chain.Event._fields))


def prove(session: Session, sequence: int, anchor: tuple[str, int] | None = None) -> Inclusion:
    """Return the proof of event ``sequence`` by the first checkpoint over it.

    An ``anchor``, a checkpoint that was kept elsewhere and the size of the log in it, takes the
    checkpoint's place: whoever has it need not believe that the practice signed no other log.
    Raise CannotVerify where there is nothing to prove it by, NotProved where the log is not what
    was signed.
    """
    event = _event(session, sequence)
    note, size = anchor or _first_over(session, sequence)
    if size < sequence:
        raise CannotVerify(f"the anchor is older than event {sequence}")
    tree, previous = _before(session, sequence)
    after = _hashes(session, sequence, size)
    return Inclusion(
        index=sequence - 1,
        previous=previous,
        event=event,
        path=tuple(merkle.audit_path(tree, after, size)),
        note=note,
    )


def _event(session: Session, sequence: int) -> bytes:
    try:
        row = session.execute(_FACTS.where(AuditEvent.sequence == sequence)).one_or_none()
        written = None if row is None else chain.canonical(chain.Event(*row))
    except UNREADABLE as error:
        raise NotProved(f"event {sequence} cannot be read") from error
    if written is None:
        raise CannotVerify(f"there is no event {sequence}")
    return written


def _first_over(session: Session, sequence: int) -> tuple[str, int]:
    query = sa.select(AuditCheckpoint.note, AuditCheckpoint.size)
    over = query.where(AuditCheckpoint.size >= sequence).order_by(AuditCheckpoint.size).limit(1)
    found = session.execute(over).one_or_none()
    if found is None:
        raise CannotVerify(_when_there_is_one(session, sequence))
    return found.note, found.size


def _when_there_is_one(session: Session, sequence: int) -> str:
    newest = checkpoints.newest(session)
    none_yet = f"no checkpoint is over event {sequence} yet"
    if newest is None:
        return f"{none_yet}: one is made with the next event"
    due = newest.at + checkpoints.INTERVAL
    size = newest.size + checkpoints.EVENTS
    return (
        f"{none_yet}: one is made with event {size}, or the first from {due:%Y-%m-%d %H:%M} UTC on"
    )


def _before(session: Session, sequence: int) -> tuple[Tree, bytes]:
    """Return the tree of the events before ``sequence``, and the hash of the last of them."""
    query = sa.select(AuditCheckpoint).where(AuditCheckpoint.size < sequence)
    row = session.scalar(query.order_by(AuditCheckpoint.size.desc()).limit(1))
    try:
        tree = Tree() if row is None else checkpoints.tree_of(row)
    except checkpoints.Damaged as error:
        raise NotProved(str(error)) from error
    tree.extend(_hashes(session, tree.size, sequence - 1))
    if sequence == 1:
        return tree, chain.GENESIS
    last = session.scalar(sa.select(AuditEvent.hash).where(AuditEvent.sequence == sequence - 1))
    if last is None:
        raise NotProved("an event before it is missing")
    return tree, last


def _hashes(session: Session, after: int, last: int) -> Iterator[bytes]:
    query = sa.select(AuditEvent.sequence, AuditEvent.hash).order_by(AuditEvent.sequence)
    query = query.where(AuditEvent.sequence <= last).limit(_CHUNK)
    while rows := session.execute(query.where(AuditEvent.sequence > after)).all():
        yield from (row.hash for row in rows)
        after = rows[-1].sequence
