"""What is done with a session and its notes: open it, document it for everyone, write each note."""

from __future__ import annotations

from groupnotes.notes.services.checking import (
    decide_in_group_note,
    decide_in_note,
    findings_in_group_note,
    findings_in_note,
)
from groupnotes.notes.services.documenting import (
    AttendanceEntry,
    SessionSubmission,
    TypedEntry,
    document_session,
)
from groupnotes.notes.services.individual import (
    LOCKED,
    SET_ASIDE,
    OpenNote,
    Saved,
    open_note,
    refresh_note,
    require_writer,
    save_note,
)
from groupnotes.notes.services.sessions import (
    discard_session_draft,
    open_session,
    require_documenter,
    save_session_draft,
)

__all__ = [
    "LOCKED",
    "SET_ASIDE",
    "AttendanceEntry",
    "OpenNote",
    "Saved",
    "SessionSubmission",
    "TypedEntry",
    "decide_in_group_note",
    "decide_in_note",
    "discard_session_draft",
    "document_session",
    "findings_in_group_note",
    "findings_in_note",
    "open_note",
    "open_session",
    "refresh_note",
    "require_documenter",
    "require_writer",
    "save_note",
    "save_session_draft",
]
