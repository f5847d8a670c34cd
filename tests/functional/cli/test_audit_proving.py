"""A proof of one event, as it is handed out: for each event, and of an altered log for none."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from groupnotes.audit import checkpoints, inclusion, signed_note
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.audit.inclusion import Proved
from groupnotes.audit.references import reference
from groupnotes.core import clock
from groupnotes.core.db import db
from tests.support.audit_command import alter, audit, checkpoint_root, grow, origin
from tests.support.events import events


@pytest.fixture
def long_log(log: Flask) -> Flask:
    """Eleven events, with checkpoints over the first 6, 7, 9 and 11 of them."""
    for hours in (2, 2, 4, 4, 6):
        grow(log, hours=hours)
    return log


def prove(app: Flask, sequence: int, *options: str) -> Proved:
    """Let the command prove an event; return what the proof shows to whoever has the key."""
    result = audit(app, "prove", "--event", str(sequence), *options)
    assert result.exit_code == 0, result.output
    return inclusion.read(result.output).check(signed_note.read_keys(audit(app, "key").output))


class TestAProof:
    def test_every_event_has_one(self, long_log: Flask) -> None:
        sizes = [6] * 6 + [7, 9, 9, 11, 11]

        for event, size in zip(events(long_log), sizes, strict=True):
            proved = prove(long_log, event.sequence)

            assert proved.checkpoint.size == size
            said = proved.event._asdict()
            assert said == {name: getattr(event, name) for name in said}

    def test_one_is_found_by_the_id_that_the_files_of_the_log_give_it(self, log: Flask) -> None:
        with log.app_context():
            given = str(reference(db.session(), 4))

        by_id = audit(log, "prove", "--event", given)

        assert by_id.output == audit(log, "prove", "--event", "4").output
        none = audit(log, "prove", "--event", str(uuid.uuid4()))
        assert none.exit_code == 2
        assert "no event has this id" in none.output

    def test_it_is_written_to_a_file(self, log: Flask, tmp_path: Path) -> None:
        file = tmp_path / "event-4.tlog-proof"

        said = audit(log, "prove", "--event", "4", "--out", str(file))

        assert said.output == f"Wrote {file}. Verify it with groupnotes.audit.verify_proof.\n"
        assert file.read_text() == audit(log, "prove", "--event", "4").output

    def test_a_file_is_never_replaced(self, log: Flask, tmp_path: Path) -> None:
        file = tmp_path / "proof"
        file.write_text("mine")

        result = audit(log, "prove", "--event", "4", "--out", str(file))

        assert result.exit_code == 2
        assert file.read_text() == "mine"

    def test_one_of_a_new_event_comes_with_the_next_checkpoint(self, log: Flask) -> None:
        grow(log)

        early = audit(log, "prove", "--event", "7")
        grow(log, hours=1)

        assert early.exit_code == 2
        told = (
            "no checkpoint is over event 7 yet: one is made with event 1006, or the first from 20"
        )
        assert told in early.stderr
        assert prove(log, 7).checkpoint.size == 8

    def test_a_log_that_is_older_than_checkpoints_has_none_yet(self, log: Flask) -> None:
        alter(log, "DELETE FROM audit_checkpoints")

        result = audit(log, "prove", "--event", "4")

        assert result.exit_code == 2
        assert "one is made with the next event" in result.stderr

    @pytest.mark.parametrize("sequence", [7, 2**63 - 1])
    def test_of_no_event_there_is_none(self, log: Flask, sequence: int) -> None:
        result = audit(log, "prove", "--event", str(sequence))

        assert result.exit_code == 2
        assert f"cannot be proved: there is no event {sequence}" in result.stderr

    @pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "x"])
    def test_a_number_that_no_event_has_is_refused(self, log: Flask, number: str) -> None:
        assert audit(log, "prove", "--event", number).exit_code == 2

    def test_it_adds_nothing_to_the_log(self, log: Flask) -> None:
        prove(log, 4)

        assert len(events(log)) == 6


class TestOfAnAlteredLog:
    @pytest.mark.parametrize(
        ("sequence", "attack"),
        [
            (10, "UPDATE audit_events SET detail = 'forged' WHERE sequence = 10"),
            (10, "UPDATE audit_events SET hash = audit_head.hash FROM audit_head"),
            (10, "DELETE FROM audit_events WHERE sequence = 9"),
            (10, "DELETE FROM audit_events WHERE sequence = 11"),
            (9, "DELETE FROM audit_events WHERE sequence = 8"),
            (8, "DELETE FROM audit_events WHERE sequence = 7"),
            (1, "UPDATE audit_events SET tag = 'note:edit' WHERE sequence = 1"),
            (10, "UPDATE audit_checkpoints SET peaks = audit_head.hash FROM audit_head"),
            (10, "UPDATE audit_checkpoints SET note = 'x' WHERE size = 9"),
            (10, "UPDATE audit_checkpoints SET note = 'x' WHERE size = 11"),
            (10, "UPDATE audit_keys SET wrapped = public_key"),
        ],
    )
    def test_there_is_no_proof(
        self, long_log: Flask, tmp_path: Path, sequence: int, attack: str
    ) -> None:
        file = tmp_path / "proof"
        alter(long_log, attack)

        result = audit(long_log, "prove", "--event", str(sequence), "--out", str(file))

        assert result.exit_code == 1, result.output
        assert f"Event {sequence} is not proved: " in result.output
        assert result.output.endswith("Run audit verify.\n")
        assert not file.exists()

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("forged", ["at = 'noon'", "outcome = 'x'", "actor_id = 'me'"])
    def test_what_cannot_be_read_is_not_proved(self, log: Flask, forged: str) -> None:
        alter(log, "PRAGMA ignore_check_constraints = on", f"UPDATE audit_events SET {forged}")

        result = audit(log, "prove", "--event", "4")

        assert result.exit_code == 1
        assert "Event 4 is not proved: event 4 cannot be read. Run" in result.output

    def test_an_intruder_who_signs_with_a_key_of_their_own_proves_nothing(self, log: Flask) -> None:
        name = origin(log)
        with log.app_context(), db.engine.begin() as connection:
            said = Checkpoint(name, 6, checkpoint_root(connection))
            note = signed_note.sign(str(said), said.origin, bytes(range(32)))
            connection.execute(sa.text("UPDATE audit_checkpoints SET note = :n"), {"n": note})

        result = audit(log, "prove", "--event", "4")

        assert result.exit_code == 1
        assert "the checkpoint was not signed by this key" in result.output


class TestByAnAnchor:
    def test_it_ends_in_what_was_kept_elsewhere(self, log: Flask, tmp_path: Path) -> None:
        grow(log)
        grow(log, hours=2)
        grow(log, hours=4)
        file = tmp_path / "anchor"
        audit(log, "anchor", str(file))
        grow(log, hours=6)

        for sequence in range(1, 10):
            proved = prove(log, sequence, "--anchor", str(file))

            assert (proved.event.sequence, proved.checkpoint.size) == (sequence, 9)
            assert str(proved.checkpoint) in file.read_text()

    def test_what_came_later_is_not_in_it(self, log: Flask, tmp_path: Path) -> None:
        file = tmp_path / "anchor"
        audit(log, "anchor", str(file))
        grow(log, hours=2)

        result = audit(log, "prove", "--event", "7", "--anchor", str(file))

        assert result.exit_code == 2
        assert "the anchor is older than event 7" in result.stderr

    def test_a_file_that_is_none_proves_nothing(self, log: Flask, tmp_path: Path) -> None:
        file = tmp_path / "anchor"

        for text in (None, "Hello"):
            if text:
                file.write_text(text)
            result = audit(log, "prove", "--event", "4", "--anchor", str(file))
            assert result.exit_code == 2
            assert f"Event 4 cannot be proved: {file} " in result.stderr

    def test_a_log_that_was_replaced_is_found(self, log: Flask, tmp_path: Path) -> None:
        """Signed by the log's own key, over other events."""
        file = tmp_path / "anchor"
        with log.app_context():
            public, private = checkpoints.signing_key(db.session(), clock.now())
            db.session.remove()
        said = Checkpoint(public.name, 6, bytes(32))
        file.write_text(signed_note.sign(str(said), public.name, private))

        result = audit(log, "prove", "--event", "4", "--anchor", str(file))

        assert result.exit_code == 1
        assert "not the one that the log had at this place" in result.output


class TestTheKey:
    def test_each_is_printed_as_tools_take_it(self, log: Flask) -> None:
        with log.app_context():
            checkpoints.renew_key(db.session(), clock.now())
            db.session.commit()
            old, new = checkpoints.public_keys(db.session())

        result = audit(log, "key")

        assert result.output == (
            f"# fingerprint SHA-256 {new.fingerprint}\n{new}\n"
            f"# fingerprint SHA-256 {old.fingerprint}\n{old}\n"
        )

    def test_what_an_earlier_key_signed_is_still_proved(self, log: Flask) -> None:
        with log.app_context():
            checkpoints.renew_key(db.session(), clock.now())
            db.session.commit()
        grow(log, hours=2)

        assert prove(log, 4).key != prove(log, 7).key

    def test_without_a_database_there_is_none(self, log: Flask) -> None:
        alter(log, "DROP TABLE audit_keys")

        result = audit(log, "key")

        assert result.exit_code == 2
        assert "The key cannot be read: the database answered" in result.stderr
