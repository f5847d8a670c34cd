"""Passwords: Argon2id, checked two at a time at most, and never faster for a stranger."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from groupnotes.core.errors import Invalid

SHORTEST = 15  # characters, while the password is the only factor (ASVS 6.2.9)
LONGEST = 256

# ASVS 5.0 appendix C: t=2, m=64 MiB, p=1.
_HASHER = PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=1)
_SLOTS = threading.BoundedSemaphore(2)  # 64 MiB each: more would be a way to exhaust memory
_TOO_COMMON = ("password", "groupnotes", "123456", "qwerty", "letmein", "iloveyou")


def hashed(password: str) -> str:
    """Return the hash to store for ``password``, exactly as typed."""
    with _SLOTS:
        return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Say whether ``password`` is the one that was stored.

    With nothing stored (an unknown name) it takes as long and says no.
    """
    with _SLOTS:
        try:
            _HASHER.verify(stored or _nobodys(), password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return stored is not None


def require_strong(field: str, password: str) -> None:
    """Raise Invalid, naming ``field``, unless ``password`` may be used."""
    if len(password) < SHORTEST:
        raise Invalid({field: f"Choose at least {SHORTEST} characters; a sentence is fine."})
    if len(password) > LONGEST:
        raise Invalid({field: f"Choose at most {LONGEST} characters."})
    left = password.casefold()
    for word in _TOO_COMMON:
        left = left.replace(word, "")
    if len(set(left)) < 5:
        raise Invalid({field: "This is too easy to guess. Choose something longer and less common."})


@cache
def _nobodys() -> str:
    return _HASHER.hash("the password of nobody")
