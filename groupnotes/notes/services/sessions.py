"""What a facilitator does with a session before it is documented: open it, keep what is typed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit import log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.errors import Conflict, NotFound
from groupnotes.identity import rosters
from groupnotes.notes import doubts, guarding, opening, queries, writes
from groupnotes.notes.workspace import Workspace, assemble

Row = Any

SUBMITTED = (
    "This form was submitted already, so nothing more is kept of it. "
    "Open the session again, compare, and save."
)


def open_session(actor: Actor, session_id: uuid.UUID) -> Workspace:
    """Show a session with its attendance, its group note and the notes the actor may read."""
    require(actor, Permission.SESSION_READ, Tag.SESSION_READ, object_id=session_id)
    met = found(actor, queries.session(actor, Permission.SESSION_READ, session_id), session_id)
    rows = queries.roster(actor, met)
    diagnoses, progress = _parts(met, rows)
    facilitators = queries.facilitators(met.id)
    opening.load_keys([met], rows)
    page = assemble(
        met,
        rows,
        opening.parts_apart(diagnoses, progress),
        facilitators,
        queries.interventions(),
        actor.user_id,
    )
    page = _rechecked(met, rows, page)
    if met.revision and page.without_note:
        page = replace(page, in_error=queries.in_error(actor, met.id))
    _tell_of_doubts(actor, page)
    log.record_shown(
        Happening(Tag.SESSION_READ, actor, None, "group_sessions", met.id),
        *(
            Happening(Tag.NOTE_READ, actor, row.client_id, "individual_notes", row.note_id)
            if row.note_id is not None and row.readable
            else Happening(Tag.SESSION_READ, actor, row.client_id, "group_sessions", met.id)
            for row in rows
        ),
    )
    return page


def _tell_of_doubts(actor: Actor, page: Workspace) -> None:
    for card in (*page.cards, *page.set_aside):
        if card.closed is not None:
            doubts.tell_of(actor, card.id, card.client_id, card.closed)
        elif card.doubt is not None:
            doubts.tell(actor, card.id, card.client_id, card.doubt)


def _rechecked(met: Row, rows: Sequence[Row], page: Workspace) -> Workspace:
    """Mark what the reader's drafts name since the roster changed after they were written."""
    current = {None, met.roster_version}
    stale = {row.note_id for row in rows if row.checked_version not in current}
    if not stale:
        return page
    around = rosters.around(met.group_id, met.roster_version)
    return replace(
        page,
        cards=tuple(
            card._replace(findings=guarding.in_note(card.content, around, card.client_id, card.id))
            if card.id in stale and card.is_draft_of_reader and card.content is not None
            else card
            for card in page.cards
        ),
    )


def _parts(met: Row, rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """Ask for diagnoses and objectives only where there are notes to read."""
    readable = {row.note_id for row in rows if row.note_id is not None and row.readable}
    if not readable:
        return [], []
    diagnoses, progress = queries.parts_of_session(met.id)
    # What is not read is not opened either: of a record that was destroyed it could not be.
    return (
        [row for row in diagnoses if row.note_id in readable],
        [row for row in progress if row.note_id in readable],
    )


def save_session_draft(
    actor: Actor, session_id: uuid.UUID, typed: str, key: uuid.UUID
) -> dt.datetime:
    """Keep what the actor has typed about a session, for nobody else to see; return when.

    Raises Conflict once the form with this ``key`` was submitted: an autosave that was
    long on its way would show as unsaved what is saved.
    """
    require(actor, Permission.SESSION_DOCUMENT, Tag.SESSION_DRAFT, object_id=session_id)
    met = found(
        actor,
        queries.session(actor, Permission.SESSION_DOCUMENT, session_id, lock=True),
        session_id,
    )
    if queries.submitted(key, actor.user_id) is not None:
        raise Conflict(SUBMITTED)
    opening.load_keys([met])
    now = clock.now()
    writes.session_draft(met, actor.user_id, typed, now)
    log.record(Happening(Tag.SESSION_DRAFT, actor, None, "group_sessions", session_id))
    return now


def discard_session_draft(actor: Actor, session_id: uuid.UUID) -> None:
    """Forget what the actor typed and did not submit."""
    require(actor, Permission.SESSION_DOCUMENT, Tag.SESSION_DRAFT, object_id=session_id)
    met = found(actor, queries.session(actor, Permission.SESSION_DOCUMENT, session_id), session_id)
    writes.drop_session_draft(met.draft_id)
    log.record(Happening(Tag.SESSION_DRAFT, actor, None, "group_sessions", session_id))


def require_documenter(actor: Actor, session_id: uuid.UUID) -> None:
    """Raise unless the actor may document the session: before a form is shown again as typed."""
    require(actor, Permission.SESSION_DOCUMENT, Tag.SESSION_READ, object_id=session_id)
    found(actor, queries.session(actor, Permission.SESSION_DOCUMENT, session_id), session_id)


def found(actor: Actor, met: Row | None, session_id: uuid.UUID) -> Row:
    """Return ``met``; raise NotFound, and record it, when the actor may not have the session."""
    if met is None:
        log.record_refusal(Happening(Tag.SESSION_READ, actor, None, "group_sessions", session_id))
        raise NotFound
    return met
