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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"GN"
VERSION = 1
AES_256_GCM = 1
STEP = 256  # bytes: plaintext is padded to a multiple, so that length tells little

_START = struct.Struct(">2sBBI")  # the header up to the nonce
_LENGTH = struct.Struct(">H")
_START_LENGTH, _ROW_LENGTH = _LENGTH.pack(_START.size), _LENGTH.pack(16)
_SHORTEST = _START.size + 12 + STEP + 16  # bytes: the tag is the last 16
_KNOWN = MAGIC + bytes((VERSION, AES_256_GCM))


class CannotOpen(Exception):  # noqa: N818 - reads as what happened
    """The value was altered, moved, cut short, or sealed with another key.

    It names the place, never the content, and never reads as empty text.
    """


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives; it opens nowhere else.

    Values of fewer bytes than ``alike`` look the same there, empty ones among them.
    """

    table: str
    column: str
    alike: int = field(default=STEP, compare=False)
    bound: bytes = field(init=False, repr=False, compare=False)  # into the associated data

    def __post_init__(self) -> None:
        names = _with_length(self.table.encode()) + _with_length(self.column.encode())
        object.__setattr__(self, "bound", names + _ROW_LENGTH)

    def of(self, row: uuid.UUID) -> str:
        """Name this place in one row, for a log."""
        return f"{self.table}.{self.column} of {row}"


def seal(cipher: AESGCM, key_number: int, place: Place, row: uuid.UUID, plain: bytes) -> bytes:
    """Return ``plain`` sealed for ``row`` of ``place`` under key ``key_number``."""
    nonce = os.urandom(12)
    start = _START.pack(MAGIC, VERSION, AES_256_GCM, key_number)
    return (
        start + nonce + cipher.encrypt(nonce, _pad(plain, place.alike), _bound(start, place, row))
    )


def key_number(place: Place, row: uuid.UUID, blob: bytes) -> int:
    """Return the number of the key that ``blob`` was sealed with."""
    if len(blob) < _SHORTEST or not blob.startswith(_KNOWN):
        raise CannotOpen(f"{place.of(row)} is not a sealed value")
    number: int = _START.unpack_from(blob)[3]
    return number


def open_(cipher: AESGCM, place: Place, row: uuid.UUID, blob: bytes) -> bytes:
    """Return what was sealed into ``blob``; raise CannotOpen for anything else."""
    if len(blob) < _SHORTEST or not blob.startswith(_KNOWN):
        raise CannotOpen(f"{place.of(row)} is not a sealed value")
    try:
        padded = cipher.decrypt(blob[8:20], blob[20:], _bound(blob[:8], place, row))
    except InvalidTag as error:
        raise CannotOpen(f"{place.of(row)} was altered or moved") from error
    return padded[: padded.rindex(b"\x80")]


def open_column(
    ciphers: Mapping[int, AESGCM], place: Place, values: Iterable[tuple[uuid.UUID, bytes]]
) -> list[bytes]:
    """Return what was sealed into one column of several rows, each given with its blob.

    Each step is done for all of them: were they to take turns, each would push the others out
    of the processor's cache. Raises LookupError, ValueError or InvalidTag for whatever is amiss
    with one of them, without naming it: ``open_`` does.
    """
    sealed = [
        (
            ciphers[int.from_bytes(blob[4:8], "big")],
            blob[8:20],
            blob[20:],
            _bound(blob[:8], place, row),
        )
        for row, blob in values
    ]
    padded = [cipher.decrypt(nonce, text, bound) for cipher, nonce, text, bound in sealed]
    return [one[: one.rindex(b"\x80")] for one in padded]


def _pad(plain: bytes, least: int) -> bytes:
    """Mark the end with 0x80 and fill with zeros (ISO/IEC 9797-1, method 2)."""
    marked = plain + b"\x80"
    return marked + bytes(max(least - len(marked), -len(marked) % STEP))


def _bound(start: bytes, place: Place, row: uuid.UUID) -> bytes:
    """Return the associated data; ``start`` is the header up to the nonce."""
    return b"".join((_START_LENGTH, start, place.bound, row.int.to_bytes(16, "big")))


def _with_length(part: bytes) -> bytes:
    return _LENGTH.pack(len(part)) + part
