"""Texts signed as C2SP signed notes (c2sp.org/signed-note), by Ed25519 (RFC 8032).

A note is text that other people's tools read as well, so that nobody has to trust
ours to verify it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"  # the type of signature, as the format numbers it
_KEY_ID_BYTES = 4
_KEY_BYTES = 32
_SIGNATURE = re.compile("\N{EM DASH} ([^ +\n]+) ([A-Za-z0-9+/=]+)\n")
_KEY = re.compile(
    r"^(?:Public key: )?([^ +\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\r?$", re.MULTILINE
)
_MOST_SIGNATURES = 16


class NotSigned(Exception):  # noqa: N818 - reads as what it is
    """The text is no note, or no known key signed it."""


class NotAKey(ValueError):  # noqa: N818 - reads as what it is
    """A public key is not what was written."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who signed a note: ``key`` are the 32 bytes of an Ed25519 public key."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says which key made it."""
        encoded = self.name.encode() + b"\n" + _ED25519 + self.key
        return hashlib.sha256(encoded).digest()[:_KEY_ID_BYTES]

    def __str__(self) -> str:
        """Write the key as tools that verify notes take it: ``name+id+base64``."""
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.key)}"

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the key, for people to compare by eye."""
        digest = hashlib.sha256(self.key).hexdigest()
        return ":".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def public_key(name: str, private: bytes) -> PublicKey:
    """Return the public part of the private key ``private``."""
    return PublicKey(
        name, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    )


def read_keys(text: str) -> list[PublicKey]:
    """Return the keys that ``text`` names, each on a line as it is written, or as an anchor has it.

    Raise NotAKey for one that is not what its id was made of.
    """
    return [_read_key(*match.groups()) for match in _KEY.finditer(text)]


def sign(text: str, name: str, private: bytes) -> str:
    """Return ``text``, which ends with a line break, as a note signed under ``name``."""
    signer = Ed25519PrivateKey.from_private_bytes(private)
    key_id = public_key(name, private).id
    return f"{text}\n\N{EM DASH} {name} {_base64(key_id + signer.sign(text.encode()))}\n"


def text_of(note: str) -> str:
    """Return what ``note`` says, whoever signed it; raise NotSigned if it is no note."""
    return _parts(note)[0]


def signer_of(note: str, keys: Iterable[PublicKey]) -> PublicKey | None:
    """Return which of ``keys`` signed the note, or None if no known one did.

    A signature by an unknown key says nothing and is passed over, as the format demands;
    one by a known key that does not fit raises NotSigned.
    """
    text, signatures = _parts(note)
    known = {(key.name, key.id): key for key in keys}
    found = None
    for name, signature in signatures:
        key = known.get((name, signature[:_KEY_ID_BYTES]))
        if key is None:
            continue
        try:
            verifier = Ed25519PublicKey.from_public_bytes(key.key)
            verifier.verify(signature[_KEY_ID_BYTES:], text.encode())
        except InvalidSignature as error:
            raise NotSigned(f"the signature of {name} does not fit the text") from error
        found = key
    return found


def _read_key(name: str, key_id: str, encoded: str) -> PublicKey:
    try:
        value = _bytes(encoded)
    except ValueError as error:
        raise NotAKey(f"the key of {name} is not base64") from error
    key = PublicKey(name, value[1:])
    if value[:1] != _ED25519 or len(key.key) != _KEY_BYTES or key.id.hex() != key_id:
        raise NotAKey(f"the key of {name} was altered, or is no Ed25519 key")
    return key


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Split a note at its last empty line into its text and its signatures."""
    text, gap, lines = note.rpartition("\n\n")
    found = list(_SIGNATURE.finditer(lines))
    if not gap or "".join(match[0] for match in found) != lines or not found:
        raise NotSigned("this is not a signed note")
    if len(found) > _MOST_SIGNATURES:
        raise NotSigned("this note has too many signatures")
    try:
        signatures = [(match[1], _bytes(match[2])) for match in found]
    except ValueError as error:
        raise NotSigned("a signature of this note is not base64") from error
    return f"{text}\n", signatures


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(written: str) -> bytes:
    """Read base64 that is written in the one way (RFC 4648, 3.5): no letter of it can change."""
    value = base64.b64decode(written, validate=True)
    if _base64(value) != written:
        raise ValueError("this base64 is not canonical")
    return value
