"""The audit chain by ``hashlib`` alone: the same events and hashes as the application's."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import struct
from collections.abc import Sequence
from typing import Any

from tests.bench.floor.asking import Person
from tests.bench.floor.sealing import Keys
from tests.bench.floor.store import Store, moment_of

# Tag, client, kind of object, object, detail.
Event = tuple[str, str | None, str | None, str | None, str | None]

_HEAD = "SELECT sequence, hash, checkpointed, checkpointed_at, seal FROM audit_head WHERE id = 1"
_APPEND = (
    "INSERT INTO audit_events (sequence, at, actor_id, sign_in_id, tag, outcome, client_id,"
    " object_type, object_id, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVE = "UPDATE audit_head SET sequence = ?, hash = ?, seal = ? WHERE id = 1"
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_ABSENT = b"\xff\xff\xff\xff"
_ID = struct.pack(">I", 16)


def append(store: Store, keys: Keys, who: Person, events: Sequence[Event]) -> None:
    """Chain ``events`` to the log."""
    now = dt.datetime.now(dt.UTC)
    at = store.moment(now)
    sequence, previous, *checkpointed, seal = store.one(_HEAD, ())
    if seal != keys.seal_of_head(_head(sequence, previous, *checkpointed)):
        raise ValueError("the head of the log was altered")
    actor, sign_in = who.user_id, who.sign_in_id
    same = _text(now.strftime(_MOMENT)) + _id(actor) + _id(sign_in)
    rows = []
    for tag, client, kind, thing, detail in events:
        sequence += 1
        previous = hashlib.sha256(
            b"".join(
                (
                    previous,
                    _FORMAT,
                    _text(str(sequence)),
                    same,
                    _word(tag),
                    _SUCCESS,
                    _id(client),
                    _word(kind),
                    _id(thing),
                    _word(detail),
                )
            )
        ).digest()
        rows.append(
            (
                sequence,
                at,
                actor,
                sign_in,
                tag,
                "success",
                client,
                kind,
                thing,
                detail,
                previous,
            )
        )
    store.many(_APPEND, rows)
    seal = keys.seal_of_head(_head(sequence, previous, *checkpointed))
    store.run(_MOVE, (sequence, previous, seal))


def _head(sequence: int, last: bytes, size: int | None, at: Any) -> bytes:
    return b"".join(
        (
            _HEAD_FORMAT,
            _text(str(sequence)),
            struct.pack(">I", len(last)) + last,
            _word(None if size is None else str(size)),
            _ABSENT if at is None else _text(moment_of(at).strftime(_MOMENT)),
        )
    )


def _text(value: str) -> bytes:
    encoded = value.encode()
    return struct.pack(">I", len(encoded)) + encoded


@functools.cache
def _word(value: str | None) -> bytes:
    return _ABSENT if value is None else _text(value)


def _id(value: str | None) -> bytes:
    return _ABSENT if value is None else _ID + bytes.fromhex(value)


_FORMAT = _text("groupnotes audit event 1")
_HEAD_FORMAT = _text("groupnotes audit head 1")
_SUCCESS = _text("success")
