"""Sealed values by ``cryptography`` alone: the same bytes as the application's."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from collections.abc import Iterable, Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_STEP = 256
_START = struct.Struct(">2sBBI")
_FIRST, _LAST = 8, 20  # bytes: the nonce stands between them


class Keys:
    """The opened data keys: what the application's key ring holds once it is warm."""

    def __init__(self, keys: Mapping[int, bytes], index_key: bytes, head_key: bytes) -> None:
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._index_key = index_key
        self._head_key = head_key

    def fingerprint(self, column: str, value: str) -> bytes:
        """Return what the database knows an identifier by."""
        told = f"{column}\0{value.lower()}".encode()
        return hmac.digest(self._index_key, told, hashlib.sha256)

    def seal_of_head(self, written: bytes) -> bytes:
        """Return the seal on the head of the audit log, by the first root key."""
        return b"\0\0\0\1" + hmac.digest(self._head_key, written, hashlib.sha256)

    def seal(self, number: int, place: bytes, row: str, text: str, *, alike: int = _STEP) -> bytes:
        """Return ``text`` sealed for one row of ``place``, as long as any below ``alike`` bytes."""
        nonce = os.urandom(12)
        start = _START.pack(b"GN", 1, 1, number)
        plain = text.encode() + b"\x80"
        bound = b"\0\x08" + start + place + bytes.fromhex(row)
        padded = plain + bytes(max(alike - len(plain), -len(plain) % _STEP))
        return start + nonce + self._ciphers[number].encrypt(nonce, padded, bound)

    def open(self, place: bytes, row: str, sealed: bytes | None) -> str:
        """Return the text in ``sealed``, empty for none."""
        if sealed is None:
            return ""
        start = sealed[:_FIRST]
        magic, version, algorithm, number = _START.unpack(start)
        if (magic, version, algorithm) != (b"GN", 1, 1):
            raise ValueError("not a sealed value")
        bound = b"\0\x08" + start + place + bytes.fromhex(row)
        padded = self._ciphers[number].decrypt(sealed[_FIRST:_LAST], sealed[_LAST:], bound)
        return padded[: padded.rindex(b"\x80")].decode()


def place(table: str, column: str) -> bytes:
    """Return the part of the associated data that names a column, up to the row."""
    parts = (table.encode(), column.encode())
    return b"".join(struct.pack(">H", len(p)) + p for p in parts) + b"\0\x10"


def places(table: str, columns: Iterable[str]) -> tuple[bytes, ...]:
    """Return the places of several columns of one table."""
    return tuple(place(table, column) for column in columns)
