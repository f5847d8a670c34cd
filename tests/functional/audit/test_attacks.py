"""What somebody who owns the database may try: each is found by an anchor kept elsewhere.

45 CFR 170.315(d)(10) asks that an alteration of the log be detected. Each of eight is done
as well as it can be without the key-encryption key: triggers off, checkpoints and head made
to fit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from groupnotes.audit import chain, log
from groupnotes.audit.log import Happening
from groupnotes.audit.models import AuditCheckpoint, AuditEvent, AuditHead, AuditKey
from groupnotes.audit.tags import Tag
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.support import faults

EVENTS = cast(sa.Table, AuditEvent.__table__)
HEAD = cast(sa.Table, AuditHead.__table__)
CHECKPOINTS = cast(sa.Table, AuditCheckpoint.__table__)
KEYS = cast(sa.Table, AuditKey.__table__)
TABLES = (KEYS, EVENTS, HEAD, CHECKPOINTS)

START = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)
Copy = dict[str, list[dict[str, Any]]]
Attack = Callable[[sa.Connection, Copy], None]


def write(app: Flask, hour: int, count: int = 5) -> None:
    with app.app_context(), clock.pinned(START + dt.timedelta(hours=hour)):
        log.append(
            [
                Happening(Tag.NOTE_READ, None, new_id(), "individual_notes", new_id(), "word")
                for _ in range(count)
            ]
        )
        db.session.commit()


@contextmanager
def owner(app: Flask) -> Iterator[sa.Connection]:
    """Give what the owner of the database has: a connection, and no trigger in the way."""
    faults.as_owner(app)
    with app.app_context(), db.engine.begin() as connection:
        yield connection


def copy(connection: sa.Connection) -> Copy:
    return {
        table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        for table in TABLES
    }


def restore(connection: sa.Connection, rows: Copy) -> None:
    for table in reversed(TABLES):
        connection.execute(sa.delete(table))
    for table in TABLES:
        if rows[table.name]:
            connection.execute(sa.insert(table), rows[table.name])


def rewrite(connection: sa.Connection, events: list[dict[str, Any]]) -> None:
    """Put ``events`` in place of all there are, with a chain, a head and checkpoints to fit."""
    rows = copy(connection)
    previous = chain.GENESIS
    for sequence, event in enumerate(events, 1):
        event["sequence"] = sequence
        facts = {name: event[name] for name in chain.Event._fields}
        event["hash"] = previous = chain.link(previous, chain.Event(**facts))
    [head] = rows["audit_head"]
    rows["audit_events"] = events
    rows["audit_checkpoints"] = []
    head |= {"sequence": len(events), "hash": previous, "checkpointed": None}
    restore(connection, rows)


def edit(connection: sa.Connection, _before: Copy) -> None:
    connection.execute(sa.text("UPDATE audit_events SET tag = 'note:edit' WHERE sequence = 7"))


def shift(connection: sa.Connection, _before: Copy) -> None:
    """Move characters from one field to its neighbour."""
    connection.execute(
        sa.text(
            "UPDATE audit_events SET tag = 'note:readsuc', object_type = 'individual_note',"
            " detail = 'sword' WHERE sequence = 7"
        )
    )


def delete(connection: sa.Connection, _before: Copy) -> None:
    connection.execute(sa.text("DELETE FROM audit_events WHERE sequence = 7"))


def swap(connection: sa.Connection, _before: Copy) -> None:
    for old, new in ((7, 99), (8, 7), (99, 8)):
        connection.execute(
            sa.text("UPDATE audit_events SET sequence = :new WHERE sequence = :old"),
            {"old": old, "new": new},
        )


def truncate(connection: sa.Connection, _before: Copy) -> None:
    """Cut the end off, and make the head and the checkpoints those of the rest."""
    rows = copy(connection)
    [head] = rows["audit_head"]
    rows["audit_events"] = rows["audit_events"][:7]
    rows["audit_checkpoints"] = [row for row in rows["audit_checkpoints"] if row["size"] <= 7]
    head |= {
        "sequence": 7,
        "hash": rows["audit_events"][-1]["hash"],
        "checkpointed": rows["audit_checkpoints"][-1]["size"],
    }
    restore(connection, rows)


def recompute(connection: sa.Connection, _before: Copy) -> None:
    events = copy(connection)["audit_events"]
    events[6]["detail"] = "forged"
    rewrite(connection, events)


def renumber(connection: sa.Connection, _before: Copy) -> None:
    events = copy(connection)["audit_events"]
    del events[6]
    rewrite(connection, events)


def yesterdays_backup(connection: sa.Connection, before: Copy) -> None:
    restore(connection, before)


# Each with the first event that is named: a log written anew says nothing of where.
ATTACKS: list[tuple[Attack, int]] = [
    (edit, 7),
    (shift, 7),
    (delete, 7),
    (swap, 7),
    (truncate, 8),
    (recompute, 1),
    (renumber, 1),
    (yesterdays_backup, 11),
]
each_attack = pytest.mark.parametrize(
    ("attack", "named"), ATTACKS, ids=lambda a: getattr(a, "__name__", "")
)


@pytest.fixture
def backup(app: Flask) -> Copy:
    """Yesterday's copy of a log of ten events, which has fifteen now."""
    write(app, 0)
    write(app, 1)
    with app.app_context(), db.engine.begin() as connection:
        rows = copy(connection)
    write(app, 2)
    return rows


@pytest.fixture
def anchor(app: Flask, backup: Copy, tmp_path: Path) -> Path:
    """The newest checkpoint, kept elsewhere; the log went on since."""
    path = tmp_path / "anchor.txt"
    done = run(app, "anchor", str(path))
    assert done.exit_code == 0, done.output
    with app.app_context(), clock.pinned(START + dt.timedelta(hours=2, minutes=1)):
        log.append([Happening(Tag.NOTE_READ, None)])
        db.session.commit()
    return path


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *arguments])


def verify(app: Flask, *options: str, state: Path) -> Result:
    return run(app, "verify", *options, "--state", str(state))


class TestWithAnAnchor:
    def test_a_log_that_nobody_touched_is_sound(
        self, app: Flask, anchor: Path, tmp_path: Path
    ) -> None:
        result = verify(app, "--anchor", str(anchor), state=tmp_path / "state")

        assert (result.exit_code, result.output) == (0, "The audit log is sound: 16 events.\n")

    @each_attack
    def test_each_attack_is_found(
        self, app: Flask, backup: Copy, anchor: Path, tmp_path: Path, attack: Attack, named: int
    ) -> None:
        with owner(app) as connection:
            attack(connection, backup)

        result = verify(app, "--anchor", str(anchor), state=tmp_path / "state")

        assert result.exit_code == 1, result.output
        assert f"altered at event {named}: " in result.output
        assert result.output.count("\n") == 1

    def test_a_log_that_grew_again_after_a_restore_is_found(
        self, app: Flask, backup: Copy, anchor: Path, tmp_path: Path
    ) -> None:
        with owner(app) as connection:
            restore(connection, backup)
        write(app, 3, 20)

        result = verify(app, "--anchor", str(anchor), state=tmp_path / "state")

        assert result.exit_code == 1
        assert "altered at event 11: events up to 15 are not those that the anchor" in result.output


class TestWithWhatWasVerifiedLast:
    @each_attack
    def test_each_attack_is_found_without_any_anchor(
        self, app: Flask, backup: Copy, tmp_path: Path, attack: Attack, named: int
    ) -> None:
        state = tmp_path / "state"
        assert verify(app, state=state).exit_code == 0
        kept = state.read_text()

        with owner(app) as connection:
            attack(connection, backup)

        result = verify(app, state=state)
        assert result.exit_code == 1, result.output
        assert state.read_text() == kept


class TestWithoutEither:
    @each_attack
    def test_the_seal_shows_all_but_the_oldest_trick(
        self, app: Flask, backup: Copy, tmp_path: Path, attack: Attack, named: int
    ) -> None:
        """Yesterday's copy was a sound log, with the seal that it had then."""
        with owner(app) as connection:
            attack(connection, backup)

        result = verify(app, state=tmp_path / "state")

        assert result.exit_code == (0 if attack is yesterdays_backup else 1), result.output
