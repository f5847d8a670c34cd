"""What a reader is told of an event, and which ones they ask for; pure."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from groupnotes.accounts.details import StaffLine
from groupnotes.audit.tags import UNDER_EMERGENCY, Outcome


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event, and who the person in it is; nothing tells who the client is but an id."""

    id: uuid.UUID  # its reference (audit.references): a number would tell what is not shown
    at: dt.datetime
    tag: str
    outcome: Outcome
    actor_id: uuid.UUID | None
    actor: StaffLine | None
    client_id: uuid.UUID | None
    object_type: str | None
    object_id: uuid.UUID | None
    detail: str | None

    @property
    def who(self) -> str:
        """The name of the person, for a reader."""
        if self.actor is not None:
            return self.actor.label
        return "Nobody signed in" if self.actor_id is None else "A person who is not known here"

    @property
    def under_emergency(self) -> bool:
        """Whether it rests on an emergency access and on no relation to the client."""
        return self.detail == UNDER_EMERGENCY

    @property
    def roles(self) -> str:
        """The roles that the person has now; the log keeps none."""
        return ", ".join(sorted(self.actor.roles)) if self.actor is not None else ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are asked for; what is None is not asked."""

    client_id: uuid.UUID | None = None
    actor_id: uuid.UUID | None = None
    tag: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None  # itself not included
    outcome: Outcome | None = None
