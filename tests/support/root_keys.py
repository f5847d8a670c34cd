"""A practice that got a second root key."""

from __future__ import annotations

import sqlalchemy as sa

from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.crypto import wrapping
from groupnotes.crypto.keyring import PRACTICE_KEY
from groupnotes.crypto.models import DataKey, KeyScope, PracticeKey
from tests.support.databases import KEY


def add_second_generation(root: bytes) -> None:
    """Let ``root`` be what the practice wraps and derives its keys with from now on."""
    db.session.add(
        PracticeKey(
            generation=2,
            wrapped=wrapping.wrap(KEY, root),
            check_value=wrapping.check_value(root),
            created_at=clock.now(),
        )
    )
    db.session.flush()


def add_root_of_the_first_version(connection: sa.Connection) -> None:
    """Make the first keys as they were made before data keys were sealed."""
    root, key = wrapping.new_key(), wrapping.new_key()
    added = {"wrapped": wrapping.wrap(KEY, root), "check_value": wrapping.check_value(root)}
    now = {"created_at": clock.now()}
    connection.execute(sa.insert(PracticeKey).values(generation=1, **added, **now))
    wrapped = {"wrapped": wrapping.wrap(root, key), "check_value": wrapping.check_value(key)}
    values = {"number": PRACTICE_KEY, "scope": KeyScope.PRACTICE, "generation": 1}
    connection.execute(sa.insert(DataKey).values(**values, **wrapped, **now))
