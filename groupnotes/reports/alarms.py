"""What the administrator must hear of: a signed note that is no longer what was signed."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from groupnotes.accounts import queries as staff
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.signing import queries
from groupnotes.signing.proof import Verdict

_LOOKED_AT = 200  # events: every reading of an altered note leaves one
_SHOWN = 20
SOON = dt.timedelta(days=14)  # long enough to review what waits, or to find another supervisor


@dataclass(frozen=True, slots=True)
class Alarm:
    """One altered note, and when somebody last came upon it."""

    note_id: uuid.UUID
    at: dt.datetime
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Stuck:
    """Somebody whose work awaits a review that nobody can give them, now or soon."""

    user_id: uuid.UUID
    name: str
    notes: int
    entries: int  # what was added to locked notes
    last_day: dt.date | None  # of their supervision; None where they have none

    @property
    def waiting(self) -> str:
        """How much waits: ``2 notes and 1 entry``."""
        notes = f"{self.notes} {'note' if self.notes == 1 else 'notes'}"
        return f"{notes} and {self.entries} {'entry' if self.entries == 1 else 'entries'}"


def without_supervisor(actor: Actor) -> list[Stuck]:
    """Return whose notes and entries wait for ever, until they have another supervisor."""
    return [_stuck(row) for row in queries.without_supervisor(actor)]


def supervision_ending(actor: Actor) -> list[Stuck]:
    """Return whose supervision ends within ``SOON`` with nobody to follow."""
    return [
        _stuck(row) for row in queries.supervision_ending(actor, clock.today(actor.zone) + SOON)
    ]


def _stuck(row: Any) -> Stuck:
    name = staff.label_of(row.id, row.name_sealed, row.credentials)
    return Stuck(row.id, name, row.notes, row.entries, row.last_day)


def altered_notes() -> list[Alarm]:
    """Return the notes that failed verification last, the newest first, each once."""
    newest = (
        sa.select(AuditEvent.object_id, AuditEvent.at, AuditEvent.tag, AuditEvent.detail)
        .where(AuditEvent.outcome == Outcome.FAILED)
        .order_by(AuditEvent.sequence.desc())
        .limit(_LOOKED_AT)
    )
    found: dict[uuid.UUID, Alarm] = {}
    for note_id, at, tag, detail in db.session.execute(newest):
        if tag == Tag.NOTE_VERIFY and note_id and note_id not in found:
            found[note_id] = Alarm(note_id, at, Verdict(detail or Verdict.UNREADABLE))
    return list(found.values())[:_SHOWN]
