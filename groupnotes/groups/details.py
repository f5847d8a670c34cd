"""What a group is and when it meets, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from groupnotes.groups import codes
from groupnotes.groups.models import GroupKind, Modality
from groupnotes.groups.schedule import Schedule, rule_problem

CAPACITY = range(2, 501)
MINUTES = range(5, 721)
LONGEST_RULE = 200  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDetails:
    """One standing group; times are on the practice's wall clock."""

    name: str
    kind: GroupKind
    is_open: bool
    capacity: int
    service_code: str
    place_of_service: str
    modality: Modality
    rrule: str
    first_on: dt.date
    local_start: dt.time
    duration_minutes: int
    active: bool = True


def problems(details: GroupDetails) -> dict[str, str]:
    """Return one sentence for each field that cannot stand as it is."""
    found = codes.problems(details.service_code, details.place_of_service)
    if details.capacity not in CAPACITY:
        found["capacity"] = "A group has from 2 to 500 places."
    if details.duration_minutes not in MINUTES:
        found["duration_minutes"] = "A session lasts from 5 minutes to 12 hours."
    if len(details.rrule) > LONGEST_RULE:
        found["rrule"] = f"Shorten the rule to {LONGEST_RULE} characters."
    elif sentence := rule_problem(details.rrule, details.first_on):
        found["rrule"] = sentence
    return found


def schedule(details: GroupDetails, zone: ZoneInfo) -> Schedule:
    """Return when the group meets."""
    return Schedule(
        details.rrule, details.first_on, details.local_start, details.duration_minutes, zone
    )
