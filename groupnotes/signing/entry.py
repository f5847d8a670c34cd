"""What is added to a locked note: each entry is signed on its own, and the original stays.

That a note was entered in error is said by an entry too; what the note said stays.

Like the signed note, an entry must be read when today's tables are gone, so its format and its
vocabulary are written out here.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from groupnotes.signing.content import Client, ContentError, Signature

FORMAT = "groupnotes.entry/2"
FIRST_FORMAT = "groupnotes.entry/1"  # which had no mark: two that said the same were the same bytes
FORMATS = frozenset({FORMAT, FIRST_FORMAT})

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MARK = re.compile(r"[0-9a-f]{32}")


class EntryKind(StrEnum):
    """The three ways to change a locked note (Medicare Program Integrity Manual 3.3.2.5).

    And the two ways to say of it what changes nothing in it.
    """

    LATE_ENTRY = "late_entry"
    ADDENDUM = "addendum"
    CORRECTION = "correction"
    NO_EFFECT = "no_effect"
    ENTERED_IN_ERROR = "entered_in_error"

    @property
    def label(self) -> str:
        """What the entry is called."""
        return self.value.replace("_", " ").capitalize()


# The ways to change a note, and when each is the right one.
CHANGES = {
    EntryKind.LATE_ENTRY: "it was left out at the time",
    EntryKind.ADDENDUM: "it became known later",
    EntryKind.CORRECTION: "something in the note is wrong",
}


class ErrorReason(StrEnum):
    """Why a note was entered in error, in words that say nothing clinical: the log has them."""

    CLIENT = "It is of another client"
    SESSION = "It is of another session"
    ABSENT = "The client was not there"
    TWICE = "It is there twice"
    OTHER = "Another reason"


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
    """The whole of one entry.

    `version` is its number among the entries of its note, which are counted as they are locked:
    one that a supervisor has still to sign has none, for it may be returned. The review gives it.
    `mark` tells it from another that says the same in the same second.
    """

    format: str = FORMAT
    encounter: str
    mark: str | None = None
    version: int | None = None
    kind: EntryKind
    note: NoteReference
    client: Client
    time_zone: str
    reason: str
    text: str
    revision: int | None = None  # of the group note, where what changed in it is the reason
    signature: Signature

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise ContentError("format", f"this version reads only {' and '.join(sorted(FORMATS))}")
        if (self.format == FIRST_FORMAT) is not (self.mark is None):
            raise ContentError("mark", "is missing, or in the first format")
        if self.mark is not None and not _MARK.fullmatch(self.mark):
            raise ContentError("mark", "is none")


def mark_of(entry_id: uuid.UUID) -> str:
    """Return what stands for an entry in its signed bytes.

    Not its id, which tells when it was made, and so beside which others.
    """
    return hashlib.sha256(b"groupnotes entry mark 1" + entry_id.bytes).hexdigest()[:32]


def leaves_none_out(number: object, numbers: Sequence[object]) -> bool:
    """Say whether an entry with this number is there once, and so is each one before it."""
    if not isinstance(number, int) or number < 1:
        return False
    return all(numbers.count(one) == 1 for one in range(1, number + 1))
