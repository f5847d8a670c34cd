"""What the audit log keeps of a supervisor's return, so that an altered one is found.

No signature covers a return: it asks for no password. Its event holds a digest of the row as it
rests, with the comment as ciphertext, so that nobody learns a comment from the log by guessing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any, Final

from groupnotes.notes.models import NoteReturn
from groupnotes.signing.models import EntryReturn

# All of each but that it was settled, which changes, and leaves events of its own.
COVERED: Final[dict[type[NoteReturn | EntryReturn], tuple[str, ...]]] = {
    NoteReturn: (
        "id",
        "note_id",
        "signature_id",
        "client_id",
        "returned_by",
        "returned_at",
        "data_key",
        "comment_sealed",
    ),
    EntryReturn: (
        "id",
        "note_id",
        "entry_id",
        "client_id",
        "returned_by",
        "returned_to",
        "returned_at",
        "data_key",
        "comment_sealed",
    ),
}


def mark(kind: type[NoteReturn | EntryReturn], row: Any) -> str:
    """Return the SHA-256 of a return, in 64 hexadecimal digits, after the name of its scheme.

    ``row`` has the columns of ``COVERED`` as attributes.
    """
    values = {name: _text(getattr(row, name)) for name in COVERED[kind]}
    whole = json.dumps([kind.__tablename__, values], sort_keys=True)
    return f"sha256:{hashlib.sha256(whole.encode()).hexdigest()}"


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)
