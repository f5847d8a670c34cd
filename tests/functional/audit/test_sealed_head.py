"""The end of the log is sealed: whoever cuts it off, or writes it anew, is found without an anchor.

As owner of the database, which gives everything but the key-encryption key.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit import chain, checkpoints
from groupnotes.audit.models import AuditHead
from groupnotes.core.db import db
from groupnotes.crypto import wrapping
from groupnotes.crypto.keyring import KeyRing, bind, ring
from groupnotes.crypto.models import PracticeKey
from tests.functional.audit.test_attacks import copy, owner, restore, run, verify, write
from tests.support.audit_command import grow
from tests.support.databases import KEY
from tests.support.root_keys import add_second_generation
from tests.support.statements import statements

CUT = "the end of the log is not what the practice's key sealed"
_OTHER: dict[str, Any] = {
    "sequence": 7,
    "hash": bytes(32),
    "checkpointed": 7,
    "checkpointed_at": dt.datetime(2026, 3, 3, 8, tzinfo=dt.UTC),
    "seal": bytes(36),
}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where nothing was verified before."""
    return tmp_path / "state"


@pytest.fixture
def written(app: Flask) -> Flask:
    """The application with ten events in its log, and one checkpoint: over the first five."""
    write(app, 0)
    write(app, 0)
    return app


def cut(app: Flask, left: int) -> None:
    """Leave the first events, in a log that ends with the last of them."""
    with owner(app) as connection:
        rows = copy(connection)
        events = rows["audit_events"] = rows["audit_events"][:left]
        rows["audit_checkpoints"] = [r for r in rows["audit_checkpoints"] if r["size"] <= left]
        rows["audit_head"][0] |= {
            "sequence": left,
            "hash": events[-1]["hash"] if events else chain.GENESIS,
        }
        if not rows["audit_checkpoints"]:
            rows["audit_head"][0] |= {"checkpointed": None, "checkpointed_at": None}
        restore(connection, rows)


@pytest.mark.parametrize("left", range(10))
def test_a_log_that_was_cut_off_is_found(written: Flask, state: Path, left: int) -> None:
    cut(written, left)

    result = verify(written, state=state)

    assert result.exit_code == 1
    assert f"altered at event {6 if left >= 5 else 1}: {CUT}" in result.output
    assert result.output.count("\n") == 1
    assert not state.exists()


def test_events_put_in_behind_are_found(written: Flask, state: Path) -> None:
    with owner(written) as connection:
        rows = copy(connection)
        last = rows["audit_events"][-1]
        more = last | {"sequence": 11}
        facts = {name: more[name] for name in chain.Event._fields}
        more["hash"] = chain.link(last["hash"], chain.Event(**facts))
        rows["audit_events"].append(more)
        rows["audit_head"][0] |= {"sequence": 11, "hash": more["hash"]}
        restore(connection, rows)

    assert CUT in verify(written, state=state).output


@pytest.mark.parametrize("column", _OTHER)
def test_each_column_of_the_head_is_sealed(written: Flask, state: Path, column: str) -> None:
    with owner(written) as connection:
        connection.execute(sa.update(AuditHead).values({column: _OTHER[column]}))

    assert verify(written, state=state).exit_code == 1


def test_a_checkpoint_that_the_head_forgot_is_found(written: Flask, state: Path) -> None:
    write(written, 2)
    with owner(written) as connection:
        connection.execute(sa.text("DELETE FROM audit_checkpoints WHERE size > 5"))
        connection.execute(sa.text("UPDATE audit_head SET checkpointed = 5"))

    assert f"altered at event 6: {CUT}" in verify(written, state=state).output


@pytest.mark.parametrize("seal", [b"", b"x", bytes(36), b"\0\0\0\1" + bytes(32)])
def test_a_head_without_its_seal_is_no_sound_one(written: Flask, state: Path, seal: bytes) -> None:
    with owner(written) as connection:
        connection.execute(sa.update(AuditHead).values(seal=seal))

    assert f"altered at event 6: {CUT}" in verify(written, state=state).output


def test_what_is_written_later_does_not_hide_it(
    written: Flask, state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The application goes on, and vouches for nothing: no seal, no checkpoint, no anchor."""
    cut(written, 7)

    for hours in (0, 2, 4):
        write(written, hours)

    result = verify(written, state=state)
    assert f"altered at event 6: {CUT}" in result.output
    assert caplog.messages == ["audit.damaged: the head of the log is not what was sealed"] * 3
    with written.app_context():
        newest = checkpoints.newest(db.session())
        assert newest is not None
        assert newest.size == 5
    anchor = run(written, "anchor")
    assert anchor.exit_code == 2
    assert "its end is not what the practice's key sealed" in anchor.stderr


def test_a_log_emptied_with_its_checkpoints_and_keys_is_found(written: Flask, state: Path) -> None:
    with owner(written) as connection:
        rows = copy(connection)
        head = rows["audit_head"][0]
        head |= {"sequence": 0, "hash": chain.GENESIS, "checkpointed": None}
        head |= {"checkpointed_at": None, "seal": b""}
        restore(connection, {table: [] for table in rows} | {"audit_head": [head]})
    write(written, 3)

    assert f"altered at event 1: {CUT}" in verify(written, state=state).output


def test_a_key_that_does_not_open_proves_nothing(written: Flask, state: Path) -> None:
    with owner(written) as connection:
        connection.execute(sa.update(PracticeKey).values(wrapped=bytes(40)))
        connection.execute(sa.text("DELETE FROM audit_checkpoints"))
        connection.execute(sa.text("UPDATE audit_head SET checkpointed = NULL"))
    with written.app_context():
        bind(db.engine, KeyRing(KEY))  # as in a process that opened no key yet

    result = verify(written, state=state)

    assert result.exit_code == 2
    assert "practice key 1 does not open" in result.stderr


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_head_that_cannot_be_read_is_an_alteration(written: Flask, state: Path) -> None:
    with owner(written) as connection:
        connection.execute(sa.text("UPDATE audit_head SET checkpointed_at = 'noon'"))

    assert "altered at event 0: the head of the log cannot be read" in (
        verify(written, state=state).output
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_seal_that_cannot_be_read_is_none(written: Flask, state: Path) -> None:
    with owner(written) as connection:
        connection.execute(sa.text("UPDATE audit_head SET seal = 'a seal'"))

    assert f"altered at event 6: {CUT}" in verify(written, state=state).output


def test_a_new_root_key_leaves_it_verified(written: Flask, state: Path) -> None:
    """What the old one sealed is verified with it; the next event is sealed by the new one."""
    root = wrapping.new_key()
    with written.app_context():
        add_second_generation(root)
        db.session.commit()
        ring().verify(db.session())  # as in a process that started after that
        db.session.remove()
    assert verify(written, state=state).exit_code == 0

    grow(written)

    assert verify(written, state=state).exit_code == 0
    with written.app_context():
        seal = db.session.scalars(sa.select(AuditHead.seal)).one()
    assert seal[:4] == b"\0\0\0\2"


def test_it_costs_no_statement(written: Flask) -> None:
    with statements(written) as sent:
        write(written, 0)

    words = [one.split()[0] for one in sent if not one.startswith("BEGIN")]
    assert words == ["SELECT", "INSERT", "UPDATE"]
