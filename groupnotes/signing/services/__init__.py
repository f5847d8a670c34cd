"""What one may do with signatures; each verb is guarded and leaves its audit event."""

from groupnotes.signing.services.adding import (
    EntryValues,
    add_entry,
    open_to_add,
    others_in_session,
)
from groupnotes.signing.services.co_signing import (
    Queue,
    Waiting,
    co_sign,
    open_to_return,
    return_note,
    review_queue,
)
from groupnotes.signing.services.co_signing import others_in_session as others_in_review
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.services.reviewing import (
    CANCELLED,
    Choice,
    Review,
    Signed,
    note_to_sign,
    ready_to_sign,
    sign_notes,
)

__all__ = [
    "CANCELLED",
    "Choice",
    "EntryValues",
    "Queue",
    "Review",
    "Signed",
    "SignedNote",
    "Waiting",
    "add_entry",
    "co_sign",
    "note_to_sign",
    "open_signed",
    "open_to_add",
    "open_to_return",
    "others_in_review",
    "others_in_session",
    "ready_to_sign",
    "return_note",
    "review_queue",
    "sign_notes",
]
