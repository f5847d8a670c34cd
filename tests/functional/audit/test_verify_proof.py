"""A proof in the hands of somebody who has no database: sound, not sound, or not to be verified."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from groupnotes import config
from groupnotes.audit import log, signed_note, verify_proof
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.audit.log import Happening
from groupnotes.audit.tags import UNDER_EMERGENCY, Tag
from groupnotes.core.actor import Actor
from groupnotes.core.db import db
from groupnotes.core.ids import new_id
from tests.support.audit_command import audit, grow, origin
from tests.support.events import events

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def written(app: Flask) -> Flask:
    """A log of four events, of which the second says as much as an event can."""
    full = Happening(
        Tag.NOTE_READ,
        Actor(new_id(), new_id(), frozenset()),
        new_id(),
        "individual_notes",
        new_id(),
        UNDER_EMERGENCY,
    )
    with app.app_context():
        log.append([Happening(Tag.SIGN_OUT, None), full, *[Happening(Tag.SIGN_IN, None)] * 2])
        db.session.commit()
    return app


@pytest.fixture
def folder(written: Flask, tmp_path: Path) -> Path:
    """What the practice handed out: the key, the proof of event 2, and an anchor before."""
    (tmp_path / "key").write_text(audit(written, "key").output)
    audit(written, "prove", "--event", "2", "--out", str(tmp_path / "proof"))
    audit(written, "anchor", str(tmp_path / "anchor"))
    return tmp_path


def verify(folder: Path, *options: str, proof: str = "proof", key: str = "key") -> int:
    return verify_proof.main([str(folder / proof), "--key", str(folder / key), *options])


class TestASoundProof:
    def test_the_event_is_printed_in_words(
        self, written: Flask, folder: Path, capsys: Capture
    ) -> None:
        event = events(written)[1]

        assert verify(folder) == 0

        [first, *facts, signed, _key, last] = capsys.readouterr().out.splitlines()
        assert first == f"Proved: event 2 of the log {origin(written)}"
        assert facts == [
            f"  When: {event.at:%Y-%m-%d %H:%M:%S.%f} UTC, by the practice's clock",
            "  What: Note opened (note:read): success",
            f"  Who: {event.actor_id}",
            f"  Sign-in: {event.sign_in_id}",
            f"  Client: {event.client_id}",
            f"  Record: individual_notes {event.object_id}",
            "  Detail: emergency",
        ]
        assert signed == "It is one of the first 4 events, for which the log's key signed."
        assert last == "Whose the ids are, the practice knows: the log holds no names."

    def test_what_an_event_does_not_say_is_left_out(
        self, written: Flask, folder: Path, capsys: Capture
    ) -> None:
        audit(written, "prove", "--event", "1", "--out", str(folder / "first"))

        assert verify(folder, proof="first") == 0

        said = capsys.readouterr().out
        assert "  Who: nobody signed in\n" in said
        assert "None" not in said
        assert said.count("\n  ") == 3

    def test_the_only_event_is_the_first(self, app: Flask, tmp_path: Path, capsys: Capture) -> None:
        grow(app)
        (tmp_path / "key").write_text(audit(app, "key").output)
        audit(app, "prove", "--event", "1", "--out", str(tmp_path / "proof"))

        assert verify(tmp_path) == 0
        assert "It is the first event, for which" in capsys.readouterr().out

    def test_it_is_verified_without_the_practice(self, folder: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "groupnotes.audit.verify_proof", "proof", "--key", "key"]
        bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(config.ROOT)}

        done = subprocess.run(command, cwd=folder, env=bare, capture_output=True, check=False)

        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(b"Proved: event 2 of the log")

    def test_an_anchor_names_the_key_too(self, folder: Path) -> None:
        assert verify(folder, key="anchor") == 0


class TestAProofThatIsNotSound:
    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("index 1\n", "index 2\n", "the event is not the one that the log had at this place"),
            ("\n4\n", "\n5\n", "the checkpoint is not what was signed"),
        ],
    )
    def test_an_altered_one_is_found(
        self, folder: Path, capsys: Capture, old: str, new: str, reason: str
    ) -> None:
        text = (folder / "proof").read_text()
        assert old in text
        (folder / "proof").write_text(text.replace(old, new))

        assert verify(folder) == 1
        assert capsys.readouterr().out == f"NOT PROVED: {reason}.\n"

    def test_another_logs_key_proves_nothing(
        self, written: Flask, folder: Path, capsys: Capture
    ) -> None:
        foreign = signed_note.public_key(origin(written), bytes(range(32)))
        (folder / "key").write_text(str(foreign))

        assert verify(folder) == 1
        assert "NOT PROVED: the checkpoint was not signed by this key" in capsys.readouterr().out


class TestWhatCannotBeVerified:
    @pytest.mark.parametrize("name", ["proof", "key"])
    @pytest.mark.parametrize("held", [None, b"", b"Hello", b"\xff"])
    def test_it_is_said(self, folder: Path, capsys: Capture, name: str, held: bytes | None) -> None:
        (folder / name).unlink() if held is None else (folder / name).write_bytes(held)

        assert verify(folder) == 2
        assert capsys.readouterr().err.startswith("Not verified: ")

    def test_a_key_that_was_altered_is_said(self, folder: Path, capsys: Capture) -> None:
        key = (folder / "key").read_text()
        (folder / "key").write_text(key.replace("groupnotes/audit/", "groupnotes/audit/x"))

        assert verify(folder) == 2
        assert "was altered, or is no Ed25519 key" in capsys.readouterr().err

    def test_ends_of_lines_are_part_of_a_proof(self, folder: Path) -> None:
        proof = (folder / "proof").read_bytes()
        (folder / "proof").write_bytes(proof.replace(b"\n", b"\r\n"))

        assert verify(folder) == 2


class TestHeldAgainstAnAnchor:
    def test_the_same_checkpoint_is_said_to_be(self, folder: Path, capsys: Capture) -> None:
        assert verify(folder, "--anchor", str(folder / "anchor")) == 0
        assert "The checkpoint is the one that was kept elsewhere." in capsys.readouterr().out

    def test_a_later_one_asks_for_a_proof_by_it(
        self, written: Flask, folder: Path, capsys: Capture
    ) -> None:
        grow(written, hours=2)
        later = str(folder / "later")
        audit(written, "anchor", later)

        assert verify(folder, "--anchor", later) == 2
        assert "ask for a proof by this anchor" in capsys.readouterr().err
        audit(written, "prove", "--event", "2", "--anchor", later, "--out", str(folder / "by"))
        assert verify(folder, "--anchor", later, proof="by") == 0

    @pytest.mark.parametrize("name", [None, "another"])
    def test_another_log_is_found(
        self, written: Flask, folder: Path, capsys: Capture, name: str | None
    ) -> None:
        """What the practice signs now is not what it gave away: by whatever key that was."""
        said = Checkpoint(name or origin(written), 4, bytes(32))
        (folder / "anchor").write_text(signed_note.sign(str(said), "x", bytes(range(32))))

        assert verify(folder, "--anchor", str(folder / "anchor")) == 1
        assert "not the one that the anchor was made of" in capsys.readouterr().out

    def test_one_that_was_altered_itself_says_nothing(self, folder: Path, capsys: Capture) -> None:
        """Be it that the root in it is not that of the proof any more."""
        anchor = folder / "anchor"
        [name, size, root, *rest] = anchor.read_text().split("\n")
        anchor.write_text("\n".join([name, size, base64.b64encode(bytes(32)).decode(), *rest]))

        assert verify(folder, "--anchor", str(anchor)) == 2
        assert "the anchor itself was altered" in capsys.readouterr().err
        assert root not in anchor.read_text()

    @pytest.mark.parametrize("held", [None, b"Hello"])
    def test_a_file_that_is_none_says_nothing(
        self, folder: Path, capsys: Capture, held: bytes | None
    ) -> None:
        anchor = folder / "other"
        if held is not None:
            anchor.write_bytes(held)

        assert verify(folder, "--anchor", str(anchor)) == 2
        assert f"Not verified: {anchor} " in capsys.readouterr().err
