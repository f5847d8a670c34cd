"""That GroupNotes itself wrote what a certificate of destruction says.

The practice signs a certificate as a file when it is printed. Whoever writes to the database
could have it sign that a record was destroyed which is there, or other people and other days;
they cannot write the seal beside the row, which needs the practice's key.
"""

from __future__ import annotations

import datetime as dt

from groupnotes.core.db import db
from groupnotes.crypto.keyring import ring, with_lengths
from groupnotes.retention.models import Destruction, Purge

ALTERED = (
    "What this certificate says was changed outside GroupNotes, so it is neither shown nor signed. "
    "Keep the backups, and find out who had access to the database."
)
_PURPOSE = b"groupnotes destruction v1"


def seal(purge: Purge, done: Destruction) -> bytes:
    """Return the seal of a destruction, to be renewed when its key is cleared from the files."""
    return ring().vouch(db.session(), _PURPOSE, _certified(purge, done))


def is_sound(purge: Purge, done: Destruction) -> bool:
    """Say whether a destruction, and who proposed it when, are what we wrote."""
    return ring().vouches(db.session(), _PURPOSE, _certified(purge, done), done.seal)


def _certified(purge: Purge, done: Destruction) -> bytes:
    return with_lengths(
        done.id.bytes,
        done.client_id.bytes,
        purge.proposed_by_id.bytes,
        _moment(purge.proposed_at),
        done.proposed_by_id.bytes,
        done.confirmed_by_id.bytes,
        _moment(done.confirmed_at),
        str(done.retention_years),
        str(done.age_of_majority),
        str(done.years_after_majority),
        str(done.retained_until_year),
        str(done.key_number),
        done.key_check,
        str(done.backup_days),
        _moment(done.cleared_at),
    )


def _moment(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()
