"""A session that a psychotherapy note can be about. Pure."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfferedSession:
    """A session that the client was at and the author may know of."""

    id: uuid.UUID
    group_name: str
    starts_at: dt.datetime
