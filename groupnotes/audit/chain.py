"""The hash chain: pure functions over the facts of an event.

``hash(n) = SHA-256(hash(n-1) | canonical bytes of event n)``. The canonical
bytes give each field its length, so that nothing can be shifted from one field
to its neighbour.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

GENESIS = bytes(32)
_FORMAT = b"groupnotes audit event 1"
_LENGTH = struct.Struct(">I")
_ABSENT = b"\xff\xff\xff\xff"


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. It holds ids and words of ours, never clinical text."""

    sequence: int
    at: dt.datetime
    actor_id: uuid.UUID | None
    sign_in_id: uuid.UUID | None
    tag: str
    outcome: str
    client_id: uuid.UUID | None
    object_type: str | None
    object_id: uuid.UUID | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold."""

    sequence: int
    reason: str


def canonical(event: Event) -> bytes:
    """Return the bytes that stand for ``event`` and for no other."""
    at = event.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    values: tuple[bytes | None, ...] = (
        _FORMAT,
        str(event.sequence).encode(),
        at.encode(),
        _id(event.actor_id),
        _id(event.sign_in_id),
        event.tag.encode(),
        event.outcome.encode(),
        _id(event.client_id),
        None if event.object_type is None else event.object_type.encode(),
        _id(event.object_id),
        None if event.detail is None else event.detail.encode(),
    )
    return b"".join(_ABSENT if v is None else _LENGTH.pack(len(v)) + v for v in values)


def link(previous: bytes, event: Event) -> bytes:
    """Return the hash that chains ``event`` to the one before it."""
    return hashlib.sha256(previous + canonical(event)).digest()


def first_break(links: Iterable[tuple[Event, bytes]], head: tuple[int, bytes]) -> Break | None:
    """Walk the chain from its start; return where it first fails, or None.

    ``head`` is the sequence and hash that the database says are the last.
    """
    previous, sequence = GENESIS, 0
    for event, stored in links:
        sequence += 1
        if event.sequence != sequence:
            return Break(sequence, "an event is missing or out of order")
        previous = link(previous, event)
        if previous != stored:
            return Break(sequence, "an event is not what was written")
    if (sequence, previous) != head:
        return Break(sequence + 1, "the end of the log is not what was written")
    return None


def chained(previous: bytes, events: Iterable[Event]) -> Iterator[tuple[Event, bytes]]:
    """Yield each event with its hash, starting after ``previous``."""
    for event in events:
        previous = link(previous, event)
        yield event, previous


def _id(value: uuid.UUID | None) -> bytes | None:
    return None if value is None else value.bytes
