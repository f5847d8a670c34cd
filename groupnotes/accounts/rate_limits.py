"""How often a password may be tried, counted in the database for all workers together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from groupnotes.accounts.models import RateLimit
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.errors import TooManyTries

_KEPT_WINDOWS = 3


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` in each window of ``seconds``."""

    name: str
    tries: int
    seconds: int


SIGN_IN_PAIR = Limit("sign-in by name and address", 10, 300)
SIGN_IN_ADDRESS = Limit("sign-in by address", 50, 300)
SIGN_IN_ALL = Limit("sign-in", 1000, 300)
CONFIRM = Limit("confirm by person", 10, 300)


def count(limit: Limit, who: str) -> None:
    """Count one more try of ``who``; raise TooManyTries when it is one too many."""
    window = int(clock.now().timestamp()) // limit.seconds
    bucket = hashlib.sha256(f"{limit.name}\0{who}".encode()).digest()
    insert: Any = (postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert)(
        RateLimit
    )
    tries = db.session.scalar(
        insert.values(bucket=bucket, window=window, count=1)
        .on_conflict_do_update(
            index_elements=[RateLimit.bucket, RateLimit.window],
            set_={"count": RateLimit.count + 1},
        )
        .returning(RateLimit.count)
    )
    if tries == 1:
        db.session.execute(
            sa.delete(RateLimit).where(
                RateLimit.bucket == bucket, RateLimit.window < window - _KEPT_WINDOWS
            )
        )
    if tries > limit.tries:
        minutes = limit.seconds // 60
        raise TooManyTries(f"Too many tries. Wait {minutes} minutes, then try again.")
