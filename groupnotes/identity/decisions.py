"""Keep what a writer decides about words that a check found, and tell what was decided."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from groupnotes import deid
from groupnotes.accounts import queries as staff
from groupnotes.accounts.models import User
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.errors import Conflict, Invalid
from groupnotes.core.ids import new_id
from groupnotes.crypto.keyring import ring
from groupnotes.identity.models import DecisionKind, IdentityDecision

LEAST = 10  # characters of a reason: fewer say nothing
MOST = 500
_MOVED = "The text changed, so that these words are not where they were. Look at it again."
_WHY = f"Say in at least {LEAST} characters why these words must stay."
_TABLE = IdentityDecision.__tablename__
_TAGS = {DecisionKind.DISMISSED: Tag.IDENTIFIER_DISMISS, DecisionKind.KEPT: Tag.IDENTIFIER_KEEP}


@dataclass(frozen=True, slots=True)
class Subject:
    """The text that words stand in: a session's group note, or one client's note."""

    data_key: int
    session_id: uuid.UUID | None = None
    note_id: uuid.UUID | None = None
    client_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which words of field ``field`` a writer decided about, and why they must stay, if so."""

    field: str
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that stay although a check blocked them, for whoever signs beside."""

    words: str
    category: str
    reason: str
    by: str
    at: dt.datetime


def made(session_id: uuid.UUID | None, *note_ids: uuid.UUID) -> deid.Decisions:
    """Return what was decided about a group note, an individual note, or both."""
    rows = _rows(session_id, *note_ids)
    ring().load({row.data_key for row in rows})

    def words(kind: DecisionKind) -> frozenset[str]:
        return frozenset(deid.alike(row.words) for row in rows if row.kind is kind)

    return deid.Decisions(words(DecisionKind.DISMISSED), words(DecisionKind.KEPT))


def kept(session_id: uuid.UUID, *note_ids: uuid.UUID) -> list[Kept]:
    """Return the words that stay in notes, and in their group note, although they were blocked."""
    rows = [row for row in _rows(session_id, *note_ids) if row.kind is DecisionKind.KEPT]
    ring().load({row.data_key for row in rows})
    people = {row.decided_by for row in rows}
    named = {
        one.id: staff.label_of(one.id, one.name_sealed, one.credentials)
        for one in db.session.scalars(sa.select(User).where(User.id.in_(people)))
    }
    return [
        Kept(row.words, row.category, row.reason or "", named[row.decided_by], row.decided_at)
        for row in rows
    ]


def decide(
    actor: Actor,
    subject: Subject,
    text: str,
    findings: Sequence[deid.Finding],
    choice: Choice,
) -> None:
    """Keep the writer's word about one finding in ``text``; whoever calls this checked access.

    A finding to be reviewed is dismissed; one that blocks needs a reason (Invalid without one).
    The audit log gets category and rule, never the words. Raises Conflict when the words are
    not where the writer's page showed them.
    """
    span = (choice.start, choice.end)
    finding = next((one for one in findings if (one.start, one.end) == span), None)
    if finding is None:
        raise Conflict(_MOVED)
    kind = DecisionKind.DISMISSED
    if finding.level is deid.Level.BLOCK:
        kind = DecisionKind.KEPT
        if not LEAST <= len(choice.reason) <= MOST:
            raise Invalid({choice.field: _WHY})
    row = IdentityDecision(
        id=new_id(),
        data_key=subject.data_key,
        session_id=subject.session_id,
        note_id=subject.note_id,
        kind=kind,
        category=finding.category.value,
        rule=finding.rule,
        decided_by=actor.user_id,
        decided_at=clock.now(),
        words=text[finding.start : finding.end],
        reason=choice.reason if kind is DecisionKind.KEPT else None,
    )
    db.session.add(row)
    db.session.flush()
    what = f"{finding.category.value} {finding.rule}"
    log.record(Happening(_TAGS[kind], actor, subject.client_id, _TABLE, row.id, what))


def _rows(session_id: uuid.UUID | None, *note_ids: uuid.UUID) -> Sequence[IdentityDecision]:
    of = [IdentityDecision.session_id == session_id] if session_id else []
    of += [IdentityDecision.note_id.in_(note_ids)] if note_ids else []
    query = sa.select(IdentityDecision).where(sa.or_(*of)).order_by(IdentityDecision.id)
    return db.session.scalars(query).all()
