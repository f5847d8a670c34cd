"""What a writer is told about words that identify someone, and what they decide about them."""

from __future__ import annotations

import uuid
from typing import Any

from groupnotes.access.guard import require
from groupnotes.access.policy import Permission
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.crypto.keyring import ring
from groupnotes.identity import decisions, rosters
from groupnotes.identity.decisions import Choice, Subject
from groupnotes.notes import guarding, queries
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.readiness import IndividualContent
from groupnotes.notes.services import individual, sessions

Row = Any


def findings_in_group_note(
    actor: Actor, session_id: uuid.UUID, text: GroupNoteText
) -> guarding.Findings:
    """Return what identifies someone in a group note as it is typed, by field."""
    return _in_group_note(_session(actor, session_id), text)


def decide_in_group_note(
    actor: Actor, session_id: uuid.UUID, text: GroupNoteText, choice: Choice
) -> None:
    """Keep what the writer says of words in the group note; see ``identity.decisions``."""
    met = _session(actor, session_id)
    ring().load({met.data_key})
    texts, found = guarding.shared_texts(text), _in_group_note(met, text)
    subject = Subject(met.data_key, session_id=session_id)
    _decide(actor, subject, texts, found, choice)


def findings_in_note(
    actor: Actor, note_id: uuid.UUID, content: IndividualContent
) -> guarding.Findings:
    """Return what points at another client in a note as it is typed, by field."""
    return _in_note(_note(actor, note_id), content)


def decide_in_note(
    actor: Actor, note_id: uuid.UUID, content: IndividualContent, choice: Choice
) -> None:
    """Keep what the writer says of words in one client's note; see ``identity.decisions``."""
    row = _note(actor, note_id)
    individual.require_draft(actor, row)
    ring().load({row.data_key})
    texts, found = guarding.individual_texts(content), _in_note(row, content)
    subject = Subject(row.data_key, note_id=note_id, client_id=row.client_id)
    _decide(actor, subject, texts, found, choice)


def _session(actor: Actor, session_id: uuid.UUID) -> Row:
    require(actor, Permission.SESSION_DOCUMENT, Tag.SESSION_READ, object_id=session_id)
    met = queries.session(actor, Permission.SESSION_DOCUMENT, session_id)
    return sessions.found(actor, met, session_id)


def _in_group_note(met: Row, text: GroupNoteText) -> guarding.Findings:
    around = rosters.around(met.group_id, met.roster_version)
    return guarding.in_group_note(text, around, met.held_on, met.id)


def _note(actor: Actor, note_id: uuid.UUID) -> Row:
    return individual.found(actor, Permission.NOTE_WRITE, Tag.NOTE_EDIT, note_id)


def _in_note(row: Row, content: IndividualContent) -> guarding.Findings:
    around = rosters.around(row.group_id, row.roster_version)
    return guarding.in_note(content, around, row.client_id, row.id)


def _decide(
    actor: Actor,
    subject: Subject,
    texts: dict[str, str],
    found: guarding.Findings,
    choice: Choice,
) -> None:
    text = texts.get(choice.field, "")
    decisions.decide(actor, subject, text, found.get(choice.field, ()), choice)
