"""What a supervisor gave back of what was added to a note, and what for."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from groupnotes.core.actor import Actor
from groupnotes.crypto.blob import Place
from groupnotes.crypto.keyring import ring
from groupnotes.notes import places
from groupnotes.notes.opening import Returned
from groupnotes.signing.entry import EntryKind

_COMMENT = Place("entry_returns", "comment")


@dataclass(frozen=True, slots=True)
class ReturnedEntry:
    """One entry that is no part of its note any more."""

    id: uuid.UUID
    kind: EntryKind
    signed_at: dt.datetime
    returned: Returned
    is_mine: bool  # of its reader, who signed it
    is_to_do: bool  # of its reader, who signed it: to write it again, or to leave it out


def returned_entry(actor: Actor, row: Any) -> ReturnedEntry:
    """Open what was said of an entry when it was returned; ``row`` is one of `signing.queries`."""
    is_mine = row.returned_to == actor.user_id
    return ReturnedEntry(
        id=row.id,
        kind=row.kind,
        signed_at=row.signed_at,
        returned=return_of(row),
        is_mine=is_mine,
        is_to_do=row.settled_at is None and is_mine,
    )


def return_of(row: Any) -> Returned:
    """Open who returned an entry, when, and what for; ``row`` is one of `signing.queries`."""
    keys = ring()
    keys.load({row.data_key})
    return Returned(
        by=keys.open(places.STAFF_NAME, row.user_id, row.name),
        credentials=row.credentials,
        at=row.returned_at,
        comment=keys.open(_COMMENT, row.return_id, row.comment),
    )
