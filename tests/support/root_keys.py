"""A practice that got a second root key."""

from __future__ import annotations

from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.crypto import wrapping
from groupnotes.crypto.models import PracticeKey
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
