"""Identifiers made by the application, so that a row's id is known before it is written."""

from __future__ import annotations

import datetime as dt
import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7 (RFC 9562): unguessable enough to name rows, ordered by time."""
    return uuid7()


def first_of(at: dt.datetime) -> uuid.UUID:
    """Return the id before which every id was made earlier than ``at``, to the millisecond.

    By it the rows made since are found in the index that every table has.
    """
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80)
