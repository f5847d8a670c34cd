"""What the hot paths ask about sessions and notes: prepared statements that return plain rows."""

from __future__ import annotations

from groupnotes.notes.queries.individual import (
    Ways,
    diagnoses_of_note,
    group_note_at,
    note,
    parts_of_notes,
    parts_of_session,
    progress_of_note,
    returns,
    session_of_note,
    ways_from,
)
from groupnotes.notes.queries.sessions import (
    attendance,
    chart,
    facilitators,
    in_error,
    interventions,
    people,
    roster,
    session,
    submitted,
)

__all__ = [
    "Ways",
    "attendance",
    "chart",
    "diagnoses_of_note",
    "facilitators",
    "group_note_at",
    "in_error",
    "interventions",
    "note",
    "parts_of_notes",
    "parts_of_session",
    "people",
    "progress_of_note",
    "returns",
    "roster",
    "session",
    "session_of_note",
    "submitted",
    "ways_from",
]
