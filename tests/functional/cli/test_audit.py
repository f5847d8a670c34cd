"""The audit log's own proof, as a command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from groupnotes.audit import anchor, checkpoint_text, checkpoints, signed_note
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.audit.log import Happening, append
from groupnotes.audit.tags import Tag
from groupnotes.core import clock, triggers
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.support.databases import application

_COPY = (
    "INSERT INTO audit_events (sequence, at, tag, outcome, hash)"
    " SELECT 7, at, tag, outcome, hash FROM audit_events WHERE sequence = 6"
)


@pytest.fixture
def log(app: Flask) -> Flask:
    """The application with six events in its log, whose triggers an intruder has taken away."""
    actor = Actor(new_id(), new_id(), frozenset())
    with app.app_context():
        append([Happening(Tag.SIGN_IN, actor, object_id=new_id())] * 6)
        db.session.commit()
    with app.app_context(), db.engine.begin() as connection:
        for table in ("audit_events", "audit_head", "audit_checkpoints", "audit_keys"):
            triggers.remove(connection, table=table)
    return app


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command keeps what it found sound."""
    path = tmp_path / "kept" / "verified"
    monkeypatch.setenv("GROUPNOTES_AUDIT_STATE", str(path))
    return path


def verify(app: Flask, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", "verify", *options])


def alter(app: Flask, *statements: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def audit(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *arguments])


def grow(app: Flask, *, hours: int = 0) -> None:
    """Let one more event happen, some hours later."""
    with app.app_context(), clock.pinned(clock.now() + dt.timedelta(hours=hours)):
        append([Happening(Tag.SIGN_OUT, None)])
        db.session.commit()


def origin(app: Flask) -> str:
    with app.app_context():
        return checkpoints.public_keys(db.session())[0].name


def checkpoint_root(connection: sa.Connection) -> bytes:
    """Return the root that the first checkpoint says."""
    note = connection.scalar(sa.text("SELECT note FROM audit_checkpoints ORDER BY size"))
    return checkpoint_text.parse(signed_note.text_of(str(note))).root


class TestASoundLog:
    def test_it_is_said_in_one_line(self, log: Flask) -> None:
        result = verify(log)

        assert result.exit_code == 0
        assert result.output == "The audit log is sound: 6 events.\n"

    def test_verifying_again_says_the_same(self, log: Flask) -> None:
        assert verify(log).output == verify(log).output

    def test_what_was_found_is_kept(self, log: Flask, state: Path) -> None:
        verify(log)

        kept = checkpoint_text.parse(state.read_text())
        assert kept.size == 6
        assert kept.origin == origin(log)

    def test_it_may_have_grown_since(self, log: Flask, state: Path) -> None:
        verify(log)
        grow(log)

        assert verify(log).output == "The audit log is sound: 7 events.\n"
        assert checkpoint_text.parse(state.read_text()).size == 7

    def test_what_an_earlier_run_found_may_be_taken_as_it_is(self, log: Flask) -> None:
        grow(log, hours=2)

        result = verify(log, "--since", "6")

        assert (result.exit_code, result.output) == (0, "The audit log is sound: 7 events.\n")

    def test_a_log_without_events_is_sound(self, app: Flask) -> None:
        assert verify(app).output == "The audit log is sound: 0 events.\n"


class TestSince:
    def test_what_lies_before_is_not_looked_at(self, log: Flask) -> None:
        grow(log, hours=2)
        alter(log, "UPDATE audit_events SET tag = 'account:sign-out' WHERE sequence = 2")

        assert verify(log, "--since", "6").exit_code == 0
        assert verify(log).exit_code == 1

    def test_what_comes_after_is(self, log: Flask) -> None:
        grow(log, hours=2)
        alter(log, "UPDATE audit_events SET tag = 'account:sign-in' WHERE sequence = 7")

        assert "altered at event 7:" in verify(log, "--since", "6").output

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_what_cannot_be_read_there_is_named(self, log: Flask) -> None:
        grow(log, hours=2)
        alter(log, "UPDATE audit_events SET at = 'noon' WHERE sequence = 7")

        assert "altered at event 7: an event cannot be" in verify(log, "--since", "6").output

    @pytest.mark.parametrize(
        ("attack", "reason"),
        [
            ([], "there is no sound checkpoint 5"),
            (["UPDATE audit_checkpoints SET note = 'x'"], "there is no sound checkpoint 6"),
            (["DELETE FROM audit_events WHERE sequence = 6"], "event 6 is missing"),
        ],
    )
    def test_it_must_be_a_sound_checkpoint(
        self, log: Flask, attack: list[str], reason: str
    ) -> None:
        alter(log, *attack)

        result = verify(log, "--since", "6" if attack else "5")

        assert result.exit_code == 2
        assert reason in result.stderr

    def test_what_was_verified_last_must_not_lie_before(self, log: Flask) -> None:
        assert verify(log).exit_code == 0
        grow(log, hours=2)
        grow(log, hours=4)

        result = verify(log, "--since", "7")

        assert result.exit_code == 2
        assert "the last verification, lies before that checkpoint" in result.stderr


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

        assert result.exit_code == 1
        assert "is there already" in result.output
        assert file.read_text() == kept

    def test_a_place_that_cannot_be_written_is_said(self, log: Flask, tmp_path: Path) -> None:
        result = audit(log, "anchor", str(tmp_path / "nowhere" / "anchor.txt"))

        assert result.exit_code == 1
        assert "cannot be written: No such file" in result.output

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


class TestAnAlteredLog:
    @pytest.mark.parametrize(
        ("attack", "place"),
        [
            (["UPDATE audit_events SET tag = 'account:sign-out' WHERE sequence = 2"], 2),
            (["UPDATE audit_events SET detail = 'x' WHERE sequence = 6"], 6),
            (["DELETE FROM audit_events WHERE sequence = 3"], 3),
            (["DELETE FROM audit_events WHERE sequence = 6"], 6),
            (
                [
                    "UPDATE audit_events SET sequence = 99 WHERE sequence = 4",
                    "UPDATE audit_events SET sequence = 4 WHERE sequence = 5",
                    "UPDATE audit_events SET sequence = 5 WHERE sequence = 99",
                ],
                4,
            ),
            (
                [_COPY],
                7,
            ),
            (["DELETE FROM audit_head"], 0),
        ],
        ids=["edited", "last edited", "removed", "cut off", "swapped", "added", "no head"],
    )
    def test_the_first_bad_event_is_named(self, log: Flask, attack: list[str], place: int) -> None:
        alter(log, *attack)

        result = verify(log)

        assert result.exit_code == 1
        assert f"altered at event {place}:" in result.output
        assert result.output.count("\n") == 1

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        "forged",
        [
            "at = 'noon'",
            "actor_id = 'me'",
            "object_id = 'x'",
            "object_id = upper(object_id)",
            "object_id = 'abcd'",
            "detail = x'00'",
        ],
    )
    def test_a_value_that_no_event_can_hold_is_an_alteration(self, log: Flask, forged: str) -> None:
        alter(log, f"UPDATE audit_events SET {forged} WHERE sequence = 4")

        result = verify(log)

        assert result.exit_code == 1
        assert "altered at event 4: an event cannot be read" in result.output


class TestWhatWasVerifiedLast:
    def test_a_log_that_took_its_place_is_found(
        self, log: Flask, state: Path, tmp_path: Path
    ) -> None:
        state.parent.mkdir()
        with log.app_context(), db.engine.begin() as connection:
            root = checkpoint_root(connection)
        state.write_text(str(Checkpoint("groupnotes/audit/another", 6, root)))

        result = verify(log)

        assert result.exit_code == 1
        assert "altered at event 1: it is not the log that was verified before" in result.output

    def test_a_log_that_was_emptied_is_found(self, log: Flask) -> None:
        verify(log)
        alter(
            log,
            "DELETE FROM audit_events",
            "DELETE FROM audit_checkpoints",
            "DELETE FROM audit_keys",
            "UPDATE audit_head SET sequence = 0, checkpointed = NULL",
        )

        assert "altered at event 1: the end of the log is missing" in verify(log).output

    def test_what_cannot_be_read_is_no_licence(self, log: Flask, state: Path) -> None:
        state.parent.mkdir()
        state.write_text("nonsense")

        result = verify(log)

        assert result.exit_code == 2
        assert "find out why before you remove it" in result.stderr

    def test_what_cannot_be_kept_is_said(self, log: Flask, state: Path) -> None:
        state.with_name("verified.new").mkdir(parents=True)

        result = verify(log)

        assert result.exit_code == 2
        assert "what was verified cannot be kept" in result.stderr
        assert "sound" not in result.output.replace(result.stderr, "")


class TestALogThatCannotBeVerified:
    def test_it_is_no_sound_log(self) -> None:
        result = verify(application("sqlite:////nowhere/at/all.sqlite3"))

        assert result.exit_code == 2
        assert "cannot be verified" in result.stderr
        assert "/nowhere" not in result.output
