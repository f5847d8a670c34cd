"""Proof of one event: sound as it was written, and of no use in any other form."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.audit import inclusion, merkle, signed_note
from groupnotes.audit.chain import GENESIS, Event, canonical, chained
from groupnotes.audit.checkpoint_text import Checkpoint
from groupnotes.audit.inclusion import Inclusion, NotAProof, NotProved
from groupnotes.audit.merkle import Tree

NAME = "groupnotes/audit/test"
PRIVATE, OTHER = bytes(range(32)), bytes(range(1, 33))
KEY = signed_note.public_key(NAME, PRIVATE)
AT = dt.datetime(2026, 3, 3, 22, 0, tzinfo=dt.UTC)


def events(count: int) -> list[tuple[Event, bytes]]:
    facts = (AT, uuid.UUID(int=1), None, "note:read", "success", uuid.UUID(int=2), "notes")
    return list(
        chained(GENESIS, (Event(n, *facts, uuid.UUID(int=n), None) for n in range(1, count + 1)))
    )


def signed(size: int, root: bytes, *, name: str = NAME, private: bytes = PRIVATE) -> str:
    return signed_note.sign(str(Checkpoint(name, size, root)), name, private)


def proof_of(sequence: int, size: int) -> Inclusion:
    """Return the proof of an event of a log of ``size``."""
    links = events(size)
    hashes = [digest for _, digest in links]
    before, whole = Tree(), Tree()
    before.extend(hashes[: sequence - 1])
    whole.extend(hashes)
    return Inclusion(
        index=sequence - 1,
        previous=hashes[sequence - 2] if sequence > 1 else GENESIS,
        event=canonical(links[sequence - 1][0]),
        path=tuple(merkle.audit_path(before, hashes[sequence:], size)),
        note=signed(size, whole.root()),
    )


PROOF = proof_of(4, 11)
TEXT = str(PROOF)


def is_refused(text: str) -> bool:
    """Say whether a text proves nothing: it is no proof, or not a sound one."""
    try:
        inclusion.read(text).check([KEY])
    except (NotAProof, NotProved):
        return True
    return False


class TestTheText:
    def test_it_is_the_one_that_the_format_asks_for(self) -> None:
        first, extra, index, *path = TEXT.partition("\n\n")[0].split("\n")

        assert first == "c2sp.org/tlog-proof@v1"
        assert extra.startswith("extra ")
        assert index == "index 3"
        assert [base64.b64decode(line) for line in path] == [*PROOF.path]
        assert TEXT.partition("\n\n")[2] == PROOF.note

    def test_its_extra_data_are_what_the_leaf_is_the_hash_of(self) -> None:
        extra = base64.b64decode(TEXT.split("\n")[1].removeprefix("extra "))

        assert hashlib.sha256(extra).digest() == events(4)[3][1]

    @given(st.integers(1, 20), st.data())
    def test_every_event_of_every_log_is_proved(self, size: int, data: st.DataObject) -> None:
        sequence = data.draw(st.integers(1, size))
        proof = proof_of(sequence, size)

        read = inclusion.read(str(proof))

        assert read == proof
        proved = read.check([KEY])
        assert proved.event == events(size)[sequence - 1][0]
        assert (proved.checkpoint.size, proved.key) == (size, KEY)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            TEXT.replace("@v1", "@v2"),
            TEXT.replace("\nextra ", "\nmore "),
            TEXT.replace("index 3", "index 03"),
            TEXT.replace("index 3", "index -3"),
            TEXT.replace("index 3", "index three"),
            TEXT.replace("\n", "\r\n"),
            f" {TEXT}",
            TEXT.replace("\n\n", "\n", 1),
            TEXT.replace("\nindex 3\n", "\nindex 3\nAAAA\n"),
            TEXT.replace("\nindex 3\n", "\nindex 3\nAAA\n"),
            TEXT.replace("extra ", "extra ="),
            TEXT.replace("\nindex 3\n", "\nindex 3\n" + f"{'A' * 43}=\n" * 64),
        ],
    )
    def test_anything_else_is_none(self, text: str) -> None:
        with pytest.raises(NotAProof):
            inclusion.read(text)


class TestAnAlteredProof:
    def test_no_byte_of_it_can_be_another(self) -> None:
        """Nor can the next one in base64, which may stand for the same bytes."""
        written = TEXT.encode()

        for at, byte in enumerate(written):
            for other in (byte ^ 1, byte ^ 32, byte + 1):
                changed = written[:at] + bytes([other]) + written[at + 1 :]
                assert is_refused(changed.decode(errors="replace")), (at, other)

    @given(st.integers(0, len(TEXT) - 1), st.characters(codec="utf-8"))
    def test_no_character_can(self, at: int, character: str) -> None:
        assert TEXT[at] == character or is_refused(TEXT[:at] + character + TEXT[at + 1 :])

    @given(st.integers(0, len(TEXT) - 1), st.integers(1, 40))
    def test_no_part_can_be_left_out(self, at: int, length: int) -> None:
        assert is_refused(TEXT[:at] + TEXT[at + length :])

    @given(st.integers(0, len(TEXT)), st.text("A=\n\u2028 ", min_size=1, max_size=3))
    def test_nothing_can_be_put_in(self, at: int, more: str) -> None:
        assert is_refused(TEXT[:at] + more + TEXT[at:])

    @pytest.mark.parametrize("name", ["index", "previous", "event", "path", "note"])
    @given(st.integers(1, 12), st.integers(2, 12))
    def test_no_part_fits_another_proof(self, name: str, sequence: int, size: int) -> None:
        other = proof_of(min(sequence, size), size)
        mixed = replace(PROOF, **{name: getattr(other, name)})

        assert mixed == PROOF or is_refused(str(mixed))


class TestWhatIsNotProved:
    @pytest.mark.parametrize(
        ("note", "reason"),
        [
            (signed(11, bytes(32)), "not the one that the log had at this place"),
            (signed(3, bytes(32)), "no such event"),
            (PROOF.note.replace("\n11\n", "\n12\n"), "is not what was signed"),
            (signed_note.sign("Hello\n", NAME, PRIVATE), "is not what was signed"),
            ("Hello", "is not what was signed"),
            (signed(11, bytes(32), private=OTHER), "was not signed by this key"),
            (signed(11, bytes(32), name="another"), "was not signed by this key"),
            (
                signed_note.sign(str(Checkpoint("another", 11, bytes(32))), NAME, PRIVATE),
                "was not signed by this key",
            ),
        ],
    )
    def test_the_reason_is_said(self, note: str, reason: str) -> None:
        with pytest.raises(NotProved, match=reason):
            replace(PROOF, note=note).check([KEY])

    def test_an_event_at_the_place_of_another_is_not(self) -> None:
        """The number is part of the event: a log that has it elsewhere is not one of ours."""
        [(event, _), (_, digest)] = chained(GENESIS, [events(1)[0][0], events(1)[0][0]])
        whole = Tree()
        whole.extend([events(1)[0][1], digest])
        before = Tree()
        before.add(events(1)[0][1])
        forged = Inclusion(
            index=1,
            previous=events(1)[0][1],
            event=canonical(event),
            path=tuple(merkle.audit_path(before, [], 2)),
            note=signed(2, whole.root()),
        )

        with pytest.raises(NotProved, match="at this place"):
            forged.check([KEY])

    @pytest.mark.parametrize("event", [b"", b"Hello", PROOF.event + b"\x00", PROOF.event[:-1]])
    def test_bytes_that_are_no_event_are_not(self, event: bytes) -> None:
        with pytest.raises(NotProved, match="no such event"):
            replace(PROOF, event=event).check([KEY])
