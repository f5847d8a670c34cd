"""The hash chain: pure functions over the facts of an event.

``hash(n) = SHA-256(hash(n-1) | canonical bytes of event n)``. The canonical
bytes give each field its length, so that nothing can be shifted from one field
to its neighbour.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import struct
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

GENESIS = bytes(32)
_LENGTH = struct.Struct(">I")
_ID_LENGTH = _LENGTH.pack(16)
_ABSENT = b"\xff\xff\xff\xff"


class Event(NamedTuple):
    """Who did what to whom. It holds ids and words of ours, never clinical text.

    Whoever verifies a long log has ``at`` as the text that SQLite holds, and ids as bytes.
    """

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


class Head(NamedTuple):
    """Where the log ends: its last event, and the newest checkpoint over it."""

    sequence: int
    hash: bytes
    checkpointed: int | None
    checkpointed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold."""

    sequence: int
    reason: str


def canonical(event: Event) -> bytes:
    """Return the bytes that stand for ``event`` and for no other."""
    return b"".join(
        (
            _FORMAT,
            _text(str(event.sequence)),
            _moment(event.at),
            _id(event.actor_id),
            _id(event.sign_in_id),
            _word(event.tag),
            _word(event.outcome),
            _id(event.client_id),
            _word(event.object_type),
            _id(event.object_id),
            _text(event.detail),
        )
    )


def canonical_head(head: Head) -> bytes:
    """Return the bytes that stand for ``head``, and for no other and no event."""
    size, at = head.checkpointed, head.checkpointed_at
    return b"".join(
        (
            _HEAD_FORMAT,
            _text(str(head.sequence)),
            _LENGTH.pack(len(head.hash)) + head.hash,
            _text(None if size is None else str(size)),
            _ABSENT if at is None else _moment(at),
        )
    )


def read(written: bytes) -> Event:
    """Return the event whose canonical bytes these are; raise ValueError if they are of none.

    For whoever holds the bytes without the log, as in a proof of one event.
    """
    try:
        _, number, at, actor, sign_in, tag, outcome, client, kind, thing, detail = _fields(written)
        event = Event(
            sequence=int(number or b""),
            at=dt.datetime.fromisoformat(_text_of(at) or ""),
            actor_id=_id_of(actor),
            sign_in_id=_id_of(sign_in),
            tag=_text_of(tag) or "",
            outcome=_text_of(outcome) or "",
            client_id=_id_of(client),
            object_type=_text_of(kind),
            object_id=_id_of(thing),
            detail=_text_of(detail),
        )
        is_of_it = canonical(event) == written
    except (struct.error, OverflowError) as error:
        raise ValueError("these are not the bytes of an event") from error
    if not is_of_it:
        raise ValueError("these are not the bytes of an event")
    return event


def link(previous: bytes, event: Event) -> bytes:
    """Return the hash that chains ``event`` to the one before it."""
    return hashlib.sha256(previous + canonical(event)).digest()


def chained(previous: bytes, events: Iterable[Event]) -> Iterator[tuple[Event, bytes]]:
    """Yield each event with its hash, starting after ``previous``."""
    for event in events:
        previous = link(previous, event)
        yield event, previous


def _text(value: str | None) -> bytes:
    if value is None:
        return _ABSENT
    encoded = value.encode()
    return _LENGTH.pack(len(encoded)) + encoded


# Events come in batches that share their moment, and there are few words.
_word = functools.lru_cache(maxsize=256)(_text)


@functools.lru_cache(maxsize=16)
def _moment(at: dt.datetime | str) -> bytes:
    """Write a moment; whoever verifies a long log has it as the text that SQLite holds."""
    if isinstance(at, dt.datetime):
        return _text(at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    day, between, time = at[:10], at[10:11], at[11:]
    if between != " ":
        raise ValueError("this is no moment as it is written")
    return _text(f"{day}T{time}Z")


def _id(value: uuid.UUID | bytes | None) -> bytes:
    """Write an id, which whoever verifies a long log has as its sixteen bytes already."""
    if value is None:
        return _ABSENT
    return _ID_LENGTH + (value if isinstance(value, bytes) else value.bytes)


def _text_of(field: bytes | None) -> str | None:
    return None if field is None else field.decode()


def _id_of(field: bytes | None) -> uuid.UUID | None:
    return None if field is None else uuid.UUID(bytes=field)


def _fields(written: bytes) -> Iterator[bytes | None]:
    at = 0
    while at < len(written):
        length, at = written[at : at + 4], at + 4
        if length == _ABSENT:
            yield None
            continue
        (size,) = _LENGTH.unpack(length)
        yield written[at : at + size]
        at += size


_FORMAT = _text("groupnotes audit event 1")
_HEAD_FORMAT = _text("groupnotes audit head 1")
