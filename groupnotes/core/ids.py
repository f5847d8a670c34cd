"""Identifiers made by the application, so that a row's id is known before it is written."""

from __future__ import annotations

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7 (RFC 9562): unguessable enough to name rows, ordered by time."""
    return uuid7()
