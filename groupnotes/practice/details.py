"""What the practice says of itself, and what is wrong with it; pure."""

from __future__ import annotations

import functools
import re
import zoneinfo
from dataclasses import dataclass

from groupnotes.practice import npi

_STATE = re.compile(r"[A-Z]{2}")
_POSTAL_CODE = re.compile(r"[0-9]{5}(-[0-9]{4})?")
_PHONE = re.compile(r"[0-9+(][0-9 ()./x+-]{5,28}[0-9]")
_AREAS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeDetails:
    """Printed on every record, and by which records are kept; an empty NPI is none."""

    name: str
    street: str
    city: str
    state: str
    postal_code: str
    phone: str
    npi: str
    time_zone: str
    sign_within: int
    sign_each: bool
    retention_years: int
    age_of_majority: int
    years_after_majority: int
    backup_days: int
    allowed_words: str | None = None
    denied_words: str | None = None


def problems(details: PracticeDetails) -> dict[str, str]:
    """Return one sentence for each field that cannot stand as it is."""
    found = {}
    if not _STATE.fullmatch(details.state):
        found["state"] = "Type the two capital letters of the state, such as NY."
    if not _POSTAL_CODE.fullmatch(details.postal_code):
        found["postal_code"] = "Type a ZIP code of five digits, or five and four: 12207-1234."
    if not _PHONE.fullmatch(details.phone):
        found["phone"] = "Type a telephone number, such as 518-555-0100."
    if details.npi and (sentence := npi.problem(details.npi)):
        found["npi"] = sentence
    if details.time_zone not in time_zones():
        found["time_zone"] = "Choose a time zone from the list, such as America/New_York."
    return found


@functools.cache
def time_zones() -> tuple[str, ...]:
    """Return the IANA time zones that are named for a place, in their order."""
    names = zoneinfo.available_timezones()
    return tuple(sorted(name for name in names if name.partition("/")[0] in _AREAS))
