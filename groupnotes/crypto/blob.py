"""The bytes of one sealed value: pure, and the same for ever.

``"GN" | version 1 | algorithm 1 | key number 4 | nonce 12 | ciphertext | tag 16``

AES-256-GCM with a random 96-bit nonce. The associated data binds the version,
the algorithm, the key, the table, the column and the row, each with its length
before it, so that a value moved anywhere else does not open.
"""

from __future__ import annotations

import os
import struct
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"GN"
VERSION = 1
AES_256_GCM = 1
STEP = 256  # bytes: plaintext is padded to a multiple, so that length tells little

_HEADER = struct.Struct(">2sBBI12s")
_LENGTH = struct.Struct(">H")
_SHORTEST = _HEADER.size + STEP + 16  # bytes: the tag is the last 16
_KNOWN = MAGIC + bytes((VERSION, AES_256_GCM))


class CannotOpen(Exception):  # noqa: N818 - reads as what happened
    """The value was altered, moved, cut short, or sealed with another key.

    It names the place, never the content, and never reads as empty text.
    """


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives; it opens nowhere else."""

    table: str
    column: str

    def of(self, row: uuid.UUID) -> str:
        """Name this place in one row, for a log."""
        return f"{self.table}.{self.column} of {row}"


def seal(cipher: AESGCM, key_number: int, place: Place, row: uuid.UUID, plain: bytes) -> bytes:
    """Return ``plain`` sealed for ``row`` of ``place`` under key ``key_number``."""
    nonce = os.urandom(12)
    header = _HEADER.pack(MAGIC, VERSION, AES_256_GCM, key_number, nonce)
    return header + cipher.encrypt(nonce, _pad(plain), _bound(header, place, row))


def key_number(place: Place, row: uuid.UUID, blob: bytes) -> int:
    """Return the number of the key that ``blob`` was sealed with."""
    if len(blob) < _SHORTEST or blob[:4] != _KNOWN:
        raise CannotOpen(f"{place.of(row)} is not a sealed value")
    number: int = _HEADER.unpack_from(blob)[3]
    return number


def open_(cipher: AESGCM, place: Place, row: uuid.UUID, blob: bytes) -> bytes:
    """Return what was sealed into ``blob``; raise CannotOpen for anything else."""
    key_number(place, row, blob)
    header = blob[: _HEADER.size]
    try:
        padded = cipher.decrypt(header[8:], blob[_HEADER.size :], _bound(header, place, row))
    except InvalidTag as error:
        raise CannotOpen(f"{place.of(row)} was altered or moved") from error
    return padded[: padded.rindex(b"\x80")]


def _pad(plain: bytes) -> bytes:
    """Mark the end with 0x80 and fill with zeros (ISO/IEC 9797-1, method 2)."""
    return plain + b"\x80" + bytes(-(len(plain) + 1) % STEP)


def _bound(header: bytes, place: Place, row: uuid.UUID) -> bytes:
    parts = (header[:8], place.table.encode(), place.column.encode(), row.bytes)
    return b"".join(_LENGTH.pack(len(part)) + part for part in parts)
