"""An altered audit log: the database refuses it, and where an owner's hand did it, it shows."""

from __future__ import annotations

from typing import Any, cast

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit import log
from groupnotes.audit.chain import Break
from groupnotes.audit.log import Happening
from groupnotes.audit.models import AuditEvent, AuditHead
from groupnotes.audit.tags import Tag
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.support import faults
from tests.support.events import first_break
from tests.support.rows import everything

EVENTS = cast(sa.Table, AuditEvent.__table__)
HEAD = cast(sa.Table, AuditHead.__table__)

# A value for each column that no event of these tests has.
_OTHER: dict[str, str] = {
    "sequence": "99",
    "at": "'2001-01-01 00:00:00'",
    "tag": "'note:sign'",
    "outcome": "'failed'",
    "object_type": "'practices'",
    "detail": "'forged'",
}


_INSERT = "INSERT INTO audit_head (id, sequence, hash, seal) SELECT {}, hash, seal FROM audit_head"


def other(app: Flask, column: sa.Column[Any]) -> str:
    """Return SQL for a value that ``column`` can hold and that was not written there."""
    postgresql = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql")
    if column.name == "hash":
        return "'\\x00'::bytea" if postgresql else "x'00'"
    return _OTHER.get(column.name, f"'{new_id() if postgresql else new_id().hex}'")


@pytest.fixture
def written(app: Flask) -> Flask:
    """The application with six events in its log."""
    actor = Actor(new_id(), new_id(), frozenset())
    with app.app_context():
        for _ in range(6):
            log.append(
                [Happening(Tag.NOTE_READ, actor, new_id(), "individual_notes", new_id(), "word")],
            )
        db.session.commit()
    return app


class TestWhatAnOwnerChanges:
    @pytest.mark.parametrize("column", EVENTS.columns, ids=lambda c: c.name)
    def test_an_edit_of_any_column_is_found(self, written: Flask, column: sa.Column[Any]) -> None:
        value = other(written, column)

        faults.as_owner(
            written, f"UPDATE audit_events SET {column.name} = {value} WHERE sequence = 3"
        )

        found = first_break(written)
        assert found is not None
        assert found.sequence == 3

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("writing", ["replace(at, ' ', 'T')", "at || '0'", "substr(at, 1, 19)"])
    def test_a_moment_in_another_writing_is_found(self, written: Flask, writing: str) -> None:
        """It would mean the same, and be found by no filter for a period."""
        faults.as_owner(written, f"UPDATE audit_events SET at = {writing} WHERE sequence = 3")

        found = first_break(written)
        assert found is not None
        assert found.sequence == 3

    @pytest.mark.parametrize("column", ["hash", "tag", "at", "detail"])
    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_text_that_is_none_is_found(self, written: Flask, column: str) -> None:
        """SQLite holds any bytes as text, and its driver tells of them as of a lost file."""
        value = "CAST(x'ff' AS TEXT)"

        faults.as_owner(written, f"UPDATE audit_events SET {column} = {value} WHERE sequence = 3")

        assert first_break(written) == Break(3, "an event cannot be read")

    @pytest.mark.parametrize("column", ["sequence", "hash"])
    def test_an_edit_of_the_head_is_found(self, written: Flask, column: str) -> None:
        value = other(written, HEAD.columns[column])

        faults.as_owner(written, f"UPDATE audit_head SET {column} = {value}")

        assert first_break(written) == Break(7, "the end of the log is not what was written")

    @pytest.mark.parametrize("left", range(6))
    def test_a_log_cut_off_is_found_by_its_head(self, written: Flask, left: int) -> None:
        faults.as_owner(written, f"DELETE FROM audit_events WHERE sequence > {left}")

        found = first_break(written)
        assert found is not None
        assert found.sequence == left + 1

    def test_a_removed_event_is_found_though_the_others_move_up(self, written: Flask) -> None:
        faults.as_owner(
            written,
            "DELETE FROM audit_events WHERE sequence = 2",
            *(
                f"UPDATE audit_events SET sequence = {n - 1} WHERE sequence = {n}"
                for n in range(3, 7)
            ),
            "UPDATE audit_head SET sequence = 5",
        )

        assert first_break(written) == Break(2, "an event is not what was written")

    def test_an_event_slipped_in_is_found(self, written: Flask) -> None:
        columns = ", ".join(c.name for c in EVENTS.columns if c.name != "sequence")
        faults.as_owner(
            written,
            *(
                f"UPDATE audit_events SET sequence = {n + 1} WHERE sequence = {n}"
                for n in range(6, 3, -1)
            ),
            f"INSERT INTO audit_events (sequence, {columns})"
            f" SELECT 4, {columns} FROM audit_events WHERE sequence = 3",
            "UPDATE audit_head SET sequence = 7",
        )

        assert first_break(written) == Break(4, "an event is not what was written")


class TestTheTriggers:
    @pytest.mark.parametrize("column", EVENTS.columns, ids=lambda c: c.name)
    def test_no_column_of_an_event_can_be_changed(
        self, written: Flask, column: sa.Column[Any]
    ) -> None:
        statement = f"UPDATE audit_events SET {column.name} = {other(written, column)}"

        assert refused(written, f"{statement} WHERE sequence = 3")

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM audit_events",
            "DELETE FROM audit_events WHERE sequence = 6",
            "DELETE FROM audit_head",
            "UPDATE audit_head SET sequence = sequence - 1",
            "UPDATE audit_head SET hash = hash",
            "UPDATE audit_head SET seal = seal",
            "UPDATE audit_head SET checkpointed = NULL",
            "UPDATE audit_head SET hash = seal, checkpointed = checkpointed + 1",
            _INSERT.format("2, 0"),
            _INSERT.format("1, 9"),
        ],
    )
    def test_nothing_is_removed_and_the_head_never_goes_back(
        self, written: Flask, statement: str
    ) -> None:
        assert refused(written, statement)

    @pytest.mark.parametrize("table", ["audit_events", "audit_head"])
    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    def test_a_table_is_not_emptied_at_once(self, written: Flask, table: str) -> None:
        assert refused(written, f"TRUNCATE {table}")

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_an_event_is_not_replaced(self, written: Flask) -> None:
        columns = ", ".join(c.name for c in EVENTS.columns if c.name != "sequence")

        assert refused(
            written,
            f"INSERT OR REPLACE INTO audit_events (sequence, {columns})"
            f" SELECT 3, {columns} FROM audit_events WHERE sequence = 4",
        )


def refused(app: Flask, statement: str) -> bool:
    """Try a statement; say whether the database refused it and holds what it held."""
    with app.app_context():
        with db.engine.begin() as connection:
            before = everything(connection)
        try:
            with db.engine.begin() as connection:
                connection.execute(sa.text(statement))
        except sa.exc.IntegrityError:
            with db.engine.begin() as connection:
                return everything(connection) == before
    return False
