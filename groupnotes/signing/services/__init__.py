"""What one may do with signatures; each verb is guarded and leaves its audit event."""

from groupnotes.signing.services.adding import (
    EntryValues,
    add_entry,
    open_to_add,
    others_in_session,
)
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.services.reviewing import (
    CANCELLED,
    Choice,
    Review,
    note_to_sign,
    ready_to_sign,
    sign_notes,
)

__all__ = [
    "CANCELLED",
    "Choice",
    "EntryValues",
    "Review",
    "SignedNote",
    "add_entry",
    "note_to_sign",
    "open_signed",
    "open_to_add",
    "others_in_session",
    "ready_to_sign",
    "sign_notes",
]
