"""Sealed values: what opens, where it opens, and that nothing else ever does."""

from __future__ import annotations

import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.crypto import blob
from groupnotes.crypto.blob import CannotOpen, Place

CIPHER = AESGCM(bytes(range(32)))
NUMBER = 7
PLACE = Place("clients", "first_name")
ROW = uuid.UUID("01957a1c-6f00-7c3e-9a51-2d4f8b0c1e77")

# Written by version 1 of the format for "Ana Sofía", under the key, number, place and row above.
# It stays here for good: records written by every version that was ever released must open.
GOLDEN_V1 = bytes.fromhex(
    "474e010100000007cecd390da045b43fdf6910ea3be1d67836403ec91cd823a3a26621c8911c4948bf4b8ad7"
    "7c9a32cbbe4c8e6c409069fbfd9b89f8d7f534482d848bf29075bd2364dc16064040c44071a09136600abbd5"
    "bb1a4df9732eac6740e1fedac68602e1f037433b642cca0208d7bfe18b67757d2133a358394ee2c972cd671f"
    "c796f28a1ddea19108e08da5890f93dc70d689645563e2c2d17039cbd0f3a27282d5552b04cc2d9a97414b84"
    "ff325d900fb0660bf90b23225c9cfa666506b2347a36fb5d675e4d85f2556c88d934793055c0da2ac2db76c5"
    "6d87e04e9170bd3c00fb4d40c5e943ad0b5d19d1f0a53b70b822c709e97a1e250e27c872aa12c877315ff35e"
    "3a912dd6c789ca869aeb09194cdaa3f36930bbc5812ce3d05616f607"
)


def sealed(plain: bytes = b"Ana", *, place: Place = PLACE, row: uuid.UUID = ROW) -> bytes:
    return blob.seal(CIPHER, NUMBER, place, row, plain)


def opened(value: bytes, *, place: Place = PLACE, row: uuid.UUID = ROW) -> bytes:
    return blob.open_(CIPHER, place, row, value)


def refused(value: bytes, *, place: Place = PLACE, row: uuid.UUID = ROW) -> bool:
    try:
        opened(value, place=place, row=row)
    except CannotOpen:
        return True
    return False


class TestSealing:
    @given(st.binary(max_size=1200))
    def test_what_was_sealed_opens(self, plain: bytes) -> None:
        assert opened(sealed(plain)) == plain

    @given(st.integers(0, 2**32 - 1))
    def test_it_says_which_key_it_needs(self, number: int) -> None:
        value = blob.seal(CIPHER, number, PLACE, ROW, b"Ana")

        assert blob.key_number(PLACE, ROW, value) == number

    def test_empty_text_is_a_value_of_its_own(self) -> None:
        assert len(sealed(b"")) == len(sealed(b"Ana"))
        assert opened(sealed(b"")) == b""

    @pytest.mark.parametrize(("shorter", "longer"), [(0, 255), (256, 511), (3840, 4095)])
    def test_lengths_within_a_step_look_alike(self, shorter: int, longer: int) -> None:
        assert len(sealed(b"x" * shorter)) == len(sealed(b"x" * longer))
        assert len(sealed(b"x" * (longer + 1))) == len(sealed(b"x" * longer)) + blob.STEP

    @given(st.binary(max_size=3000))
    def test_a_place_may_make_more_of_them_look_alike(self, plain: bytes) -> None:
        place = Place("individual_notes", "risk_action", alike=1024)

        value = sealed(plain, place=place)

        assert opened(value, place=place) == plain
        assert opened(value, place=Place("individual_notes", "risk_action")) == plain
        if len(plain) < 1024:
            assert len(value) == len(sealed(b"", place=place)) == len(sealed(b"x" * 1023))
        else:
            assert len(value) == len(sealed(plain))

    def test_the_same_text_never_looks_the_same(self) -> None:
        nonces = {sealed()[8:20] for _ in range(50_000)}

        assert len(nonces) == 50_000

    def test_the_text_cannot_be_seen(self) -> None:
        assert b"Ana" not in sealed(b"Ana " * 100)


class TestTheFormat:
    def test_a_value_of_version_1_opens(self) -> None:
        assert opened(GOLDEN_V1).decode() == "Ana Sofía"

    def test_it_is_aes_256_gcm_over_what_the_format_says(self) -> None:
        header, rest = GOLDEN_V1[:20], GOLDEN_V1[20:]
        bound = b"".join(
            len(part).to_bytes(2, "big") + part
            for part in (b"GN\x01\x01\x00\x00\x00\x07", b"clients", b"first_name", ROW.bytes)
        )
        padded = "Ana Sofía".encode() + b"\x80" + bytes(245)

        assert AESGCM(bytes(range(32))).encrypt(header[8:], padded, bound) == rest

    def test_the_cipher_is_the_one_that_nist_specifies(self) -> None:
        # McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", test case 16.
        key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
        nonce = bytes.fromhex("cafebabefacedbaddecaf888")
        plain = bytes.fromhex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        )
        bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        expected = bytes.fromhex(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b"
        )

        assert AESGCM(key).encrypt(nonce, plain, bound) == expected


class TestWhatDoesNotOpen:
    def test_every_single_flipped_bit(self) -> None:
        value = sealed()
        opened_after_flip = []

        for bit in range(len(value) * 8):
            flipped = bytearray(value)
            flipped[bit // 8] ^= 1 << bit % 8
            if not refused(bytes(flipped)):
                opened_after_flip.append(bit)

        assert opened_after_flip == []

    def test_every_shorter_length(self) -> None:
        value = sealed(b"x" * 300)

        assert [n for n in range(len(value)) if not refused(value[:n])] == []

    def test_a_value_with_more_at_its_end(self) -> None:
        assert refused(sealed() + b"\x00")
        assert refused(sealed() + sealed())

    @pytest.mark.parametrize(
        "elsewhere",
        [
            Place("clients", "last_name"),
            Place("users", "first_name"),
            Place("client", "sfirst_name"),  # the same letters, cut at another place
            Place("clientsfirst_name", ""),
        ],
    )
    def test_a_value_moved_to_another_column(self, elsewhere: Place) -> None:
        assert refused(sealed(), place=elsewhere)

    def test_a_value_moved_to_another_row(self) -> None:
        assert refused(sealed(), row=uuid.UUID(int=ROW.int + 1))

    def test_a_value_whose_key_number_was_rewritten(self) -> None:
        value = sealed()
        rewritten = value[:4] + (NUMBER + 1).to_bytes(4, "big") + value[8:]

        assert blob.key_number(PLACE, ROW, rewritten) == NUMBER + 1
        assert refused(rewritten)

    def test_a_value_under_another_key(self) -> None:
        with pytest.raises(CannotOpen):
            blob.open_(AESGCM(bytes(32)), PLACE, ROW, sealed())

    @pytest.mark.parametrize("value", [b"", b"GN", b"Ana", b"XX" + sealed()[2:]])
    def test_what_was_never_sealed(self, value: bytes) -> None:
        with pytest.raises(CannotOpen, match="is not a sealed value"):
            blob.key_number(PLACE, ROW, value)

    def test_the_reason_names_the_place_and_not_the_text(self) -> None:
        with pytest.raises(CannotOpen) as caught:
            opened(sealed(b"Ana") + b"x")

        assert str(caught.value) == f"clients.first_name of {ROW} was altered or moved"
