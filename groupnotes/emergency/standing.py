"""How an emergency access stands with its review; pure."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from dataclasses import dataclass

LASTS = dt.timedelta(minutes=60)
REVIEWED_WITHIN = dt.timedelta(hours=24)


class Standing(enum.StrEnum):
    """What is to be done about it, or what was found."""

    OPEN = "open"
    TO_REVIEW = "to-review"
    OVERDUE = "overdue"
    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not-justified"


@dataclass(frozen=True, slots=True)
class Times:
    """When it began, when it ends at the latest, and whether it was ended before that."""

    started_at: dt.datetime
    ends_at: dt.datetime
    ended_at: dt.datetime | None = None

    @property
    def over_at(self) -> dt.datetime:
        """When nothing more could be read, or can."""
        return self.ended_at or self.ends_at

    def is_open(self, now: dt.datetime) -> bool:
        """Say whether the record can still be read by it."""
        return now < self.over_at


@dataclass(frozen=True, slots=True)
class Review:
    """What an administrator found."""

    reviewer: str
    at: dt.datetime
    justified: bool
    comment: str


def standing(times: Times, now: dt.datetime, *, justified: bool | None) -> Standing:
    """Return how it stands ``now``; ``justified`` is what its review found, if there is one."""
    if justified is not None:
        return Standing.JUSTIFIED if justified else Standing.NOT_JUSTIFIED
    if times.is_open(now):
        return Standing.OPEN
    overdue = now >= times.started_at + REVIEWED_WITHIN
    return Standing.OVERDUE if overdue else Standing.TO_REVIEW


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One access as an administrator sees it: of the client only the random id of the log."""

    id: uuid.UUID
    user_id: uuid.UUID
    who: str
    client_id: uuid.UUID
    ground: str
    times: Times
    standing: Standing
    acknowledged: int  # by how many of the client's clinicians


@dataclass(frozen=True, slots=True)
class ReviewedAccess:
    """One access with what its review found, if it was reviewed."""

    line: AccessLine
    review: Review | None


@dataclass(frozen=True, slots=True)
class Notice:
    """One access as the client's clinician is told of it."""

    id: uuid.UUID
    who: str
    client_id: uuid.UUID
    client_name: str
    ground: str
    reason: str
    times: Times
