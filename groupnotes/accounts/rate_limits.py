"""How often a secret may be guessed at, counted in the database for all workers together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from groupnotes.accounts.models import RateLimit
from groupnotes.core import clock, uow
from groupnotes.core.db import db
from groupnotes.core.errors import TooManyTries
from groupnotes.core.prepared import Prepared
from groupnotes.crypto.keyring import ring

WINDOW = 300  # seconds
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
_GIVE_BACK = Prepared(
    sa.update(_TRIES)
    .where(_TRIES.c.bucket == sa.bindparam("of"), _TRIES.c.window == sa.bindparam("within"))
    .values(count=_TRIES.c.count - 1)
)
_FORGET = Prepared(sa.delete(_TRIES).where(_TRIES.c.window < sa.bindparam("oldest")))


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` in each window of time."""

    name: str
    tries: int


SIGN_IN_PAIR = Limit("sign-in by name and address", 10)
SIGN_IN_ADDRESS = Limit("sign-in by address", 50)
SIGN_IN_ALL = Limit("sign-in", 1000)
CONFIRM = Limit("confirm by person", 10)
EMERGENCY = Limit("emergency access by person", 10)
UNKNOWN_MRN = Limit("unknown record number by person", 10)


def count(limit: Limit, who: str) -> None:
    """Count one more try of ``who``; raise TooManyTries when it is one too many."""
    if _add(limit, who) > limit.tries:
        raise _too_many()


def give_back(limit: Limit, who: str) -> None:
    """Let the last try of ``who`` count for nothing: it was right, whatever comes of it."""
    bucket, window = _place(limit, who)

    def step(_session: Session, _ok: bool) -> None:  # noqa: FBT001 - the form of a Step
        _GIVE_BACK.run({"of": bucket, "within": window})

    uow.keep(step)


def require_left(limit: Limit, who: str) -> None:
    """Raise TooManyTries when ``who`` has no try left, where only those that fail count."""
    bucket, window = _place(limit, who)
    failed = sa.select(RateLimit.count).where(
        RateLimit.bucket == bucket, RateLimit.window == window
    )
    if (db.session.scalar(failed) or 0) >= limit.tries:
        raise _too_many()


def count_failure(limit: Limit, who: str) -> None:
    """Count a try of ``who`` that failed, when this unit of work has been rolled back."""

    def step(_session: Session, _ok: bool) -> None:  # noqa: FBT001 - the form of a Step
        _add(limit, who)

    uow.keep(step)


def _place(limit: Limit, who: str) -> tuple[bytes, int]:
    # Keyed: there are few enough addresses to try them all.
    bucket = ring().blind_index("rate_limits.bucket", f"{limit.name}\0{who}")
    return bucket, int(clock.now().timestamp()) // WINDOW


def _add(limit: Limit, who: str) -> int:
    """Count one more try; return the how-manieth of its window it is."""
    bucket, window = _place(limit, who)
    tries: int = _COUNT[db.engine.dialect.name].one({"bucket": bucket, "window": window}).tries
    if tries == 1 and limit is SIGN_IN_ALL:
        # The window's first sign-in clears away whoever was counted long ago, and never came back.
        _FORGET.run({"oldest": window - _KEPT_WINDOWS})
    return tries


def _too_many() -> TooManyTries:
    return TooManyTries(f"Too many tries. Wait {WINDOW // 60} minutes, then try again.")
