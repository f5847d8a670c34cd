"""Signed notes: as others write them, and never taken for what they are not."""

from __future__ import annotations

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from groupnotes.audit.signed_note import (
    NotAKey,
    NotSigned,
    PublicKey,
    public_key,
    read_keys,
    sign,
    signer_of,
    text_of,
)

PRIVATE, OTHER = bytes(range(32)), bytes(range(1, 33))
NAME = "groupnotes/audit/test"
KEY = public_key(NAME, PRIVATE)
TEXT = "groupnotes/audit/test\n3\nroot\n"
NOTE = sign(TEXT, NAME, PRIVATE)

# The example of golang.org/x/mod/sumdb/note, which the format describes.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_PRIVATE = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n"
    "\N{EM DASH} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfq"
    "dngotpRZb6KE6RyyBwJnAM=\n"
)


class TestANoteOfOthers:
    def test_it_is_verified(self) -> None:
        key = PublicKey("PeterNeumann", base64.b64decode(GO_KEY.split("+", 2)[2])[1:])

        assert str(key) == GO_KEY
        assert text_of(GO_NOTE) == GO_TEXT
        assert signer_of(GO_NOTE, [KEY, key]) == key

    def test_ours_are_like_it(self) -> None:
        private = base64.b64decode(GO_PRIVATE)[1:]

        assert sign(GO_TEXT, "PeterNeumann", private) == GO_NOTE


class TestASignedNote:
    def test_it_tells_who_signed_it_and_what(self) -> None:
        assert text_of(NOTE) == TEXT
        assert signer_of(NOTE, [KEY]) == KEY

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
    def test_whatever_it_says(self, line: str) -> None:
        note = sign(f"{line}\n\n{line}\n", NAME, PRIVATE)

        assert text_of(note) == f"{line}\n\n{line}\n"
        assert signer_of(note, [KEY]) == KEY

    def test_a_key_that_is_not_known_says_nothing(self) -> None:
        assert signer_of(NOTE, [public_key(NAME, OTHER)]) is None
        assert signer_of(NOTE, [PublicKey("someone else", KEY.key)]) is None
        assert signer_of(NOTE, []) is None

    def test_several_may_sign(self) -> None:
        more = sign(TEXT, "witness", OTHER).removeprefix(f"{TEXT}\n")

        assert signer_of(NOTE + more, [KEY]) == KEY
        assert signer_of(more and f"{TEXT}\n{more}", [KEY]) is None

    @given(st.integers(0, len(TEXT) - 2), st.characters(codec="ascii", categories=["L", "N"]))
    def test_a_change_of_the_text_is_found(self, at: int, character: str) -> None:
        assume(NOTE[at] not in {character, "\n"})

        with pytest.raises(NotSigned, match="does not fit the text"):
            signer_of(NOTE[:at] + character + NOTE[at + 1 :], [KEY])

    def test_a_signature_cut_short_is_found(self) -> None:
        head, _, signature = NOTE.rpartition(" ")
        short = base64.b64encode(base64.b64decode(signature)[:-4]).decode()

        with pytest.raises(NotSigned, match="does not fit the text"):
            signer_of(f"{head} {short}\n", [KEY])


class TestWhatIsNoNote:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            TEXT,
            f"{TEXT}\n",
            NOTE.rstrip("\n"),
            NOTE.replace("\N{EM DASH}", "-"),
            f"{NOTE}more\n",
            NOTE.replace(NAME, "a b").replace("a b\n3", f"{NAME}\n3"),
        ],
    )
    def test_it_is_refused(self, text: str) -> None:
        with pytest.raises(NotSigned, match="this is not a signed note"):
            text_of(text)

    def test_a_signature_that_is_no_base64_is_refused(self) -> None:
        with pytest.raises(NotSigned, match="is not base64"):
            text_of(f"{TEXT}\n\N{EM DASH} {NAME} abc\n")

    def test_a_signature_in_base64_of_another_spelling_is_refused(self) -> None:
        """Four letters stand for the same bytes at its end; one of them is written."""
        last = NOTE[-3]
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        same = letters[letters.index(last) ^ 1]

        with pytest.raises(NotSigned, match="is not base64"):
            text_of(f"{NOTE[:-3]}{same}=\n")

    def test_more_signatures_than_anyone_makes_are_refused(self) -> None:
        signature = NOTE.removeprefix(f"{TEXT}\n")

        assert text_of(NOTE + signature * 15) == TEXT
        with pytest.raises(NotSigned, match="too many"):
            text_of(NOTE + signature * 16)


class TestAKeyThatIsWritten:
    @pytest.mark.parametrize(
        "text",
        [
            str(KEY),
            f"# the key\n{KEY}\n",
            f"Public key: {KEY}\r\nFingerprint of the key: SHA-256 {KEY.fingerprint}\r\n",
        ],
    )
    def test_it_is_read_again(self, text: str) -> None:
        assert read_keys(text) == [KEY]

    def test_several_are(self) -> None:
        other = public_key(NAME, OTHER)

        assert read_keys(f"{KEY}\n{other}\n") == [KEY, other]

    @pytest.mark.parametrize("text", ["", "Hello", "a+b+c", NOTE])
    def test_there_may_be_none(self, text: str) -> None:
        assert read_keys(text) == []

    @given(st.integers(0, len(str(KEY)) - 1), st.characters(codec="ascii", categories=["L", "N"]))
    def test_one_that_was_altered_is_refused_or_none(self, at: int, character: str) -> None:
        text = str(KEY)
        assume(text[at] != character)

        try:
            found = read_keys(text[:at] + character + text[at + 1 :])
        except NotAKey:
            return
        assert found == []

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_one_of_another_length_is_refused(self, size: int) -> None:
        with pytest.raises(NotAKey):
            read_keys(str(PublicKey(NAME, bytes(size))))

    def test_one_of_another_kind_is_refused(self) -> None:
        name, _, _ = str(KEY).partition("+")

        with pytest.raises(NotAKey, match="no Ed25519 key"):
            read_keys(f"{name}+00000000+{base64.b64encode(bytes(33)).decode()}")

    @pytest.mark.parametrize("letters", ["A", "AB==="])
    def test_one_that_is_no_base64_is_refused(self, letters: str) -> None:
        with pytest.raises(NotAKey, match="not base64"):
            read_keys(f"{NAME}+00000000+{letters}")


class TestTheFingerprint:
    def test_it_is_for_eyes(self) -> None:
        assert len(KEY.fingerprint.split(":")) == 16
        assert KEY.fingerprint != public_key(NAME, OTHER).fingerprint
