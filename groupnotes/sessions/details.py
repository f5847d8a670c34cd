"""One meeting of a group, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from groupnotes.groups import codes
from groupnotes.groups.models import FacilitatorRole, Modality
from groupnotes.groups.schedule import day_problem, local_to_utc
from groupnotes.sessions.attendance import span_problem

# Past midnight a session is this long at most; a longer one has its stop typed wrong.
_LATEST = dt.timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetails:
    """When it meets, on the practice's wall clock; how, and who facilitates."""

    held_on: dt.date
    starts: dt.time
    stops: dt.time
    modality: Modality
    service_code: str
    place_of_service: str
    lead_id: uuid.UUID | None
    co_ids: frozenset[uuid.UUID]

    def moments(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """Return when it starts and when it stops; a late session may stop after midnight."""
        starts_at = local_to_utc(self.held_on, self.starts, zone)
        next_day = self.held_on + dt.timedelta(days=1)
        overnight = local_to_utc(next_day, self.stops, zone)
        if self.stops <= self.starts and overnight - starts_at <= _LATEST:
            return starts_at, overnight
        return starts_at, local_to_utc(self.held_on, self.stops, zone)

    @property
    def facilitators(self) -> dict[uuid.UUID, FacilitatorRole]:
        """Who facilitates, in what role; whoever leads does not assist as well."""
        chosen = dict.fromkeys(self.co_ids, FacilitatorRole.CO)
        return chosen | ({self.lead_id: FacilitatorRole.LEAD} if self.lead_id else {})


def problems(details: SessionDetails, zone: ZoneInfo) -> dict[str, str]:
    """Return one sentence for each field that cannot stand as it is."""
    found = codes.problems(details.service_code, details.place_of_service)
    if sentence := day_problem(details.held_on):
        found["held_on"] = sentence
    elif sentence := span_problem(*details.moments(zone)):
        found["stops"] = sentence
    if details.lead_id is None:
        found["lead_id"] = "Choose who leads the session."
    return found
