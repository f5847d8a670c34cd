"""How often a password may be tried, counted in the database for all workers together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from groupnotes.accounts.models import RateLimit
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.errors import TooManyTries
from groupnotes.core.prepared import Prepared

_KEPT_WINDOWS = 3
_TRIES = cast(sa.Table, RateLimit.__table__)
_COUNT = {
    name: Prepared(
        insert(_TRIES)
        .values(count=1)
        .on_conflict_do_update(
            index_elements=[_TRIES.c.bucket, _TRIES.c.window],
            set_={"count": _TRIES.c.count + 1},
        )
        .returning(_TRIES.c.count.label("tries")),
        "bucket",
        "window",
    )
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_FORGET = Prepared(
    sa.delete(_TRIES).where(
        _TRIES.c.bucket == sa.bindparam("bucket"), _TRIES.c.window < sa.bindparam("oldest")
    )
)


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
    values = {"bucket": bucket, "window": window}
    tries = _COUNT[db.engine.dialect.name].one(values).tries
    if tries == 1:
        _FORGET.run({"bucket": bucket, "oldest": window - _KEPT_WINDOWS})
    if tries > limit.tries:
        minutes = limit.seconds // 60
        raise TooManyTries(f"Too many tries. Wait {minutes} minutes, then try again.")
