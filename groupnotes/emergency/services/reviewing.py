"""Review emergency accesses within a day: an administrator judges, never their own.

They see who read whose record when, and on what ground, as the audit log shows it: the client
is a random id, and the reason, which may say how the client is, stays with those who treat them.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from groupnotes.access.guard import check, fetch, guarded, scope
from groupnotes.access.models import EmergencyAccess
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, NotAllowed
from groupnotes.core.ids import new_id
from groupnotes.core.keyset import Cursor
from groupnotes.crypto.keyring import PRACTICE_KEY
from groupnotes.emergency import queries
from groupnotes.emergency.models import EmergencyReview
from groupnotes.emergency.standing import AccessLine, ReviewedAccess, Times

OWN = "This emergency access was your own. Another administrator must review it."
DONE = "This emergency access was reviewed in the meantime. Nothing of yours was saved."
OPEN = "This emergency access is still open. Review it when it is over. Nothing was saved."


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a review, the oldest first; and a page of what was reviewed."""

    waiting: list[AccessLine]
    reviewed: list[AccessLine]
    older: uuid.UUID | None
    newer: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an administrator found."""

    justified: bool
    comment: str


def list_accesses(actor: Actor, cursor: Cursor[uuid.UUID]) -> Queue:
    """Return every emergency access, first what is to be done."""
    scope(actor, Permission.EMERGENCY_REVIEW, Tag.EMERGENCY_READ, EmergencyAccess)
    now = clock.now()
    lines, page = queries.reviewed(cursor, now)
    return Queue(queries.waiting(now), lines, page.older, page.newer)


def open_access(actor: Actor, access_id: uuid.UUID) -> EmergencyAccess:
    """Return an access that the actor may review."""
    return fetch(actor, Permission.EMERGENCY_REVIEW, Tag.EMERGENCY_READ, EmergencyAccess, access_id)


def describe(actor: Actor, access: EmergencyAccess) -> ReviewedAccess:
    """Return what an administrator sees of it."""
    check(actor, Permission.EMERGENCY_REVIEW, Tag.EMERGENCY_READ, access)
    return ReviewedAccess(queries.line(access.id, clock.now()), queries.review_of(access.id))


@guarded(Permission.EMERGENCY_REVIEW, Tag.EMERGENCY_REVIEW)
def review(actor: Actor, access: EmergencyAccess, /, finding: Finding) -> EmergencyAccess:
    """Say whether the access was justified: once, by someone else, when it is over."""
    if access.user_id == actor.user_id:
        log.record_refusal(
            Happening(
                Tag.EMERGENCY_REVIEW, actor, access.client_id, access.__tablename__, access.id
            )
        )
        raise NotAllowed(OWN)
    queries.hold_access(access.id)
    now = clock.now()
    if queries.review_of(access.id) is not None:
        raise Conflict(DONE)
    if Times(access.started_at, access.ends_at, access.ended_at).is_open(now):
        raise Conflict(OPEN)
    db.session.add(
        EmergencyReview(
            id=new_id(),
            access_id=access.id,
            data_key=PRACTICE_KEY,
            reviewer_id=actor.user_id,
            reviewed_at=now,
            justified=finding.justified,
            comment=finding.comment,
        )
    )
    return access
