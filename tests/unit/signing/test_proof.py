"""Digest, signature and key: each is checked, and each alone gives an alteration away."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from hypothesis import given
from hypothesis import strategies as st

from groupnotes.signing import export, proof, whole
from groupnotes.signing.canonical import canonical_bytes, digest
from groupnotes.signing.proof import KeyPair, Proof, Verdict
from tests.support.signed import signed_content

PRIVATE, PUBLIC = proof.new_key()
SIGNED = canonical_bytes(signed_content())


def proved(signed: bytes = SIGNED) -> Proof:
    return Proof(signed, bytes.fromhex(digest(signed)), proof.sign(PRIVATE, signed), PUBLIC)


class TestVerdict:
    def test_what_was_signed_is_verified(self) -> None:
        assert proved().verdict() is Verdict.VERIFIED

    @given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
    def test_any_other_byte_is_found(self, place: int, change: int) -> None:
        altered = bytearray(SIGNED)
        altered[place] ^= change

        assert replace(proved(), signed=bytes(altered)).verdict() is Verdict.OTHER_BYTES

    def test_a_recomputed_digest_does_not_help(self) -> None:
        altered = SIGNED.replace(b"improving", b"worsening")
        recomputed = bytes.fromhex(digest(altered))

        found = replace(proved(), signed=altered, digest=recomputed).verdict()

        assert found is Verdict.OTHER_SIGNATURE

    @given(st.integers(0, 511))
    def test_any_other_signature_is_found(self, bit: int) -> None:
        altered = bytearray(proved().signature)
        altered[bit // 8] ^= 1 << bit % 8

        found = replace(proved(), signature=bytes(altered)).verdict()

        assert found is Verdict.OTHER_SIGNATURE

    @pytest.mark.parametrize("signature", [b"", b"\0" * 64, b"\0" * 63])
    def test_no_signature_is_none(self, signature: bytes) -> None:
        assert replace(proved(), signature=signature).verdict() is Verdict.OTHER_SIGNATURE

    @pytest.mark.parametrize("key", [b"", b"\0" * 31], ids=["empty", "cut"])
    def test_what_is_no_key_verifies_nothing(self, key: bytes) -> None:
        assert replace(proved(), public_key=key).verdict() is Verdict.OTHER_KEY

    def test_each_says_what_it_means(self) -> None:
        assert len({verdict.sentence for verdict in Verdict}) == len(Verdict)


class TestKeys:
    def test_a_private_key_is_not_shown(self) -> None:
        assert PRIVATE not in repr(KeyPair(PRIVATE))

    def test_other_tools_read_the_public_key(self) -> None:
        key = load_pem_public_key(proof.to_pem(PUBLIC).encode())

        assert isinstance(key, Ed25519PublicKey)
        assert key.public_bytes_raw() == PUBLIC
        key.verify(proved().signature, SIGNED)

    def test_it_is_read_back(self) -> None:
        another = proof.new_key()[1]
        written = f"# in use\n{proof.to_pem(PUBLIC)}# no longer\n{proof.to_pem(another)}"

        assert proof.from_pem(written.encode()) == [PUBLIC, another]

    def test_a_key_of_another_kind_is_refused(self) -> None:
        other = X25519PrivateKey.generate().public_key()
        written = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

        with pytest.raises(TypeError):
            proof.from_pem(written)

    def test_a_fingerprint_is_read_in_groups(self) -> None:
        groups = proof.fingerprint(PUBLIC).split(" ")

        assert [len(group) for group in groups] == [4] * 8
        assert proof.fingerprint(proof.new_key()[1]) != proof.fingerprint(PUBLIC)


class TestExport:
    def test_what_is_written_is_read(self) -> None:
        proofs = [proved(), proved("“Größe” \u2028".encode())]
        written = export.write(proofs, whole.sign(proofs, KeyPair(PRIVATE)))

        assert export.read(written.encode()) == (proofs, whole.sign(proofs, KeyPair(PRIVATE)))

    @pytest.mark.parametrize(
        "written",
        [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format": "groupnotes.proof/2"}'],
        ids=["nothing", "empty", "list", "null", "no text", "deep", "without entries"],
    )
    def test_anything_else_is_refused(self, written: bytes) -> None:
        with pytest.raises(export.NotAProof):
            export.read(written)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("ed25519", "not base64!"), ("sha256", "xyz"), ("signed", None), ("public_key", 7)],
    )
    @pytest.mark.parametrize("where", ["entries", "whole"])
    def test_a_damaged_entry_is_refused(self, field: str, value: object, where: str) -> None:
        tree = json.loads(export.write([proved()], proved()))
        (tree["entries"][0] if where == "entries" else tree["whole"])[field] = value

        with pytest.raises(export.NotAProof):
            export.read(json.dumps(tree).encode())

    def test_a_file_that_proves_nothing_is_refused(self) -> None:
        with pytest.raises(export.NotAProof):
            export.read(export.write([], proved()).encode())
