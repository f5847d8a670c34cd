"""Killed while it writes: what was acknowledged is whole, and nothing is there by halves."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes import config
from groupnotes.audit.tags import Tag
from groupnotes.core import uow
from groupnotes.core.db import db
from tests.support.events import first_break
from tests.support.killed import ATTENDEES

ROUNDS = 50
PARTS = {
    "attendances": ATTENDEES,
    "individual_notes": ATTENDEES,
    "group_note_revisions": 1,
    "submissions": 1,
    "session_facilitators": 1,
}


@pytest.fixture
def heard(database_url: str) -> dict[str, set[uuid.UUID]]:
    """The sessions that the killed children said they had begun, and those they had done."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.killed", database_url, str(ROUNDS)],
        cwd=config.ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said: dict[str, set[uuid.UUID]] = {"begun": set(), "done": set()}
    for line in run.stdout.splitlines():
        word, session_id = line.split()
        said[word].add(uuid.UUID(session_id))
    return said


@pytest.fixture
def found(app: Flask, heard: dict[str, set[uuid.UUID]]) -> Iterator[sa.Connection]:
    """The database as it is after the last kill, at one moment."""
    uow.begin(write=False)
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
    uow.begin(write=True)


def count_by(connection: sa.Connection, column: str, rows: str) -> dict[uuid.UUID, int]:
    query = sa.text(f"SELECT {column} AS id, count(*) AS n FROM {rows} GROUP BY {column}")
    return {row.id: row.n for row in connection.execute(query.columns(id=sa.Uuid, n=sa.Integer))}


@pytest.mark.crash
class TestKilledWhileDocumenting:
    def test_all_of_a_session_is_there_or_nothing(
        self, app: Flask, heard: dict[str, set[uuid.UUID]], found: sa.Connection
    ) -> None:
        there = set(count_by(found, "id", "group_sessions"))

        assert heard["done"] <= there, "an acknowledged session is lost"
        assert there <= heard["begun"]
        for table, each in PARTS.items():
            assert count_by(found, "session_id", table) == dict.fromkeys(there, each), table
        notes = set(count_by(found, "id", "individual_notes"))
        for table in ("note_diagnoses", "progress_ratings"):
            assert count_by(found, "note_id", table) == dict.fromkeys(notes, 1), table
        assert created(found) == notes
        written = f"audit_events WHERE tag = '{Tag.ATTENDANCE_WRITE}'"
        assert count_by(found, "object_id", written) == dict.fromkeys(there, ATTENDEES)
        assert first_break(app) is None
        if found.dialect.name == "sqlite":
            assert found.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
            assert found.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        # Kills that hit nothing would prove nothing.
        assert len(heard["begun"] - there) > ROUNDS / 5
        assert len(heard["done"]) > ROUNDS / 5


def created(connection: sa.Connection) -> set[uuid.UUID]:
    """Return the notes whose making is in the audit log."""
    return set(count_by(connection, "object_id", f"audit_events WHERE tag = '{Tag.NOTE_CREATE}'"))
