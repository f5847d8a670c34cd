"""What is added to a locked note: each entry is signed on its own, and the original stays.

Like the signed note, an entry must be read when today's tables are gone, so its format and its
vocabulary are written out here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from groupnotes.signing.content import Client, ContentError, Signature

FORMAT = "groupnotes.entry/1"

_DIGEST = re.compile(r"[0-9a-f]{64}")


class EntryKind(StrEnum):
    """The three ways to change a locked note (Medicare Program Integrity Manual 3.3.2.5)."""

    LATE_ENTRY = "late_entry"
    ADDENDUM = "addendum"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        """What the entry is called."""
        return self.value.replace("_", " ").capitalize()

    @property
    def meaning(self) -> str:
        """When it is the right one."""
        return _MEANINGS[self]


_MEANINGS = {
    EntryKind.LATE_ENTRY: "it was left out at the time",
    EntryKind.ADDENDUM: "it became known later",
    EntryKind.CORRECTION: "something in the note is wrong",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReference:
    """The note that the entry belongs to: its date of service, and the digest of its bytes."""

    date: date
    sha256: str

    def __post_init__(self) -> None:
        if not _DIGEST.fullmatch(self.sha256):
            raise ContentError("sha256", "is no digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedEntry:
    """The whole of one entry. `version` counts the entries of its note."""

    format: str = FORMAT
    encounter: str
    version: int
    kind: EntryKind
    note: NoteReference
    client: Client
    time_zone: str
    reason: str
    text: str
    signature: Signature

    def __post_init__(self) -> None:
        if self.format != FORMAT:
            raise ContentError("format", f"this version reads only {FORMAT}")
