"""Checkpoints that were altered, and those that were taken elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit import anchor, checkpoints, signed_note
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.core import clock
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.support.audit_command import alter, audit, checkpoint_root, grow, origin, verify


class TestCheckpoints:
    @pytest.mark.parametrize(
        ("attack", "place", "reason"),
        [
            ("UPDATE audit_checkpoints SET note = 'x' WHERE size = 7", 7, "is not what was signed"),
            (
                (
                    "UPDATE audit_checkpoints SET note = replace(note, '\n7\n', '\n8\n')"
                    " WHERE size = 7"
                ),
                7,
                "checkpoint 7 is not what was signed",
            ),
            (
                (
                    "UPDATE audit_checkpoints SET peaks = audit_head.hash FROM audit_head"
                    " WHERE size = 6"
                ),
                1,
                "checkpoint 6 is not what was signed",
            ),
            ("DELETE FROM audit_checkpoints WHERE size = 7", 7, "a checkpoint is missing"),
            ("DELETE FROM audit_checkpoints", 1, "a checkpoint is missing"),
            ("UPDATE audit_keys SET public_key = wrapped", 1, "checkpoint 6 is not what was"),
            ("UPDATE audit_keys SET wrapped = public_key", 1, "checkpoint 6 is not what was"),
            ("UPDATE audit_keys SET origin = 'mine'", 1, "checkpoint 6 is not what was signed"),
            ("DELETE FROM audit_keys", 1, "checkpoint 6 is not what was signed"),
        ],
    )
    def test_one_that_was_altered_is_found(
        self, log: Flask, attack: str, place: int, reason: str
    ) -> None:
        grow(log, hours=2)
        alter(log, attack)

        result = verify(log)

        assert result.exit_code == 1
        assert f"altered at event {place}: " in result.output
        assert reason in result.output

    def test_the_first_alteration_is_named_be_it_of_an_event(self, log: Flask) -> None:
        grow(log, hours=2)
        alter(
            log,
            "UPDATE audit_events SET tag = 'account:sign-out' WHERE sequence = 2",
            "DELETE FROM audit_checkpoints WHERE size = 7",
        )

        assert "altered at event 2:" in verify(log).output

    def test_one_of_another_log_is_found(self, log: Flask) -> None:
        """Signed by a key of ours, but under another name."""
        grow(log, hours=2)
        with log.app_context():
            public, private = checkpoints.signing_key(db.session(), clock.now())
            row = checkpoints.newest(db.session())
            assert row is not None
            other = str(Checkpoint("another", row.size, checkpoints.tree_of(row).root()))
            note = signed_note.sign(other, public.name, private)
            db.session.remove()
        with log.app_context(), db.engine.begin() as connection:
            connection.execute(
                sa.text("UPDATE audit_checkpoints SET note = :note WHERE size = 7"), {"note": note}
            )

        assert "altered at event 7: checkpoint 7 is not" in verify(log).output

    def test_a_key_of_an_intruder_signs_nothing(self, log: Flask) -> None:
        """They can put a key into the table, but not wrap it by the practice's."""
        private = bytes(range(32))
        key = signed_note.public_key(origin(log), private)
        with log.app_context(), db.engine.begin() as connection:
            root = checkpoint_root(connection)
            note = signed_note.sign(str(Checkpoint(key.name, 6, root)), key.name, private)
            connection.execute(
                sa.text(
                    "INSERT INTO audit_keys (id, origin, public_key, generation, wrapped,"
                    " check_value, created_at) SELECT :id, origin, :key, generation, wrapped,"
                    " check_value, created_at FROM audit_keys"
                ),
                {"id": new_id().hex, "key": key.key},
            )
            connection.execute(sa.text("UPDATE audit_checkpoints SET note = :n"), {"n": note})

        assert "checkpoint 6 is not what was signed" in verify(log).output


class TestAnAnchor:
    def test_it_holds_what_others_can_verify(self, log: Flask, tmp_path: Path) -> None:
        file = tmp_path / "anchor.txt"

        said = audit(log, "anchor", str(file))
        printed = audit(log, "anchor")

        assert said.output == f"Wrote {file}. Keep it outside this installation.\n"
        assert printed.output == file.read_text()
        note, checkpoint = anchor.read(printed.output)
        with log.app_context():
            [key] = checkpoints.public_keys(db.session())
        assert signed_note.signer_of(note, [key]) == key
        assert (checkpoint.origin, checkpoint.size) == (key.name, 6)
        assert key.fingerprint in printed.output

    def test_it_is_never_replaced(self, log: Flask, tmp_path: Path) -> None:
        file = tmp_path / "anchor.txt"
        audit(log, "anchor", str(file))
        kept = file.read_text()
        grow(log, hours=2)

        result = audit(log, "anchor", str(file))

        assert result.exit_code == 2
        assert "is there already" in result.stderr
        assert file.read_text() == kept

    def test_a_place_that_cannot_be_written_is_said(self, log: Flask, tmp_path: Path) -> None:
        result = audit(log, "anchor", str(tmp_path / "nowhere" / "anchor.txt"))

        assert result.exit_code == 2
        assert "cannot be written: No such file" in result.stderr

    def test_a_log_without_events_has_none(self, app: Flask) -> None:
        result = audit(app, "anchor")

        assert result.exit_code == 2
        assert "it has no checkpoint yet" in result.stderr

    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE audit_checkpoints SET note = replace(note, '\n6\n', '\n7\n')",
            "UPDATE audit_keys SET wrapped = public_key",
        ],
    )
    def test_of_an_altered_checkpoint_there_is_none(self, log: Flask, attack: str) -> None:
        alter(log, attack)

        result = audit(log, "anchor")

        assert result.exit_code == 2
        assert "was not signed by its key" in result.stderr

    def test_several_are_held_against_the_log(self, log: Flask, tmp_path: Path) -> None:
        first, second = tmp_path / "1", tmp_path / "2"
        audit(log, "anchor", str(first))
        grow(log, hours=2)
        audit(log, "anchor", str(second))

        assert verify(log, "--anchor", str(first), "--anchor", str(second)).exit_code == 0

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            (None, "cannot be read"),
            (b"\xff", "cannot be read"),
            (b"Hello", "is not an anchor"),
        ],
    )
    def test_a_file_that_is_none_proves_nothing(
        self, log: Flask, tmp_path: Path, text: bytes | None, reason: str
    ) -> None:
        file = tmp_path / "anchor.txt"
        if text is not None:
            file.write_bytes(text)

        result = verify(log, "--anchor", str(file))

        assert result.exit_code == 2
        assert f"{file} {reason}" in result.stderr

    def test_one_that_was_altered_itself_proves_nothing(self, log: Flask, tmp_path: Path) -> None:
        file = tmp_path / "anchor.txt"
        file.write_text(audit(log, "anchor").output.replace("\n6\n", "\n5\n", 1))

        result = verify(log, "--anchor", str(file))

        assert result.exit_code == 2
        assert "the anchor itself was altered" in result.stderr

    def test_one_by_an_unknown_key_proves_nothing_unless_it_is_contradicted(
        self, log: Flask, tmp_path: Path
    ) -> None:
        with log.app_context(), db.engine.begin() as connection:
            root = checkpoint_root(connection)
        for name, said in (("same", root), ("other", bytes(32))):
            note = signed_note.sign(str(Checkpoint("x", 6, said)), "x", bytes(range(32)))
            (tmp_path / name).write_text(note)

        same = verify(log, "--anchor", str(tmp_path / "same"))
        other = verify(log, "--anchor", str(tmp_path / "other"))

        assert (same.exit_code, other.exit_code) == (2, 1)
        assert "signed by a key that this log does not have" in same.stderr


class TestAnAnchorOfADatabaseAsItIs:
    """Its triggers are there, and a checkpoint may be signed over a log that stands still."""

    def test_it_is_of_every_event(self, app: Flask) -> None:
        grow(app)
        grow(app)

        _, checkpoint = anchor.read(audit(app, "anchor").output)

        assert checkpoint.size == 2
        assert verify(app).output == "The audit log is sound: 2 events.\n"
