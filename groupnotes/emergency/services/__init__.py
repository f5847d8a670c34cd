"""Reading outside one's relations: begin and end it, tell of it, review it."""

from __future__ import annotations

from groupnotes.emergency.services.beginning import (
    Beginning,
    Begun,
    begin,
    end,
    open_form,
    record_try,
)
from groupnotes.emergency.services.reviewing import (
    Finding,
    Queue,
    describe,
    list_accesses,
    open_access,
    review,
)
from groupnotes.emergency.services.telling import acknowledge, notices, open_notice, unreviewed

__all__ = [
    "Beginning",
    "Begun",
    "Finding",
    "Queue",
    "acknowledge",
    "begin",
    "describe",
    "end",
    "list_accesses",
    "notices",
    "open_access",
    "open_form",
    "open_notice",
    "record_try",
    "review",
    "unreviewed",
]
