"""What one may do with signatures; each verb is guarded and leaves its audit event."""

from groupnotes.signing.services.adding import (
    EntryValues,
    add_entry,
    open_again,
    open_to_add,
    others_in_session,
)
from groupnotes.signing.services.altered import AlteredNote, open_altered
from groupnotes.signing.services.co_signing import Queue, co_sign, review_queue
from groupnotes.signing.services.history import History, open_history
from groupnotes.signing.services.reading import SignedNote, open_signed
from groupnotes.signing.services.record_names import (
    RecordNames,
    is_held_back,
    keep_in_record,
    names_another,
    open_record_names,
)
from groupnotes.signing.services.returning import (
    ToReturn,
    open_to_return,
    return_entry,
    return_note,
)
from groupnotes.signing.services.returning import others_in_session as others_in_review
from groupnotes.signing.services.reviewing import (
    CANCELLED,
    Choice,
    Review,
    Signed,
    note_to_sign,
    ready_to_sign,
    sign_notes,
)
from groupnotes.signing.services.rewriting import leave_out
from groupnotes.signing.services.waiting import Waiting

__all__ = [
    "CANCELLED",
    "AlteredNote",
    "Choice",
    "EntryValues",
    "History",
    "Queue",
    "RecordNames",
    "Review",
    "Signed",
    "SignedNote",
    "ToReturn",
    "Waiting",
    "add_entry",
    "co_sign",
    "is_held_back",
    "keep_in_record",
    "leave_out",
    "names_another",
    "note_to_sign",
    "open_again",
    "open_altered",
    "open_history",
    "open_record_names",
    "open_signed",
    "open_to_add",
    "open_to_return",
    "others_in_review",
    "others_in_session",
    "ready_to_sign",
    "return_entry",
    "return_note",
    "review_queue",
    "sign_notes",
]
