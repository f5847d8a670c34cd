"""One unit of work per request: all of it is committed, or none of it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from groupnotes.core import db as database
from groupnotes.core.db import db

# A step gets the session and whether the unit of work succeeded.
Step = Callable[[Session, bool], None]

_LAST = "steps_before_commit"
_KEPT = "steps_that_are_kept"


def begin(*, write: bool) -> None:
    """Say what the coming unit of work wants of the database.

    A reader takes no lock that a writer would wait for. It becomes a writer for
    an instant at its end, to leave its audit rows.
    """
    database.wants_to_write(write=write)


def before_commit(step: Step) -> None:
    """Run ``step`` last, inside the transaction that is about to be committed."""
    db.session().info.setdefault(_LAST, {})[step] = None


def keep(step: Step) -> None:
    """Run ``step`` whatever becomes of this unit of work, in a transaction that lasts."""
    db.session().info.setdefault(_KEPT, {})[step] = None


def finish(*, ok: bool) -> None:
    """End the unit of work: commit it, or roll it back and write only what is kept."""
    session = db.session()
    last: dict[Step, None] = session.info.pop(_LAST, {})
    kept: dict[Step, None] = session.info.pop(_KEPT, {})
    steps = kept | last if ok else kept
    changed = ok and database.is_writing()
    if not changed:
        session.rollback()
    if steps or changed:
        database.wants_to_write(write=True)
        for step in steps:
            step(session, ok)
        session.commit()
    session.info.clear()


def abandon() -> None:
    """Give up the unit of work and everything it meant to write or to keep."""
    session = db.session()
    session.rollback()
    session.info.clear()


def settle() -> None:
    """Commit what was done so far, and let go of the database for slow work.

    For counters that must stand whatever comes next; the unit of work goes on
    in a transaction of its own.
    """
    session = db.session()
    if database.is_writing():
        session.commit()
    else:
        session.rollback()
