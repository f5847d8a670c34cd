"""The session that a note is of, as far as its people are found by it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Met:
    """The three facts by which a session's people are found."""

    id: uuid.UUID
    group_id: uuid.UUID
    held_on: dt.date
