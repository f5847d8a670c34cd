"""Who is acting: the only view of a person that rules and services get."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from dataclasses import dataclass


class Role(enum.StrEnum):
    """What a person does at the practice; several may be held at once."""

    FACILITATOR = "facilitator"
    CLINICIAN = "clinician"
    SUPERVISOR = "supervisor"
    RECORDS = "records"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency access that is open: whose record it opens, and until when."""

    id: uuid.UUID
    client_id: uuid.UUID
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or a command of the installation (``sign_in_id`` is None)."""

    user_id: uuid.UUID
    sign_in_id: uuid.UUID | None
    roles: frozenset[Role]
    zone: str = "UTC"  # IANA name: whose calendar says which day it is
    emergency: Emergency | None = None  # of this sign-in, as it was when the request began
