"""Anchors: what was taken elsewhere is read again, whatever a mailbox did to it."""

from __future__ import annotations

import datetime as dt

import pytest

from groupnotes.audit import anchor, signed_note
from groupnotes.audit.checkpoint_text import Checkpoint, NotACheckpoint

NAME = "groupnotes/audit/test"
PRIVATE = bytes(range(32))
KEY = signed_note.public_key(NAME, PRIVATE)
SAID = Checkpoint(NAME, 1000, bytes(32))
NOTE = signed_note.sign(str(SAID), NAME, PRIVATE)
TEXT = anchor.written(NOTE, KEY, dt.datetime(2026, 3, 3, 22, 0, tzinfo=dt.UTC))


class TestAnAnchor:
    def test_it_begins_with_the_note_as_others_read_it(self) -> None:
        assert TEXT.startswith(NOTE)

    def test_it_names_the_key_for_people(self) -> None:
        assert f"Fingerprint of the key: SHA-256 {KEY.fingerprint}" in TEXT
        assert str(KEY) in TEXT
        assert "2026-03-03 22:00:00 UTC" in TEXT

    @pytest.mark.parametrize(
        "text", [NOTE, TEXT, TEXT.replace("\n", "\r\n"), f"{TEXT}\n-- \nSent by a machine\n"]
    )
    def test_it_is_read_again(self, text: str) -> None:
        assert anchor.read(text) == (NOTE, SAID)

    @pytest.mark.parametrize("text", ["", "Hello", str(SAID), TEXT.replace("\N{EM DASH}", "-")])
    def test_what_is_none_is_refused(self, text: str) -> None:
        with pytest.raises(signed_note.NotSigned):
            anchor.read(text)

    def test_a_note_that_says_something_else_is_refused(self) -> None:
        with pytest.raises(NotACheckpoint):
            anchor.read(signed_note.sign("Hello\n", NAME, PRIVATE))
