"""The audit log's own proof, as a command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from flask import Flask

from groupnotes.audit import checkpoint_text
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.core import clock
from groupnotes.core.db import db
from tests.support.audit_command import alter, checkpoint_root, grow, origin, verify
from tests.support.databases import application

_COPY = (
    "INSERT INTO audit_events (sequence, at, tag, outcome, hash)"
    " SELECT 7, at, tag, outcome, hash FROM audit_events WHERE sequence = 6"
)


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


class TestTheClock:
    def test_a_step_back_is_told_and_alters_nothing(self, log: Flask) -> None:
        grow(log, hours=3)
        grow(log)

        result = verify(log)

        assert result.exit_code == 0
        first, told, *more = result.output.splitlines()
        assert first == "The audit log is sound: 8 events."
        assert told.startswith("The clock had gone back by 2:59:")
        assert told.endswith("before event 8.")
        assert more == []
        grow(log)
        assert verify(log, "--since", "6").output.count("The clock had gone back") == 1

    def test_a_little_is_no_step(self, log: Flask) -> None:
        with clock.pinned(clock.now() + dt.timedelta(seconds=50)):
            grow(log)
        grow(log)

        assert verify(log).output == "The audit log is sound: 8 events.\n"


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
