"""What signing asks of the database: prepared statements that return plain rows."""

from __future__ import annotations

from groupnotes.signing.queries.logged import is_complete, said_to_be_signed, without_signature
from groupnotes.signing.queries.place import lock_session, place_of
from groupnotes.signing.queries.review import (
    WAITING,
    count_waiting,
    reviewable,
    supervisees,
    waiting,
    without_supervisor,
)
from groupnotes.signing.queries.signed import (
    amendable,
    entries,
    every_signature,
    lock_entries,
    newest_group_note,
    reviews,
    signature,
    unsigned,
)
from groupnotes.signing.queries.to_sign import (
    facilitators,
    notes,
    signable_notes,
    signer,
)

__all__ = [
    "WAITING",
    "amendable",
    "count_waiting",
    "entries",
    "every_signature",
    "facilitators",
    "is_complete",
    "lock_entries",
    "lock_session",
    "newest_group_note",
    "notes",
    "place_of",
    "reviewable",
    "reviews",
    "said_to_be_signed",
    "signable_notes",
    "signature",
    "signer",
    "supervisees",
    "unsigned",
    "waiting",
    "without_signature",
    "without_supervisor",
]
