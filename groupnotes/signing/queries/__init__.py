"""What signing asks of the database: prepared statements that return plain rows."""

from __future__ import annotations

from groupnotes.signing.queries.logged import as_logged, said_to_be_signed, without_signature
from groupnotes.signing.queries.place import lock_session, place_of, step_aside
from groupnotes.signing.queries.review import (
    WAITING,
    count_waiting,
    require_supervision_of,
    reviewable,
    supervisees,
    supervision_ending,
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
    "as_logged",
    "count_waiting",
    "entries",
    "every_signature",
    "facilitators",
    "lock_entries",
    "lock_session",
    "newest_group_note",
    "notes",
    "place_of",
    "require_supervision_of",
    "reviewable",
    "reviews",
    "said_to_be_signed",
    "signable_notes",
    "signature",
    "signer",
    "step_aside",
    "supervisees",
    "supervision_ending",
    "unsigned",
    "waiting",
    "without_signature",
    "without_supervisor",
]
