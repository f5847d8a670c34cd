"""How long a long audit log takes to verify, beside hashing as many bytes and nothing else."""

from __future__ import annotations

import hashlib
import time
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from groupnotes.audit import chain, log
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import Tag
from groupnotes.audit.verify import verify
from groupnotes.cli.setup import prepare_database
from groupnotes.core import clock
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.bench import copies
from tests.support.databases import application

_GOAL_S = 15.0  # a million events, on two cores
_AT_ONCE = 1000


def measure(kind: str, folder: Path, events: int) -> dict[str, Any]:
    """Return the seconds that verifying takes, and the ratio to the hashing in it."""
    with copies.template(kind, folder, rounds=1, background=0) as made:
        app = application(made.copy())
        with app.app_context():
            prepare_database(app)
            _fill(events)
            # Else the plans are those for the log of one event that the copies were made with.
            db.session.execute(sa.text("ANALYZE"))
            db.session.commit()
            started = time.perf_counter()
            found = verify(db.session())
            taken = time.perf_counter() - started
            db.session.remove()
            db.engine.dispose()
    if found.broken is not None or found.size < events:
        raise ValueError(f"the log that was to be measured is not sound: {found.broken}")
    return {
        "events": found.size,
        "seconds": taken,
        "ratio": taken / _hashing(found.size),
        "goal_seconds": _GOAL_S * found.size / 1_000_000,
        "verdict": "PASS" if taken <= _GOAL_S * found.size / 1_000_000 else "FAIL",
    }


def in_words(measured: dict[str, Any]) -> str:
    """Return one line."""
    return (
        f"audit verify of {measured['events']:,} events: {measured['seconds']:.1f} s,"
        f" {measured['ratio']:.1f} times their SHA-256 alone;"
        f" goal {measured['goal_seconds']:.1f} s: {measured['verdict']}"
    )


def _fill(events: int) -> None:
    people = [Actor(new_id(), new_id(), frozenset()) for _ in range(8)]
    clients = [new_id() for _ in range(200)]
    for first in range(0, events, _AT_ONCE):
        log.append(
            [
                Happening(
                    Tag.NOTE_READ,
                    people[number % len(people)],
                    clients[number % len(clients)],
                    "individual_notes",
                    uuid.UUID(int=number),
                )
                for number in range(first, min(first + _AT_ONCE, events))
            ]
        )
        db.session.commit()


def _hashing(events: int) -> float:
    """Return the seconds of hashing as many events: their chain, and the leaves of their tree."""
    event = chain.Event(
        1, clock.now(), new_id(), new_id(), "note:read", "success", new_id(), "x", new_id(), None
    )
    written = chain.canonical(event) + bytes(32)
    started = time.perf_counter()
    for _ in range(events):
        hashlib.sha256(written).digest()
        hashlib.sha256(written).digest()
    return time.perf_counter() - started
