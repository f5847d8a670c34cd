"""One key sealed by another, with a check value that tells a wrong key from a broken one."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32


class WrongKey(Exception):  # noqa: N818 - reads as what happened
    """The key given is not the one that these data were sealed with."""


class NoKey(Exception):  # noqa: N818
    """No key-encryption key was configured, or its file is not safe to use."""


def wrap(wrapping_key: bytes, key: bytes) -> bytes:
    """Seal ``key`` by ``wrapping_key`` (AES key wrap, RFC 3394)."""
    return aes_key_wrap(wrapping_key, key)


def unwrap(wrapping_key: bytes, wrapped: bytes, expected: bytes, what: str) -> bytes:
    """Open ``wrapped``; raise WrongKey, naming ``what``, unless it matches ``expected``."""
    try:
        key = aes_key_unwrap(wrapping_key, wrapped)
    except InvalidUnwrap as error:
        raise WrongKey(f"{what} does not open with this key") from error
    if not hmac.compare_digest(check_value(key), expected):
        raise WrongKey(f"{what} opened to a key that is not the expected one")
    return key


def check_value(key: bytes) -> bytes:
    """Return eight bytes that recognise ``key`` and tell nothing about it."""
    return hmac.digest(key, b"groupnotes key check", hashlib.sha256)[:8]


def new_key() -> bytes:
    """Return a fresh random 256-bit key."""
    return os.urandom(KEY_BYTES)


def key_encryption_key(settings: Mapping[str, str]) -> bytes:
    """Read the key-encryption key from GROUPNOTES_KEK or the file in GROUPNOTES_KEK_FILE.

    The value is 64 hexadecimal digits. A file that others than its owner may
    read is refused: the key opens every record.
    """
    text = settings.get("GROUPNOTES_KEK", "")
    if not text:
        text = _read_key_file(Path(settings.get("GROUPNOTES_KEK_FILE", "")))
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise NoKey("The key-encryption key must be 64 hexadecimal digits.")
    return key


def _read_key_file(path: Path) -> str:
    if not path.is_file():
        raise NoKey(
            f"There is no key-encryption key: set GROUPNOTES_KEK or GROUPNOTES_KEK_FILE ({path})."
        )
    if path.stat().st_mode & 0o077:
        raise NoKey(f"Others may read the key file {path}: run chmod 0400 on it.")
    return path.read_text()


def write_key_file(path: Path) -> None:
    """Make a new key-encryption key in ``path``, readable by its owner only; never overwrite."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        file.write(new_key().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
