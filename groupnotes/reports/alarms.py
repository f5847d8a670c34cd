"""What the administrator must hear of: a signed note that is no longer what was signed."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from groupnotes.accounts import queries as staff
from groupnotes.audit.models import AuditEvent
from groupnotes.audit.tags import Outcome, Tag
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.signing import queries
from groupnotes.signing.proof import Verdict

_LOOKED_AT = 200  # events: every reading of an altered note leaves one
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Alarm:
    """One altered note, and when somebody last came upon it."""

    note_id: uuid.UUID
    at: dt.datetime
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Stuck:
    """Somebody whose notes await a review that nobody at work can give them."""

    user_id: uuid.UUID
    name: str
    notes: int


def without_supervisor(actor: Actor) -> list[Stuck]:
    """Return whose notes would wait for ever, until they have another supervisor."""
    return [
        Stuck(row.id, staff.label_of(row.id, row.name_sealed, row.credentials), row.notes)
        for row in queries.without_supervisor(actor)
    ]


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
