"""A checkpoint to be kept outside the installation: in a mailbox, on paper, on another host.

It shows what nothing in the database can: a log that its owner replaced as a whole, or
yesterday's copy that was put in its place. The note in it is one of C2SP; what follows is
for people, who compare the fingerprint with one that they have.
"""

from __future__ import annotations

import datetime as dt

from groupnotes.audit import checkpoint_text, signed_note
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.audit.signed_note import PublicKey

_MARK = "\N{EM DASH} "  # a line of a signature begins so


def written(note: str, key: PublicKey, at: dt.datetime) -> str:
    """Return the anchor of the checkpoint ``note`` that ``key`` signed."""
    return (
        f"{note}\n"
        f"Signed at: {at:%Y-%m-%d %H:%M:%S} UTC\n"
        f"Public key: {key}\n"
        f"Fingerprint of the key: SHA-256 {key.fingerprint}\n"
    )


def read(text: str) -> tuple[str, Checkpoint]:
    """Return the note in an anchor, and what it says; raise if there is none.

    Mail may have changed the ends of lines and put words of its own after the note.
    """
    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    last = max((n for n, line in enumerate(lines, 1) if line.startswith(_MARK)), default=0)
    note = "".join(lines[:last])
    return note, checkpoint_text.parse(signed_note.text_of(note))
