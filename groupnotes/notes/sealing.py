"""Seal what was written into the values of the columns that keep it."""

from __future__ import annotations

import uuid
from typing import Any

from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.notes import encounters, places
from groupnotes.notes.listed import lines
from groupnotes.notes.opening import GroupNoteText
from groupnotes.notes.readiness import IndividualContent, ObjectiveProgress


def group_note(text: GroupNoteText, revision_id: uuid.UUID, data_key: int) -> dict[str, bytes]:
    """Return the sealed columns of a new revision."""
    keys = ring()
    values = {
        "topic": text.topic,
        "interventions": lines(text.interventions),
        "interventions_other": text.interventions_other,
        "dynamics": text.dynamics,
        "plan": text.plan,
    }
    return {
        name: keys.seal(data_key, place, revision_id, values[name])
        for name, place in places.GROUP_NOTE.items()
    }


def encounter(note_id: uuid.UUID, data_key: int) -> tuple[bytes, bytes]:
    """Return a new note's encounter number, sealed, and its blind index."""
    keys, number = ring(), encounters.new_number()
    return (
        keys.seal(data_key, places.ENCOUNTER, note_id, number),
        keys.blind_index("individual_notes.encounter", number),
    )


def individual_note(
    content: IndividualContent, note_id: uuid.UUID, data_key: int
) -> dict[str, bytes | None]:
    """Return the sealed columns of a draft; what is empty stays empty, but for risk."""
    keys = ring()
    values = {
        "engagement_level": content.engagement_level,
        "engagement_qualities": lines(content.engagement_qualities),
        "response": content.response,
        "group_response": content.group_response,
        "risk_level": content.risk_level,
        "risk_action": content.risk_action,
        "plan": content.plan,
    }
    return {
        name: keys.seal(data_key, place, note_id, values[name] or "")
        if values[name] or name in places.NOTE_ALWAYS_SEALED
        else None
        for name, place in places.NOTE.items()
    }


def progress(
    row: Any, written: ObjectiveProgress, data_key: int
) -> tuple[uuid.UUID, bytes | None, bytes | None]:
    """Return the id of one progress rating with its new values."""
    return (
        row.id,
        _optional(data_key, places.RATING, row.id, written.rating),
        _optional(data_key, places.EVIDENCE, row.id, written.evidence),
    )


def _optional(data_key: int, place: Place, row_id: uuid.UUID, text: str | None) -> bytes | None:
    return ring().seal(data_key, place, row_id, text) if text else None
