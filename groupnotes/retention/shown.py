"""What the pages of retention show; pure."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from groupnotes.core.keyset import Cursor, Page
from groupnotes.retention.certificate import Certificate
from groupnotes.retention.rule import Rule


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record whose retention period is over."""

    client_id: uuid.UUID
    name: str
    until: dt.date
    held: bool


@dataclass(frozen=True, slots=True)
class PurgeLine:
    """A purge that waits to be confirmed; the name is shown to the records role only."""

    id: uuid.UUID
    client_id: uuid.UUID
    name: str
    proposed_by: str
    proposed_at: dt.datetime
    lapses_at: dt.datetime
    has_lapsed: bool


@dataclass(frozen=True, slots=True)
class DestroyedLine:
    """A record that was destroyed."""

    id: uuid.UUID
    client_id: uuid.UUID
    confirmed_by: str
    confirmed_at: dt.datetime
    is_cleared: bool


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A legal hold in a list, or with its reason on the client's page."""

    id: uuid.UUID
    client_id: uuid.UUID
    name: str
    placed_by: str
    placed_at: dt.datetime
    reason: str = ""
    lifted_by: str = ""
    lifted_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What is proposed and what was destroyed; to the records role also what is due and held."""

    rule: Rule
    proposed: Page[uuid.UUID]
    destroyed: Page[uuid.UUID]
    due: Page[uuid.UUID] | None
    held: Page[uuid.UUID] | None


@dataclass(frozen=True, slots=True)
class ClientRetention:
    """Until when one client's record is kept, and what stands in the way of destroying it."""

    client_id: uuid.UUID
    name: str
    rule: Rule
    in_care: bool
    held: bool
    last_service: dt.date
    until: dt.date
    obstacles: list[str]
    holds: list[HoldLine]
    proposed: PurgeLine | None


@dataclass(frozen=True, slots=True)
class OpenPurge:
    """One purge: what the second person decides on, or what was destroyed."""

    line: PurgeLine
    until: dt.date | None  # of a record that is still there
    obstacles: list[str]
    withdrawn_by: str
    withdrawn_at: dt.datetime | None
    is_own: bool
    may_withdraw: bool
    certificate: Certificate | None

    @property
    def may_confirm(self) -> bool:
        """Whether the reader may destroy the record now."""
        return self.until is not None and not (
            self.is_own or self.obstacles or self.line.has_lapsed
        )


@dataclass(frozen=True, slots=True)
class Cursors:
    """Which page of each list is asked for."""

    due: Cursor[uuid.UUID]
    held: Cursor[uuid.UUID]
    proposed: Cursor[uuid.UUID]
    destroyed: Cursor[uuid.UUID]
