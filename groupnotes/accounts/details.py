"""What the practice knows of a person who works there, and what is wrong with it; pure."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from groupnotes.core.actor import Role
from groupnotes.practice import npi

# Their notes print their credentials (checklist A10 of the payers' rules).
_SIGNING = frozenset({Role.FACILITATOR, Role.CLINICIAN, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDetails:
    """One person; an empty NPI or licence is none."""

    name: str
    sign_in_name: str
    credentials: str
    npi: str
    licence: str
    roles: frozenset[Role]
    active: bool = True

    @property
    def administers(self) -> bool:
        """Say whether the person can look after accounts."""
        return self.active and Role.ADMINISTRATOR in self.roles


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One person in a list."""

    id: uuid.UUID
    name: str
    credentials: str
    roles: frozenset[Role]
    active: bool

    @property
    def label(self) -> str:
        """Name and credentials, as they are signed."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


@dataclass(frozen=True, slots=True)
class SupervisionLine:
    """From when to when someone supervises, or is supervised by, the person at hand."""

    id: uuid.UUID
    name: str
    started_on: dt.date
    ended_on: dt.date | None
    co_signs: bool
    version: int


def problems(details: StaffDetails) -> dict[str, str]:
    """Return one sentence for each field that cannot stand as it is."""
    found = {}
    if not details.roles:
        found["roles"] = "Choose at least one role."
    if details.roles & _SIGNING and not details.credentials:
        found["credentials"] = "Type the credentials, such as LCSW: records print them."
    if details.npi and (sentence := npi.problem(details.npi)):
        found["npi"] = sentence
    return found
