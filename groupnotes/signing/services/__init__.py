"""What one may do with signatures; each verb is guarded and leaves its audit event."""

from groupnotes.signing.services.reading import Checked, SignedNote, open_signed, verify
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
    "Checked",
    "Choice",
    "Review",
    "SignedNote",
    "note_to_sign",
    "open_signed",
    "ready_to_sign",
    "sign_notes",
    "verify",
]
