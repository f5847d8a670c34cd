"""Whether signed bytes are those that were signed, by whoever had the practice's key.

Ed25519 (RFC 8032) over the canonical bytes themselves; anybody can check it who has the bytes,
the signature and the practice's public key.
"""

from __future__ import annotations

import enum
import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----\n?", re.DOTALL)
_GROUP = 4  # hexadecimal digits of a fingerprint that are read together
_SHOWN = 32  # of its 64: 128 bits


class Verdict(enum.StrEnum):
    """What became of the check of one signature."""

    VERIFIED = "verified"
    OTHER_BYTES = "other-bytes"
    OTHER_SIGNATURE = "other-signature"
    OTHER_KEY = "other-key"
    OTHER_ROW = "other-row"
    NOT_REVIEWED = "not-reviewed"
    MISSING = "missing"
    OTHER_RETURN = "other-return"
    LEFT_OUT = "left-out"
    OTHER_RECORD = "other-record"
    NOT_WHOLE = "not-whole"
    NOT_SEALED = "not-sealed"
    UNREADABLE = "unreadable"
    CLOSED = "does-not-open"  # of a draft (notes.doubts): nothing was signed of it
    DESTROYED = "destroyed"

    @property
    def sentence(self) -> str:
        """Say it to whoever relies on the record."""
        return _SENTENCES[self]


_SENTENCES = {
    Verdict.VERIFIED: "Digest, signature and key belong together: this is what was signed.",
    Verdict.OTHER_BYTES: "The content is not the one that was signed: its digest is another.",
    Verdict.OTHER_SIGNATURE: "The signature does not belong to this content.",
    Verdict.OTHER_KEY: "The key is not the one that the practice signs with.",
    Verdict.UNREADABLE: (
        "What stands there cannot be read as what was signed: it was altered or moved."
    ),
    Verdict.CLOSED: "What is stored of the draft does not open: it was altered or moved.",
    Verdict.DESTROYED: "The record was destroyed on purpose, after its retention period.",
    Verdict.OTHER_ROW: "What the database says of this signature is not what was signed.",
    Verdict.MISSING: "What is there is not all that was signed, or more, as the audit log has it.",
    Verdict.OTHER_RETURN: (
        "What a supervisor’s return says, or whose it is, is not what the audit log has of it."
    ),
    Verdict.LEFT_OUT: "Something that was added to the note before this is left out.",
    Verdict.OTHER_RECORD: "It does not belong to one signed note and what was added to that.",
    Verdict.NOT_WHOLE: "Not all that the practice gave out is there, or more, or in another order.",
    Verdict.NOT_SEALED: "The practice’s signature on the record as a whole is missing.",
    Verdict.NOT_REVIEWED: "A supervisor’s signature is due beside this one, and is not there.",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """Signed bytes with all that proves them."""

    signed: bytes
    digest: bytes  # SHA-256
    signature: bytes  # Ed25519, 64 bytes
    public_key: bytes  # 32 bytes

    @classmethod
    def of(cls, signed: bytes, signature: bytes, public_key: bytes) -> Proof:
        """Put together a proof of ``signed`` with its digest."""
        return cls(signed, hashlib.sha256(signed).digest(), signature, public_key)

    def verdict(self) -> Verdict:
        """Check digest and signature; whose the key is, the caller must know."""
        if hashlib.sha256(self.signed).digest() != self.digest:
            return Verdict.OTHER_BYTES
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public_key)
        except ValueError:
            return Verdict.OTHER_KEY
        try:
            key.verify(self.signature, self.signed)
        except InvalidSignature:
            return Verdict.OTHER_SIGNATURE
        return Verdict.VERIFIED


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key that the practice signs with; the private one in hexadecimal digits."""

    private_key: str = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """The 32 bytes by which others verify."""
        return public_key_of(self.private_key)

    def sign(self, signed: bytes) -> bytes:
        """Return the 64 bytes of the signature on ``signed``."""
        return sign(self.private_key, signed)


def sign(private_key: str, signed: bytes) -> bytes:
    """Return the signature on ``signed`` by a private key in hexadecimal digits."""
    return _opened(private_key).sign(signed)


def new_key() -> tuple[str, bytes]:
    """Make a key: the private one in hexadecimal digits, and the public one's 32 bytes."""
    private_key = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    return private_key, public_key_of(private_key)


def public_key_of(private_key: str) -> bytes:
    """Return the public key that belongs to a private one."""
    return _opened(private_key).public_key().public_bytes_raw()


def fingerprint(public_key: bytes) -> str:
    """Return the fingerprint by which people compare keys: the first half of its SHA-256."""
    digits = hashlib.sha256(public_key).hexdigest()[:_SHOWN]
    return " ".join(digits[at : at + _GROUP] for at in range(0, _SHOWN, _GROUP))


def to_pem(public_key: bytes) -> str:
    """Write a public key as every tool reads it (RFC 7468, RFC 8410)."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - no page needs it
        Encoding,
        PublicFormat,
    )

    key = Ed25519PublicKey.from_public_bytes(public_key)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def from_pem(text: bytes) -> list[bytes]:
    """Read every public key of a PEM file; raise ValueError or TypeError for anything else."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - no page needs it
        load_pem_public_key,
    )

    keys = [load_pem_public_key(found) for found in _PEM.findall(text)]
    if not keys:
        raise ValueError("no public key")
    if not all(isinstance(key, Ed25519PublicKey) for key in keys):
        raise TypeError("not an Ed25519 key")
    return [cast("Ed25519PublicKey", key).public_bytes_raw() for key in keys]


@lru_cache(maxsize=8)
def _opened(private_key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private_key))
