"""Whether a client's record may be destroyed today, as the database has it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from groupnotes.clients.models import Client
from groupnotes.core import clock
from groupnotes.core.errors import Conflict
from groupnotes.retention import queries
from groupnotes.retention.queries import Kept
from groupnotes.retention.rule import Standing, obstacles


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rule says of one record, and what stands in the way."""

    last_service: dt.date
    until: dt.date
    standing: Standing
    obstacles: list[str]

    def require_unobstructed(self, otherwise: str) -> None:
        """Raise Conflict while anything stands in the way; ``otherwise`` says what was not done."""
        if self.obstacles:
            raise Conflict(" ".join([*self.obstacles, otherwise]))


def judge(client: Client, kept: Kept) -> Judged:
    """Judge the record of a client who is there."""
    today = clock.today(kept.zone.key)
    last = queries.care_of(client, kept.zone).last_service
    until = kept.rule.retain_until(last, dt.date.fromisoformat(client.birth_date))
    standing = queries.standing_of(client, today)
    return Judged(last, until, standing, obstacles(standing, until, today))
